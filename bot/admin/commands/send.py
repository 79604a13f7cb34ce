"""send: let a broadcast go out, now or at a moment by the clocks of the house; at night it waits for the morning."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.announcing import Which, found, hidden, wrong_words
from bot.admin.arguments import OPEN, Arguments
from bot.admin.desk import ADMIN, AdminCommand, Desk, RefusedError, Told, Way
from bot.broadcast.segments import how_many
from bot.store.broadcasts import DRAFT, SET, change_broadcast
from bot.store.engine import reading

_NOW = "now"
_MOMENT = r"^(now|\d{4}-\d\d-\d\dT\d\d:\d\d)$"
_A_DAY = dt.timedelta(days=1)
_FARTHEST = dt.timedelta(days=90)


class _Send(Arguments):
    broadcast: Which
    when: Annotated[str, Field(pattern=_MOMENT, examples=["now", "2026-11-24T09:00"]), OPEN] = _NOW


def _send(desk: Desk, given: _Send) -> Told:
    broadcast = found(desk, given.broadcast)
    if broadcast.state != DRAFT:
        raise RefusedError(desk.say("office.broadcast.not_now", state=broadcast.state))
    wrong = wrong_words(desk, {"zh": broadcast.zh, "en": broadcast.en})
    if wrong:
        raise RefusedError(desk.say("office.broadcast.wrong", faults=wrong))
    starts = _start(desk, given.when)
    with reading(desk.store) as connection:
        count = how_many(connection, broadcast.segment, desk.now)

    def change(connection: Connection) -> bool:
        at_ms = round(starts.timestamp() * 1000)
        return change_broadcast(connection, broadcast.id, frozenset({DRAFT}), state=SET, starts_at=at_ms)

    when = f"{starts:%Y-%m-%d %H:%M}"
    words = desk.say("office.broadcast.set", number=broadcast.id, count=hidden(count), when=when)
    way = Way(desk.say("office.broadcast.report"), f"broadcast report {broadcast.id}")
    return Told(words, ways=(way,), change=change)


def _start(desk: Desk, when: str) -> dt.datetime:
    if when == _NOW:
        return desk.now
    wanted = _read(when)
    starts = None if wanted is None else wanted.replace(tzinfo=desk.now.tzinfo)
    if starts is None or not desk.now <= starts <= desk.now + _FARTHEST:
        example = f"{desk.now + _A_DAY:%Y-%m-%dT09:00}"
        raise RefusedError(desk.say("office.broadcast.when", days=_FARTHEST.days, example=example))
    return starts


def _read(when: str) -> dt.datetime | None:
    year, month, day, hour, minute = map(int, re.split(r"\D", when))
    try:
        return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the zone is the house's
    except ValueError:
        return None


COMMAND = AdminCommand("send", "let a broadcast go out", _send, ADMIN, _Send, dangerous=True, group="announcing")
