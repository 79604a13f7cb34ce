"""audience: for whom a broadcast is, in codes, and about how many people that are now."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.announcing import Which, found, hidden
from bot.admin.arguments import Arguments, Words, shown
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told, Way
from bot.broadcast.segments import CODES, EVERYBODY, WrongSegmentError, how_many, read_segment
from bot.store.broadcasts import DRAFT, change_broadcast
from bot.store.engine import reading


class _Audience(Arguments):
    broadcast: Which
    codes: Annotated[Words, Field(examples=["language=zh"])] = EVERYBODY


def _audience(desk: Desk, given: _Audience) -> Told:
    broadcast = found(desk, given.broadcast)
    try:
        segment = read_segment(given.codes)
    except WrongSegmentError:
        right = "\n".join(f"- `{name}=` {' '.join(values)}" for name, values in CODES.items())
        raise RefusedError(desk.say("office.broadcast.codes", read=shown(given.codes), right=right)) from None
    if broadcast.state != DRAFT:
        raise RefusedError(desk.say("office.broadcast.not_now", state=broadcast.state))
    with reading(desk.store) as connection:
        count = how_many(connection, segment, desk.now)

    def change(connection: Connection) -> bool:
        return change_broadcast(connection, broadcast.id, frozenset({DRAFT}), segment=segment)

    words = desk.say("office.broadcast.audience", number=broadcast.id, segment=segment, count=hidden(count))
    way = Way(desk.say("office.broadcast.preview"), f"broadcast preview {broadcast.id}")
    return Told(words, ways=(way,), change=change)


COMMAND = AdminCommand("audience", "for whom a broadcast is", _audience, ADMIN, _Audience, group="announcing")
