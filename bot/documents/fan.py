"""The fan of the months ahead as plain figures: axes, bands, level lines, and what stands at the end of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import JsonValue

from bot.dialogue.messages import Fan
from bot.documents.amounts import Axis, axis_over, short, tick_words
from bot.documents.figures import Figure, Tongue, title_of
from knowledge.figures import about

_MOST_GAPS = 4
_SURE = 0.005
"""As a share: how far apart the ends of the first month may be for today's line to count as known, and how far it may
be from the end of the middle to be the same line."""


class _Series(NamedTuple):
    role: str
    name: str
    ends: tuple[tuple[float, float, float], ...]


class _Level(NamedTuple):
    role: str
    name: str
    amount: float


def fan_figure(fan: Fan, tongue: Tongue) -> Figure:
    """What the template of a fan draws."""
    series, levels = _series(fan), _levels(fan, tongue)
    every = [value for one in series for ends in one.ends for value in ends]
    every += [amount for _month, amount in fan.reported]
    axis = axis_over([*every, *(level.amount for level in levels)])
    words = tick_words(axis, tongue)
    ends = [_Level(one.role, one.name, one.ends[-1][1]) for one in series]
    return {
        "kind": "fan",
        "language": tongue.language,
        "title": title_of(fan.title),
        "x_title": tongue.say("chart.month_axis", past=bool(fan.reported)),
        "y_title": tongue.say("chart.yuan_axis"),
        "ticks": [{"at": axis.share(tick), "label": label} for tick, label in zip(axis.ticks, words, strict=True)],
        "months": _months(fan, tongue),
        "series": [_band(one, fan.months, axis) for one in series],
        "points": _points(fan, axis),
        "levels": [{"role": level.role, "at": axis.share(level.amount)} for level in levels],
        "labels": [
            *(_label(level, about(level.amount), axis, tongue) for level in ends),
            *(_label(level, level.amount, axis, tongue) for level in levels),
        ],
        "within": tongue.say("chart.within", month=fan.months[-1]),
        "rows": [*(_row(one, tongue) for one in series), *_reported_row(fan, tongue)],
        "note": tongue.say("chart.note"),
    }


def _series(fan: Fan) -> tuple[_Series, ...]:
    """The bands, behind first; without a plan the one band stands out: it is all there is to see."""
    without = _Series("plain" if fan.with_plan else "alone", fan.without_label, fan.without)
    return (without, _Series("plan", fan.with_label, fan.with_plan)) if fan.with_plan else (without,)


def _levels(fan: Fan, tongue: Tongue) -> tuple[_Level, ...]:
    """The lines drawn across: today's, where it is known and not where things stay anyway, and what is aimed at."""
    low, middle, high = fan.without[0]
    known = fan.months[0] == 0 and not fan.reported and high - low <= _SURE * high
    stays = abs(fan.without[-1][1] - middle) <= _SURE * middle
    today = (_Level("today", tongue.say("chart.today"), middle),) if known and not stays else ()
    target = (_Level("target", fan.target_label, fan.target),) if fan.target is not None else ()
    return (*today, *target)


def _months(fan: Fan, tongue: Tongue) -> list[JsonValue]:
    """The months named under the plot: the first, the last and a few at equal distance."""
    months, past = fan.months, bool(fan.reported)
    span = max(months[-1] - months[0], 1)
    gap = next(gap for gap in (1, 2, 3, 4, 6, 12, span) if span <= gap * _MOST_GAPS and span % gap == 0)
    named = range(months[0], months[-1] + 1, gap)
    return [
        {"at": (month - months[0]) / span, "label": tongue.say("chart.month", month=month, past=past)}
        for month in named
    ]


def _points(fan: Fan, axis: Axis) -> list[JsonValue]:
    """What came true, each at its month; one past the last month stands at the edge."""
    span = max(fan.months[-1] - fan.months[0], 1)
    return [
        {"across": min(1.0, max(0.0, (month - fan.months[0]) / span)), "at": axis.share(amount)}
        for month, amount in fan.reported
    ]


def _band(series: _Series, months: Sequence[int], axis: Axis) -> Figure:
    span = max(months[-1] - months[0], 1)
    lows, middles, highs = ([axis.share(three[which]) for three in series.ends] for which in range(3))
    across: list[JsonValue] = [(month - months[0]) / span for month in months]
    return {"role": series.role, "across": across, "low": [*lows], "middle": [*middles], "high": [*highs]}


def _label(level: _Level, said: float, axis: Axis, tongue: Tongue) -> Figure:
    """What stands at the end of a line: its name and an amount; estimates are said roundly, what was told exactly."""
    return {"role": level.role, "name": level.name, "amount": short(said, tongue), "at": axis.share(level.amount)}


def _row(series: _Series, tongue: Tongue) -> Figure:
    low, _, high = (short(about(amount), tongue) for amount in series.ends[-1])
    return {"role": series.role, "name": series.name, "span": tongue.say("chart.span", low=low, high=high)}


def _reported_row(fan: Fan, tongue: Tongue) -> list[Figure]:
    """The newest of what came true, under the bands."""
    newest = [short(amount, tongue) for _month, amount in fan.reported[-1:]]
    return [{"role": "reported", "name": fan.reported_label, "span": amount} for amount in newest]
