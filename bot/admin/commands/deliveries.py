"""deliveries: what became of updates, turns and promised replies, by kind; errors of the last day in a chart."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from bot.admin.arguments import Arguments
from bot.admin.desk import EVERYBODY, AdminCommand, Desk, Sheet, Told
from bot.dialogue.messages import Bar, Bars
from bot.store.engine import reading
from bot.store.tallies import read_tallies

_DAY, _MONTH = dt.timedelta(days=1), dt.timedelta(days=30)
_TROUBLE = ("promise.later.", "promise.never.", "turn.failed")
"""What kinds of trouble begin with."""


def _deliveries(desk: Desk, _given: Arguments) -> Told:
    with reading(desk.store) as connection:
        found = read_tallies(connection, desk.now - _MONTH)
    day, month = Counter[str](), Counter[str]()
    for tally in found:
        month[tally.kind] += tally.many
        day[tally.kind] += tally.many if tally.hour > desk.now - _DAY else 0
    sheet = Sheet(
        ("kind", "last_day", "last_month"), tuple((_said(desk, kind), day[kind], month[kind]) for kind in sorted(month))
    )
    trouble = [(kind, count) for kind, count in day.most_common() if count and kind.startswith(_TROUBLE)]
    bars = tuple(Bar(label=_said(desk, kind), value=count) for kind, count in trouble)
    title = desk.say("office.deliveries.title")
    chart = Bars(title=title, rows=bars, unit=desk.say("office.deliveries.unit"))
    words = desk.say("office.deliveries.words", none=not found, trouble=sum(count for _, count in trouble))
    return Told(words, sheet, chart)


def _said(desk: Desk, kind: str) -> str:
    return desk.worded(f"office.tally.{kind}", kind)


COMMAND = AdminCommand(
    "deliveries",
    "what became of updates, turns and replies, by kind",
    _deliveries,
    roles=EVERYBODY,
    traced=False,
    group="sight",
)
