"""discard: forget the draft of one file, or all drafts; for all it asks once more."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.arguments import Arguments, Open
from bot.admin.desk import AdminCommand, Desk, RefusedError, Told, Way
from bot.admin.editing import EDITORS, bench_of, ways
from bot.store.editions import drop_drafts


class _Discard(Arguments):
    path: Annotated[Open, Field(examples=["articles/fees.md"])]


def _discard(desk: Desk, given: _Discard) -> Told:
    bench = bench_of(desk)
    if given.path == "all" and bench.drafts:
        way = Way(desk.say("publishing.discard_them"), f"discard {bench.code}")
        return Told(desk.say("publishing.discard_all", count=len(bench.changes), code=bench.code), ways=(way,))
    paths = tuple(path for path in bench.drafts if given.path in {path, bench.code})
    if not paths:
        raise RefusedError(desk.say("publishing.no_draft"))

    def change(connection: Connection) -> bool:
        return drop_drafts(connection, *paths) == len(paths)

    return Told(desk.say("publishing.discarded", paths=list(paths)), ways=ways(desk, "draft"), change=change)


COMMAND = AdminCommand(
    "discard", "forget the draft of a file, or all", _discard, roles=EDITORS, arguments=_Discard, group="publishing"
)
