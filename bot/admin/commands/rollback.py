"""rollback: publish what an earlier edition was once more, as the newest; 0 is what ships."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.arguments import OPEN, Arguments
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told
from bot.admin.editing import EDITORS, bench_of, change_of, checked, problems_told, ways
from bot.publishing.bench import Bench
from bot.publishing.checking import Checked
from bot.store.editions import Draft, Published, edition_hash, keep_lesson, newest_number, publish


class _Rollback(Arguments):
    number: Annotated[int, Field(ge=0, lt=2**31, examples=["1"]), OPEN]


def _rollback(desk: Desk, given: _Rollback) -> Told:
    bench = bench_of(desk)
    files = change_of(desk, given.number)
    if files == dict(bench.over(drafted=False)):
        raise RefusedError(desk.say("publishing.same", number=given.number))
    drafts = {path: Draft(path, words, "", 0) for path, words in files.items()}
    found = checked(desk, Bench(bench.number, {}, drafts)) if files else Checked(())
    if found.grave:
        raise RefusedError(problems_told(desk, found.grave))
    number, at_ms = bench.number + 1, round(desk.now.timestamp() * 1000)
    note = desk.say("publishing.back_to", number=given.number)
    mark = edition_hash(number, files, found.lesson)
    edition = Published(number, at_ms, desk.operator.name, note, files, found.lesson, mark)

    def change(connection: Connection) -> bool:
        if found.learned is not None:
            keep_lesson(connection, found.lesson, found.learned)
        return newest_number(connection) == bench.number and publish(connection, edition)

    words = desk.say("publishing.rolled_back", number=number, to=given.number)
    return Told(words, ways=ways(desk, "editions"), change=change)


COMMAND = AdminCommand(
    "rollback",
    "publish an earlier edition once more",
    _rollback,
    EDITORS,
    _Rollback,
    dangerous=True,
    group="publishing",
    slow=True,
)
