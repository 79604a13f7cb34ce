"""Verifying: forecasts beside what came true: coverage with its interval, where outcomes fell, and what errors cost."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.results import Range

LEVELS = (0.1, 0.5, 0.9)
"""The shares of outcomes that should lie below the low end, the middle and the high end of a range."""

PROMISED = 0.8
"""The share of outcomes that a range should hold."""

_SURE = 1.959964  # normal quantile of 97.5 hundredths: intervals hold with a chance of 95 hundredths
_FLOOR = 1.0  # yuan: a line of nothing has no logarithm
_TAIL = 1.2815515655446004  # normal quantile of nine tenths
_STEEP = 0.1  # doublings: the width that a tail has where a forecast has none
_EDGE = 1e-9


class Outcome(NamedTuple):
    """A line (yuan) that came true, and what was foretold of it.

    ``person`` is any code that tells people apart; ``start`` the line when it was foretold, ``months`` before.
    """

    person: str
    months: int
    foretold: Range
    start: float
    line: float


class Share(NamedTuple):
    """A share with its 95 per cent interval."""

    value: float
    low: float
    high: float


class Losses(NamedTuple):
    """Mean pinball losses at the low end, the middle and the high end, in shares of the foretold middle.

    ``unchanged`` is the loss of whoever foretells at the middle that no line will move.
    """

    low: float
    middle: float
    high: float
    unchanged: float

    @property
    def all(self) -> float:
        """The three together, by which two ways of foretelling are compared."""
        return self.low + self.middle + self.high


def people(outcomes: Sequence[Outcome]) -> int:
    """How many people the outcomes are of."""
    return len({one.person for one in outcomes})


def weights(outcomes: Sequence[Outcome]) -> tuple[float, ...]:
    """Each outcome's weight: everybody counts as one, however often they told their line."""
    often = Counter(one.person for one in outcomes)
    return tuple(1.0 / often[one.person] for one in outcomes)


def inside(one: Outcome) -> bool:
    """Whether the range held the line."""
    return one.foretold.p10 <= one.line <= one.foretold.p90


def wilson(share: float, count: float, sure: float = _SURE) -> Share:
    """A share seen in so many independent cases with its interval (E. B. Wilson, JASA 22, 1927).

    Args:
        share: from 0 to 1.
        count: cases.
        sure: the normal quantile that the interval goes by; the usual one makes it hold 95 times in a hundred.

    Raises:
        ValueError: when there is no case.
    """
    if count <= 0:
        raise ValueError("a share of nothing is unknown")
    square = sure**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = sure * math.sqrt(share * (1 - share) / count + square / (4 * count**2)) / (1 + square / count)
    return Share(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))


def coverage(outcomes: Sequence[Outcome]) -> Share:
    """The share of people's lines that ranges held; counting people and not reports makes the interval a wide one.

    Raises:
        ValueError: when there is no outcome.
    """
    held = sum(weight for one, weight in zip(outcomes, weights(outcomes), strict=True) if inside(one))
    count = people(outcomes)
    return wilson(min(1.0, held / count) if count else 0.0, count)


def losses(outcomes: Sequence[Outcome]) -> Losses:
    """Mean pinball losses; zero would be foreknowledge (Koenker and Bassett 1978; Gneiting 2011)."""
    total = [0.0, 0.0, 0.0, 0.0]
    for one, weight in zip(outcomes, weights(outcomes), strict=True):
        ends = (one.foretold.p10, one.foretold.p50, one.foretold.p90, one.start)
        scale = weight / max(one.foretold.p50, _FLOOR)
        for place, (end, level) in enumerate(zip(ends, (*LEVELS, 0.5), strict=True)):
            total[place] += scale * pinball(one.line - end, level)
    count = people(outcomes)
    return Losses(*(each / count for each in total))


def pinball(error: float, level: float) -> float:
    """What an error (outcome less forecast) costs a forecast of the quantile at a level."""
    return level * error if error >= 0 else (level - 1.0) * error


def histogram(outcomes: Sequence[Outcome], bins: int) -> tuple[float, ...]:
    """Where outcomes fell within their forecasts (PIT), as people in each of some equal parts from low to high.

    Even parts mean honest ranges; more at both ends mean ranges too narrow, more in the middle too wide ones. Where a
    forecast holds one and the same line for likely, the outcome is spread over all levels that this line has
    (Czado, Gneiting and Held 2009). Elsewhere levels follow a normal on each side.
    """
    counts = [0.0] * bins
    for one, weight in zip(outcomes, weights(outcomes), strict=True):
        low, high = levels_of(one)
        for place in range(bins):
            counts[place] += weight * _overlap(low, high, place / bins, (place + 1) / bins)
    return tuple(counts)


def levels_of(one: Outcome) -> tuple[float, float]:
    """Between which levels of its forecast a line lies; the two are equal but where the forecast has a lump there.

    A lump is known by ends that are the same, or by a line that has stayed; it reaches halfway to the next end.
    """
    ends = [math.log2(max(end, _FLOOR)) for end in (one.foretold.p10, one.foretold.p50, one.foretold.p90)]
    at = math.log2(max(one.line, _FLOOR))
    hit = [place for place, end in enumerate(ends, 1) if abs(end - at) < _EDGE]
    if len(hit) > 1 or (hit and one.line == one.start):
        marks = (0.0, *LEVELS, 1.0)
        return (marks[hit[0] - 1] + marks[hit[0]]) / 2, (marks[hit[-1]] + marks[hit[-1] + 1]) / 2
    level = _level(ends, at)
    return level, level


def _level(ends: Sequence[float], at: float) -> float:
    """The level by a normal on each side of the middle, through that side's end; a side without width ends at once."""
    low, middle, high = ends
    side = middle - low if at < middle else high - middle
    scale = (side or high - low or _STEEP) / _TAIL
    jump = 0.0 if side or at == middle else math.copysign(_TAIL, at - middle)
    return 0.5 * math.erfc(-((at - middle) / scale + jump) / math.sqrt(2.0))


def _overlap(low: float, high: float, least: float, most: float) -> float:
    """The part of a span of levels that lies within a bin; a single level lies in one bin."""
    if high <= low:
        return float(least <= low < most or (most >= 1.0 and low >= 1.0))
    return max(0.0, min(high, most) - max(low, least)) / (high - low)
