"""Recalibrating: what outcomes say of a pack's ranges, tried on people left out, and only proposed where it helps."""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from simulator.correcting import Correction, correction_of
from simulator.verifying import (
    LEVELS,
    PROMISED,
    Losses,
    Outcome,
    Share,
    coverage,
    inside,
    losses,
    people,
    weights,
    wilson,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulator.policy import Pack

FEWEST = 30
"""People whose outcomes are needed before anything is proposed."""

SOURCE = "own_outcomes"
"""The name under which a pack's table of sources tells of outcomes."""

_DOUBT = 40.0  # people who would have to say "change nothing" to weigh as much as the prior belief that nothing is off
_FOLDS = 5
_TENTH = 0.1
_SMALLEST = 0.005  # changes smaller than this are noise, and nobody would see them
_NOTICEABLE = 0.01  # of the losses, and of the people held
_SURELY = 2.807  # normal quantile of 99.75 hundredths: four looks at honest ranges seldom find them off
_FLOOR = 1.0
_YEAR = 12.0


class Trial(NamedTuple):
    """How ranges did on people whose outcomes had not been looked at."""

    coverage: Share
    losses: Losses
    width: float


class Proposal(NamedTuple):
    """What would be changed in a pack, and how it did before and after on people left out in turn.

    ``correction`` is the whole of what the pack would state; None where nothing should be changed, for ``why``.
    """

    product: str
    persons: int
    why: str
    correction: Correction | None = None
    before: Trial | None = None
    after: Trial | None = None


def proposed(outcomes: Sequence[Outcome], pack: Pack) -> Proposal:
    """What outcomes of a product, foretold with the pack as it is corrected now, propose to state instead.

    Too few people, or a correction that does not help people whose outcomes were left out, change nothing.
    """
    count = people(outcomes)
    if count < FEWEST:
        return Proposal(pack.product, count, "few")
    before = _tried(outcomes, outcomes)
    off = dishonest(outcomes)
    if not off:
        return Proposal(pack.product, count, "fits", before=before)
    stands, after = correction_of(pack.corrections), before
    for part in filter(None, (off, off - {"middle"})):
        after = _tried(_moved_by_others(outcomes, part), outcomes)
        found = learned(outcomes, part).after(stands).held()
        if found != stands and _helps(before, after):
            return Proposal(pack.product, count, "helps", found, before, after)
    return Proposal(pack.product, count, "no_help", before=before, after=after)


def dishonest(outcomes: Sequence[Outcome]) -> frozenset[str]:
    """In what the ranges are surely off: "range", "low", "middle" or "high"; chance alone hardly ever tells so.

    A line that stands exactly at an end counts on either side, whichever speaks for the range.
    """
    each = weights(outcomes)
    found = {"range": (_share(outcomes, each, _within), _share(outcomes, each, inside), PROMISED)}
    for name, level in zip(("low", "middle", "high"), LEVELS, strict=True):
        below = [_end(one, name) - one.line for one in outcomes]
        least = sum(weight for gap, weight in zip(below, each, strict=True) if gap > 0.0)
        most = sum(weight for gap, weight in zip(below, each, strict=True) if gap >= 0.0)
        found[name] = (least, most, level)
    count = people(outcomes)
    return frozenset(
        name
        for name, (least, most, level) in found.items()
        if wilson(min(1.0, least / count), count, _SURELY).low > level
        or wilson(min(1.0, most / count), count, _SURELY).high < level
    )


def _share(outcomes: Sequence[Outcome], each: Sequence[float], counts: Callable[[Outcome], bool]) -> float:
    return sum(weight for one, weight in _with(outcomes, each) if counts(one))


def _within(one: Outcome) -> bool:
    return one.foretold.p10 < one.line < one.foretold.p90


def _end(one: Outcome, name: str) -> float:
    return {"low": one.foretold.p10, "middle": one.foretold.p50, "high": one.foretold.p90}[name]


def _helps(before: Trial, after: Trial) -> bool:
    """Whether ranges came nearer to their promise, or cost less while they hold it as well as before."""
    were, are = (abs(trial.coverage.value - PROMISED) for trial in (before, after))
    cost = after.losses.all / before.losses.all if before.losses.all else 1.0
    return cost < 1.0 + _NOTICEABLE and (are < were or (are <= were + _NOTICEABLE and cost < 1.0 - _NOTICEABLE))


def stated(correction: Correction, count: int, at: str) -> dict[str, dict[str, object]]:
    """What a pack's file says of a correction: its section ``corrections`` and the source that this names.

    Args:
        correction: the values.
        count: people whose outcomes taught them.
        at: the date (ISO).
    """
    source = {"text": f"Own outcomes: {count} people who agreed that their lines are counted", "date": at}
    bounds = {"shift": 0.0, "lower": 1.0, "upper": 1.0}
    values = {
        name: {"value": value, "low": min(value, bounds[name]), "high": max(value, bounds[name])}
        for name, value in correction._asdict().items()
    }
    section: dict[str, object] = {name: {**value, "grade": "I", "source": SOURCE} for name, value in values.items()}
    return {"sources": {SOURCE: source}, "corrections": section}


def learned(outcomes: Sequence[Outcome], off: frozenset[str]) -> Correction:
    """The correction that makes a half of outcomes lie below the middle and a tenth beyond either end.

    It is drawn towards no change as if forty more people had asked for that. The shift is the least absolute
    deviation through the origin of months; both factors are quantiles of how far outcomes lie out on their side.
    The middle moves only where it is ``off``, and the ends only where anything else is.
    """
    if not outcomes:
        return Correction()
    each, trust = weights(outcomes), people(outcomes) / (people(outcomes) + _DOUBT)
    apart = [(_error(one) * _YEAR / one.months, weight * one.months) for one, weight in _with(outcomes, each)]
    shift = trust * _quantile(apart, 0.5)
    shift = shift if "middle" in off and abs(shift) >= _SMALLEST else 0.0
    if off <= {"middle"}:
        return Correction(shift)
    moved = [_moved(one, Correction(shift)) for one in outcomes]
    lower = _factor([(_out(one.foretold.p10, one), weight) for one, weight in _with(moved, each)])
    upper = _factor([(_out(one.foretold.p90, one), weight) for one, weight in _with(moved, each)])
    return Correction(shift, lower**trust, upper**trust)


def _with(outcomes: Sequence[Outcome], each: Sequence[float]) -> Iterable[tuple[Outcome, float]]:
    return zip(outcomes, each, strict=True)


def _error(one: Outcome) -> float:
    """Doublings by which a line lies above the middle of its forecast."""
    return math.log2(max(one.line, _FLOOR) / max(one.foretold.p50, _FLOOR))


def _out(end: float, one: Outcome) -> float:
    """How far a line lies out towards an end: 0 at the middle or beyond it on the other side, 1 at the end."""
    whole = math.log2(max(end, _FLOOR) / max(one.foretold.p50, _FLOOR))
    error = _error(one)
    if whole == 0.0:
        side = -1.0 if end == one.foretold.p10 else 1.0
        return 1.0 if error == 0.0 else max(0.0, math.copysign(math.inf, error * side))
    return max(0.0, error / whole)


def _factor(rows: Sequence[tuple[float, float]]) -> float:
    """The factor at which a tenth of the weight lies further out; 1 where that is so as things are."""
    total = sum(weight for _, weight in rows)
    beyond = sum(weight for out, weight in rows if out > 1.0)
    at_least = sum(weight for out, weight in rows if out >= 1.0)
    if beyond <= _TENTH * total <= at_least:
        return 1.0
    return Correction(lower=_quantile(rows, 1.0 - _TENTH)).held().lower


def _quantile(rows: Sequence[tuple[float, float]], level: float) -> float:
    """The smallest value up to which a share of the weight lies."""
    ordered = sorted(rows)
    reached = list(accumulate(weight for _, weight in ordered))
    return ordered[min(bisect_left(reached, level * reached[-1]), len(ordered) - 1)][0]


def _moved(one: Outcome, how: Correction) -> Outcome:
    return one._replace(foretold=how.moved(one.foretold, one.months, one.start))


def _moved_by_others(outcomes: Sequence[Outcome], off: frozenset[str]) -> list[Outcome]:
    """Every outcome with its forecast as corrected by what people of the other folds taught."""
    fold = {person: place % _FOLDS for place, person in enumerate(sorted({one.person for one in outcomes}))}
    taught = [learned([one for one in outcomes if fold[one.person] != part], off) for part in range(_FOLDS)]
    return [_moved(one, taught[fold[one.person]]) for one in outcomes]


def _tried(outcomes: Sequence[Outcome], at_first: Sequence[Outcome]) -> Trial:
    """Coverage and losses, and how wide ranges are in the mean beside what they were at first (1 is the same)."""
    first = _width(at_first)
    return Trial(coverage(outcomes), losses(outcomes), _width(outcomes) / first if first else 1.0)


def _width(outcomes: Sequence[Outcome]) -> float:
    return sum(one.foretold.p90 - one.foretold.p10 for one in outcomes)
