"""What a user's own reported lines say about each path: how likely every move was, and every month without one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from simulator.money import PARTS
from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.shapes import FloatArray
    from simulator.tapes import Tapes
    from simulator.vocabulary import Facts

LONGEST = 24
"""Months of history that count; what lies further back is another time of the lender's rules."""

BLUR = 0.05
"""Doublings by which a path may miss an observed move and still explain most of it (about 3.5 per cent)."""

_UNEXPLAINED = 1e-6  # likelihood of a move that no rule of the model explains, so that no path is ruled out for good
_NO_SPAN = "a history needs at least one report, of later and later months, each with a line above nothing"


@dataclass(frozen=True, slots=True)
class Span:
    """The time between two reports: months counted from the first report of all, lines in yuan."""

    begin: int
    end: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class History:
    """Reported lines in yuan by month, months counted from the first report; the last report is now."""

    months: tuple[int, ...]
    lines: tuple[float, ...]

    @property
    def window(self) -> int:
        """Months from the first report to the last."""
        return self.months[-1]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The times between reports, in order."""
        pairs = zip(pairwise(self.months), pairwise(self.lines), strict=True)
        return tuple(Span(begin, end, before, after) for (begin, end), (before, after) in pairs)


def read_history(reports: Sequence[tuple[int, float]]) -> History | Problem:
    """Reports (month on any one count, line in yuan) as a history, or what is wrong with them.

    Of reports further back than ``LONGEST`` months only the line at that time is kept.
    """
    rising = all(before[0] < after[0] for before, after in pairwise(reports))
    if not reports or not rising or not all(0.0 < line < float("inf") for _month, line in reports):
        return Problem("bad_history", "history", _NO_SPAN)
    first = max(reports[0][0], reports[-1][0] - LONGEST)
    kept = [(month, line) for month, line in reports if month >= first]
    if kept[0][0] > first:
        kept.insert(0, (first, [line for month, line in reports if month < first][-1]))
    return History(tuple(month - first for month, _line in kept), tuple(float(line) for _month, line in kept))


def standing_still(facts: Facts) -> History | None:
    """What a told ``months_since_change`` says as a history: so long the line has stood as it is; None if untold."""
    line, months = facts.number("current_line"), facts.number("months_since_change")
    if not line or months is None:
        return None
    since = min(int(months), LONGEST)
    return History((0, since), (line, line)) if since else History((0,), (line,))


def log_likelihood(tapes: Tapes, history: History, lift: FloatArray, blur: float = BLUR) -> FloatArray:
    """Logarithm of the likelihood of a history on each path (draws,); reviews are not drawn but weighed by chance.

    The line of each month starts from the reported one. Between two reports with different lines one move is
    assumed, in a month unknown; between equal lines, none.

    Args:
        tapes: paths that begin at the first report and reach at least to the last.
        history: the reports.
        lift: doublings (draws,) to add to each path's score.
        blur: doublings by which a path may miss an observed move.
    """
    total: FloatArray = np.zeros(tapes.draws)
    for span in history.spans:
        chance = _stays(tapes, span, lift) if span.before == span.after else _moves(tapes, span, lift, blur)
        total += np.log(chance + _UNEXPLAINED)
    return total


def needed_lift(tapes: Tapes, history: History) -> FloatArray | None:
    """Doublings (draws,) that would bring each path's score to the last observed move; None where nothing moved."""
    moved = [span for span in history.spans if span.before != span.after]
    if not moved:
        return None
    month, reached = moved[-1].end - 1, moved[-1].after
    band = -tapes.up_band if reached > moved[-1].before else tapes.down_band
    aim: FloatArray = (tapes.layers[0, month] + tapes.offsets[month] + band) / PARTS
    needed: FloatArray = np.log2(reached + 0.5 * tapes.pack.grid) - aim
    return needed


def _stays(tapes: Tapes, span: Span, lift: FloatArray) -> FloatArray:
    likely: FloatArray = np.prod(_still(_reviewed(tapes, span, span.before, lift)), axis=0)
    return likely


def _moves(tapes: Tapes, span: Span, lift: FloatArray, blur: float) -> FloatArray:
    """One move in any month of the span, with no other before or after it."""
    before = _reviewed(tapes, span, span.before, lift)
    rises, falls, raised, cut = before
    chances, reached = (rises, raised) if span.after > span.before else (falls, cut)
    low, high = np.log2(span.after), np.log2(span.after + tapes.pack.grid)
    missed = np.maximum(np.maximum(low - reached, reached - high), 0.0)
    likely: FloatArray = chances * np.exp(-0.5 * np.square(missed / blur))
    if len(likely) > 1:
        likely[1:] *= np.cumprod(_still(before), axis=0)[:-1]
        since = _still(_reviewed(tapes, span, span.after, lift))[::-1]
        likely[:-1] *= np.cumprod(since, axis=0)[-2::-1]
    total: FloatArray = likely.sum(axis=0)
    return total


def _still(reviewed: tuple[FloatArray, FloatArray, FloatArray, FloatArray]) -> FloatArray:
    rises, falls, _raised, _cut = reviewed
    return 1.0 - rises - falls


def _reviewed(
    tapes: Tapes, span: Span, line: float, lift: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """By month of a span and draw, for one line: chance of a visible raise and of a cut, and where each would lead."""
    months, level, parameters = slice(span.begin, span.end), np.log2(line), tapes.parameters
    score = tapes.layers[0, months] / PARTS + lift
    target = np.minimum.reduce((score, *(tapes.layers[1:, months] / PARTS))) + tapes.offsets[months] / PARTS
    raised = np.minimum(target - tapes.up_band / PARTS, level + tapes.up_step / PARTS)
    cut = np.maximum(target + tapes.down_band / PARTS, level - tapes.down_step / PARTS)
    raised, cut = (np.clip(one, tapes.floor / PARTS, tapes.roof / PARTS) for one in (raised, cut))
    regular = parameters["review_base"]
    further = parameters.get("review_rated", 0.0) * tapes.state.get("third_party_rating", 0.0)
    rises = tapes.gate[months] * (1.0 - (1.0 - regular) * (1.0 - further)) * (raised >= np.log2(line + tapes.pack.grid))
    falls = regular * (cut < level - 0.5 / PARTS)
    return rises, falls, raised, cut
