"""Bars as plain figures: one beside the other from a common zero, each with its words and its range."""

from __future__ import annotations

from bot.dialogue.messages import Bar, Bars
from bot.documents.amounts import Axis
from bot.documents.figures import Figure, Tongue, title_of

_AIR = 1.04


def bars_figure(bars: Bars, tongue: Tongue) -> Figure:
    """What the template of bars draws."""
    axis = _axis(bars)
    return {
        "kind": "bars",
        "language": tongue.language,
        "title": title_of(bars.title),
        "zero": axis.share(0.0),
        "mark": None if bars.mark is None else axis.share(bars.mark),
        "mark_words": bars.mark_words,
        "unit": bars.unit,
        "rows": [_row(bars, row, axis) for row in bars.rows],
        "note": bars.note,
    }


def _axis(bars: Bars) -> Axis:
    """A scale that holds zero, every value, every range and the mark; shares end at one."""
    told = [value for row in bars.rows for value in (row.value, row.low, row.high) if value is not None]
    told += [] if bars.mark is None else [bars.mark]
    low, high = min(0.0, *told, 0.0), max(0.0, *told, 0.0)
    if bars.share:
        return Axis(low, max(1.0, high), ())
    return Axis(low * _AIR, (high * _AIR) or 1.0, ())


def _row(bars: Bars, row: Bar, axis: Axis) -> Figure:
    ranged = row.low is not None and row.high is not None
    return {
        "name": row.label,
        "words": bars.told(row),
        "at": None if row.value is None else axis.share(row.value),
        "low": axis.share(row.low) if ranged and row.low is not None else None,
        "high": axis.share(row.high) if ranged and row.high is not None else None,
    }
