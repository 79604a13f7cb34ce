"""Two ways to estimate the same lines, compared: by how much one is better, and how sure that is on these rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.fitting.fitted import Estimates
from simulator.fitting.scores import scores

if TYPE_CHECKING:
    from simulator.fitting.growing import IntArray
    from simulator.shapes import FloatArray

COMPARED = ("rank_correlation", "r2_log", "width_at_80", "pinball")
"""The scores that are compared; widths at equal coverage, for coverages differ."""

DRAWS = 200


class Gap(NamedTuple):
    """One score of ours less theirs, and the tenth and ninetieth hundredth of it over rows drawn again and again."""

    score: str
    gap: float
    low: float
    high: float


def gaps(doublings: FloatArray, ours: Estimates, theirs: Estimates, seed: int) -> tuple[Gap, ...]:
    """Each compared score of ours less theirs on the same rows, with its bootstrap range (Efron 1979)."""
    chance = np.random.default_rng([seed, 8])
    count = len(doublings)
    draws = [chance.integers(count, size=count) for _ in range(DRAWS)]
    rows = np.array([_gap(doublings, ours, theirs, drawn) for drawn in (np.arange(count), *draws)])
    ends = np.quantile(rows[1:], (0.1, 0.9), axis=0)
    return tuple(Gap(name, *map(float, (rows[0, at], *ends[:, at]))) for at, name in enumerate(COMPARED))


def _gap(doublings: FloatArray, ours: Estimates, theirs: Estimates, rows: IntArray) -> list[float]:
    first, second = (
        scores(doublings[rows], Estimates(one.low[rows], one.middle[rows], one.high[rows])) for one in (ours, theirs)
    )
    return [getattr(first, name) - getattr(second, name) for name in COMPARED]
