"""Announcing: what the commands about broadcasts share; finding one, what is wrong with it, and its report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from bot.admin.arguments import OPEN
from bot.admin.desk import Cell, Desk, RefusedError, Sheet
from bot.broadcast.wording import Fault, Written, faults_of
from bot.dialogue.consenting import FEWEST
from bot.dialogue.messages import Bar, Bars
from bot.store import broadcasts, recipients
from bot.store.broadcasts import Broadcast, broadcast_of, count_recipients, count_stopped
from bot.store.engine import reading

Which = Annotated[int, Field(ge=0, lt=10**6, examples=["1"]), OPEN]
"""The number of a broadcast; nought for none."""

_ENDS = {
    "sent": (recipients.SENT,),
    "on_the_way": (recipients.PROMISED, recipients.GOING, broadcasts.UNSURE),
    "still_waiting": (recipients.WAITING,),
    "not_reachable": (recipients.GONE,),
    "refused_by_platform": (recipients.REFUSED,),
    "not_wanted": (recipients.DECLINED,),
    "not_fit": (recipients.SKIPPED,),
    "never_known": (recipients.UNKNOWN,),
}
_MINUTE_MS = 60_000


def found(desk: Desk, number: int) -> Broadcast:
    """The broadcast of a number.

    Raises:
        RefusedError: when there is none.
    """
    with reading(desk.store) as connection:
        broadcast = broadcast_of(connection, number)
    if broadcast is None:
        raise RefusedError(desk.say("office.broadcast.none", number=number))
    return broadcast


def wrong_words(desk: Desk, words: Mapping[Written, str]) -> str:
    """Everything that is wrong with words, a line each; nothing where all is well."""
    faults = [fault for language, text in words.items() for fault in faults_of(text, language, desk.library)]
    return "\n".join(f"- {_said(desk, fault)}" for fault in faults)


def _said(desk: Desk, fault: Fault) -> str:
    tongue = desk.say(f"office.broadcast.in.{fault.language}")
    return desk.say(f"office.broadcast.fault.{fault.code}", tongue=tongue, rule=fault.rule)


def hidden(count: int, whole: int | None = None) -> Cell:
    """A number of people, hidden where so few are meant that they could be told apart."""
    few = count if whole is None else whole
    return f"<{FEWEST}" if 0 < few < FEWEST and count else count


def moment(desk: Desk, at_ms: int | None) -> str:
    """A moment by the clocks of the house, or nothing."""
    if at_ms is None:
        return ""
    return f"{dt.datetime.fromtimestamp(at_ms / 1000, desk.now.tzinfo):%Y-%m-%d %H:%M}"


def report_of(desk: Desk, broadcast: Broadcast) -> tuple[Sheet, Bars | None]:
    """What has become of a broadcast so far, as a table, and as a chart where there is more than one thing to tell."""
    with reading(desk.store) as connection:
        counts = count_recipients(connection, broadcast.id)
        stopped = count_stopped(connection, broadcast.id)
    ends = {name: sum(counts.get(state, 0) for state in states) for name, states in _ENDS.items()}
    people = broadcast.people or sum(ends.values())
    numbers = {"people": people, **ends, "erased_since": max(0, people - sum(ends.values())), "wanted_no_more": stopped}
    rows: dict[str, Cell] = {
        "broadcast": broadcast.id,
        "segment": broadcast.segment,
        "state": broadcast.state,
        **{name: moment(desk, getattr(broadcast, name)) for name in ("starts_at", "began_at", "ended_at")},
        **{name: hidden(count, people) for name, count in numbers.items()},
        "sent_each_minute": _pace(desk, broadcast, ends["sent"]),
    }
    bars = tuple(
        Bar(
            label=desk.say(f"office.value.{name}"),
            value=float(count) if hidden(count, people) == count else None,
            instead=f"<{FEWEST}",
        )
        for name, count in ends.items()
        if count
    )
    title = desk.say("office.broadcast.chart", number=broadcast.id)
    chart = Bars(title=title, rows=bars) if len(bars) > 1 else None
    return Sheet(("what", "count"), tuple(rows.items())), chart


def _pace(desk: Desk, broadcast: Broadcast, sent: int) -> Cell:
    """Messages a minute since it began, while it went out; nothing before it has gone out for a minute."""
    if broadcast.began_at is None:
        return 0
    until = broadcast.ended_at or round(desk.now.timestamp() * 1000)
    lasted = until - broadcast.began_at
    return "" if lasted < _MINUTE_MS else round(sent * _MINUTE_MS / lasted, 1)


def halted(connection: Connection, broadcast: Broadcast, state: str, at_ms: int) -> bool:
    """Halt a broadcast; what is promised and not on its way yet is taken back at once."""
    going = frozenset({broadcasts.SET, broadcasts.GATHERING, broadcasts.RUNNING, broadcasts.PAUSED, broadcasts.DRAFT})
    free = {"owner": None, "leased_until": None}
    if not broadcasts.change_broadcast(connection, broadcast.id, going - {state}, state=state, **free):
        return False
    recipients.take_back_promises(connection, broadcast.id, recipients.WAITING, at_ms)
    return True
