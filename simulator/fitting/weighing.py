"""The weights of a fitted model: what each factor and feature does to the line over its usual span, how surely."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.fitting.boosting import Boosted
    from simulator.fitting.design import Column, Design
    from simulator.fitting.fitted import Fitted
    from simulator.fitting.grid import Bins
    from simulator.shapes import FloatArray

POINTS = 100.0
"""Points in one doubling of the line."""

CASES = 200
"""Cases over which an effect is averaged."""

DIRECTIONS = {1: "+", -1: "-", 0: "free"}
"""Signs as a mapping writes them."""

_SIDE = 1.2816  # standard errors from the middle to the tenth and the ninetieth hundredth


class Weight(NamedTuple):
    """What one feature does, all others as they are: points (100 are one doubling of the line) with a range.

    ``start`` and ``end`` are its usual span in its own unit, ``points`` the mean effect of going from one to the
    other; ``per_doubling`` is that effect for each doubling of an amount (features on a log scale), ``per_unit`` for
    each unit of the others. Low and high are the tenth and ninetieth hundredth.
    """

    feature: str
    factor: str
    direction: str
    start: float
    end: float
    points: float
    low: float
    high: float
    per_doubling: tuple[float, float, float] | None
    per_unit: tuple[float, float, float] | None


class Pull(NamedTuple):
    """What one factor does when all its features go over their usual span together: points with a range."""

    factor: str
    direction: str
    points: float
    low: float
    high: float


Found = TypeVar("Found", Pull, Weight)


def weigh(fitted: Fitted, design: Design, seed: int) -> tuple[tuple[Pull, ...], tuple[Weight, ...]]:
    """The pull of every factor and the weight of every feature, the strongest first, on some cases of a design.

    The ranges are resampled: each member of the model was taught with one part of the cases left out, and their
    spread, as the jackknife that leaves out so many counts it (Shao and Wu 1989), is the standard error. The chance in
    growing trees widens them further. A direction bounds its range.
    """
    chosen = np.random.default_rng([seed, 9]).permutation(len(design))[:CASES]
    bins = fitted.grid.bins(design.values[np.sort(chosen)])
    spans = [_span(column) for column in design.values.T]
    owners = [column.factor for column in fitted.columns]
    factors = list(dict.fromkeys(owners))
    groups = [[index for index, owner in enumerate(owners) if owner == factor] for factor in factors]
    groups += [[index] for index in range(len(owners))]
    places = [_places(fitted, spans, side) for side in (0, 1)]
    effects = np.stack([_effects(member, bins, places, groups) for member in fitted.members]) * POINTS
    pulls = [_pull(fitted, group, effects[:, index]) for index, group in enumerate(groups[: len(factors)])]
    weights = [
        _weight(column, span, _ranged(effects[:, len(factors) + index], column.sign, fitted.parts))
        for index, (column, span) in enumerate(zip(fitted.columns, spans, strict=True))
    ]
    return _strongest(pulls), _strongest(weights)


def _strongest(found: Sequence[Found]) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda one: -abs(one.points)))


def _span(values: FloatArray) -> tuple[float, float]:
    """From the tenth to the ninetieth hundredth; where those are one, from first to last; then from least to most."""
    for first, last in ((0.1, 0.9), (0.01, 0.99), (0.0, 1.0)):
        start, end = (float(one) for one in np.quantile(values, (first, last)))
        if start < end:
            break
    return start, end


def _places(fitted: Fitted, spans: Sequence[tuple[float, float]], side: int) -> list[int]:
    """The bin of one end of each feature's span."""
    pairs = zip(fitted.grid.cuts, spans, strict=True)
    return [int(np.searchsorted(cuts, span[side], side="right")) for cuts, span in pairs]


def _effects(
    member: Boosted, bins: Bins, places: Sequence[Sequence[int]], groups: Sequence[Sequence[int]]
) -> FloatArray:
    """The mean effect in one member of each group of features going over their spans, in doublings."""
    cases = bins.shape[1]
    ends = []
    for side in places:
        moved = np.tile(bins, len(groups))
        for number, group in enumerate(groups):
            for index in group:
                moved[index, number * cases : (number + 1) * cases] = side[index]
        ends.append(member.at(moved).reshape(len(groups), cases).mean(axis=1))
    return np.asarray(ends[1] - ends[0], dtype=np.float64)


def _ranged(effects: FloatArray, sign: int, parts: int) -> tuple[float, float, float]:
    middle = float(effects.mean())
    side = _SIDE * math.sqrt((parts - 1) * float(effects.var()))
    low = max(middle - side, 0.0) if sign > 0 else middle - side
    high = min(middle + side, 0.0) if sign < 0 else middle + side
    return middle, low, high


def _pull(fitted: Fitted, group: Sequence[int], effects: FloatArray) -> Pull:
    signs = {fitted.columns[index].sign for index in group}
    sign = signs.pop() if len(signs) == 1 else 0
    return Pull(fitted.columns[group[0]].factor, DIRECTIONS[sign], *_ranged(effects, sign, fitted.parts))


def _weight(column: Column, span: tuple[float, float], ranged: tuple[float, float, float]) -> Weight:
    wide = span[1] - span[0]
    middle, low, high = ranged
    each = (middle / wide, low / wide, high / wide) if wide > 0.0 else (0.0, 0.0, 0.0)
    doubles = column.scale == "log"
    return Weight(
        *(column.name, column.factor, DIRECTIONS[column.sign], *span, *ranged),
        per_doubling=each if doubles else None,
        per_unit=None if doubles else each,
    )
