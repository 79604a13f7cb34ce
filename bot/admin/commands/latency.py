"""latency: how quickly letters had their turns, hour by hour of the last day; half, 95 and 99 percent of them."""

from __future__ import annotations

import datetime as dt

from bot.admin.arguments import Arguments
from bot.admin.desk import EVERYBODY, AdminCommand, Desk, Sheet, Told
from bot.dialogue.messages import Bar, Bars
from bot.store.counting import Hour, count_hours
from bot.store.engine import reading

_HOURS, _MOST_BARS = 24, 12


def _latency(desk: Desk, _given: Arguments) -> Told:
    now_ms = round(desk.now.timestamp() * 1000)
    with reading(desk.store) as connection:
        hours = count_hours(connection, now_ms, _HOURS)
    rows = tuple((_until(desk, one), one.turns, one.half_ms, one.most_ms, one.nearly_all_ms) for one in hours)
    sheet = Sheet(("until", "letters", "half_ms", "most_ms", "nearly_all_ms"), rows)
    bars = tuple(
        Bar(label=_until(desk, one), value=one.most_ms, low=one.half_ms, high=one.nearly_all_ms)
        for one in hours[-_MOST_BARS:]
    )
    chart = Bars(
        title=desk.say("office.latency.title"),
        rows=bars,
        unit="ms",
        note=desk.say("office.latency.note", most=95, nearly_all=99),
    )
    return Told(desk.say("office.latency.words", none=not hours, hours=_HOURS), sheet, chart)


def _until(desk: Desk, hour: Hour) -> str:
    return f"{dt.datetime.fromtimestamp(hour.end_ms / 1000, desk.now.tzinfo):%m-%d %H:%M}"


COMMAND = AdminCommand(
    "latency",
    "how quickly letters had their turns, hour by hour",
    _latency,
    roles=EVERYBODY,
    traced=False,
    group="sight",
)
