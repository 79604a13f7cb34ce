"""publish: make the checked drafts the next edition; every worker takes it up within seconds."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Open
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import EDITORS, bench_of, checked, problems_told, ways
from bot.publishing.bench import Bench
from bot.publishing.checking import Checked
from bot.store.editions import Published, drop_drafts, edition_hash, keep_lesson, newest_number, publish


class _Publish(Arguments):
    code: Annotated[Open, Field(examples=["1a2b3c4d"])]


def _publish(desk: Desk, given: _Publish) -> Told:
    bench = bench_of(desk)
    if not bench.changes:
        raise RefusedError(desk.say("publishing.no_draft"))
    if given.code != bench.code:
        raise RefusedError(desk.say("publishing.changed_since"))
    found = checked(desk, bench)
    if found.grave:
        raise RefusedError(problems_told(desk, found.grave))
    edition = _edition(desk, bench, found)

    def change(connection: Connection) -> bool:
        if newest_number(connection) != bench.number or not publish(connection, edition):
            return False
        if found.learned is not None:
            keep_lesson(connection, found.lesson, found.learned)
        return drop_drafts(connection, *bench.drafts) == len(bench.drafts)

    words = desk.say("publishing.published", number=edition.number, count=len(bench.changes), code=edition.hash[:12])
    return Told(words, ways=ways(desk, "editions"), change=change)


def _edition(desk: Desk, bench: Bench, found: Checked) -> Published:
    number, files = bench.number + 1, bench.over()
    note = bench.note or ", ".join(bench.changes)
    at_ms = round(desk.now.timestamp() * 1000)
    mark = edition_hash(number, files, found.lesson)
    return Published(number, at_ms, desk.operator.name, note[:200], files, found.lesson, mark)


COMMAND = AdminCommand(
    "publish",
    "make the checked drafts the next edition",
    _publish,
    EDITORS,
    _Publish,
    dangerous=True,
    group="publishing",
    slow=True,
)
