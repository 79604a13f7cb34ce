"""A drawing of how estimates fared: coverage and ranges by tenth of the estimated line, as one SVG."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.fitting.fitted import Estimates
    from simulator.fitting.growing import IntArray
    from simulator.shapes import FloatArray

TENTHS = 10

_HEIGHT, _PANEL, _TOP, _FOOT = 400, 400, 60, 350
_ESTIMATE, _REAL, _AIM = "#1f6fb2", "#555555", "#b23a1f"
_AIMED = 0.8


class Tenth(NamedTuple):
    """Cases with neighbouring estimates: share covered, mean low, middle and high, and the real 10/50/90 hundredths."""

    covered: float
    estimated: tuple[float, float, float]
    real: tuple[float, float, float]


def tenths(doublings: FloatArray, found: Estimates) -> tuple[Tenth, ...]:
    """The cases in ten equal groups by their middle, lowest first; lines in doublings (log2)."""
    order = np.argsort(found.middle, kind="stable")
    return tuple(_tenth(doublings, found, rows) for rows in np.array_split(order, TENTHS) if len(rows))


def draw(title: str, groups: Sequence[Tenth]) -> str:
    """An SVG document with two panels: the share covered, and estimated against real ranges."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * _PANEL + 80} {_HEIGHT}" font-family="sans-serif">',
        '<rect width="100%" height="100%" fill="white"/>',
        _text(20, 24, title[:120], 14),
        _text(60, 46, "Share of lines within the 80 % range, by tenth of the estimate", 11),
        *_coverage(groups),
        _text(_PANEL + 80, 46, "10th, middle, 90th: estimated (blue) and real (grey)", 11),
        *_ranges(groups),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _tenth(doublings: FloatArray, found: Estimates, rows: IntArray) -> Tenth:
    lines, low, middle, high = (one[rows] for one in (doublings, found.low, found.middle, found.high))
    covered = float(((low <= lines) & (lines <= high)).mean())
    real = np.quantile(lines, (0.1, 0.5, 0.9))
    return Tenth(
        covered,
        (float(low.mean()), float(middle.mean()), float(high.mean())),
        (float(real[0]), float(real[1]), float(real[2])),
    )


def _coverage(groups: Sequence[Tenth]) -> Iterator[str]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        yield _text(20, _up(share) + 4, f"{share:.0%}", 10)
    for index, group in enumerate(groups):
        top = _up(group.covered)
        place = f'x="{_across(index) - 12:.1f}" y="{top:.1f}" width="24" height="{_FOOT - top:.1f}"'
        yield f'<rect {place} fill="{_ESTIMATE}"/>'
        yield _text(_across(index) - 10, _FOOT + 16, f"{100 * group.covered:.0f}", 10)
    yield _stroke((50, _up(_AIMED)), (_PANEL + 40, _up(_AIMED)), _AIM, 1.5)


def _ranges(groups: Sequence[Tenth]) -> Iterator[str]:
    ends = [end for group in groups for end in (*group.estimated, *group.real)]
    least, most = np.floor(min(ends)), np.ceil(max(ends))
    wide = max(float(most - least), 1.0)
    for doubling in np.arange(least, most + 1.0):
        yield _text(_PANEL + 40, _up((doubling - least) / wide) + 4, f"{2.0**doubling:,.0f}", 10)
    for index, group in enumerate(groups):
        for ranged, moved, colour in ((group.estimated, -4, _ESTIMATE), (group.real, 4, _REAL)):
            across = _PANEL + 60 + _across(index) + moved
            low, middle, high = (_up((end - float(least)) / wide) for end in ranged)
            yield _stroke((across, low), (across, high), colour, 3.0)
            yield f'<circle cx="{across:.1f}" cy="{middle:.1f}" r="4" fill="{colour}"/>'


def _across(index: int) -> float:
    return 75.0 + index * (_PANEL - 60) / TENTHS


def _up(share: float) -> float:
    return _FOOT - share * (_FOOT - _TOP)


def _stroke(start: tuple[float, float], end: tuple[float, float], colour: str, width: float) -> str:
    ends = f'x1="{start[0]:.1f}" y1="{start[1]:.1f}" x2="{end[0]:.1f}" y2="{end[1]:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"/>'


def _text(across: float, down: float, text: str, size: int) -> str:
    return f'<text x="{across:.1f}" y="{down:.1f}" font-size="{size}">{escape(text)}</text>'
