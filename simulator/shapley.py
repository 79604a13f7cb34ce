"""Exact Shapley values of a sum under ceilings, counted and not sampled.

The game is v(C) = min(base + sum of the points of C, ceiling of C), where only a few players touch the ceiling. All
coalitions of the others are counted by size and sum on a grid of half points, which takes milliseconds where
listing them would take 2^n steps. Source of the value: L. S. Shapley, A value for n-person games, 1953.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from simulator.shapes import FloatArray

    IntArray = npt.NDArray[np.int64]

QUANTUM = 0.5
"""Points: contributions are rounded to this before coalitions are counted; the largest share takes the residue."""


def shapley(base: float, points: Sequence[float], ceilings: FloatArray) -> tuple[float, ...]:
    """Each player's exact share of v(all) - v(nobody), in points; the shares add up to it.

    Args:
        base: the value that nobody's contribution changes.
        points: what each player adds; the first k of n players also move the ceiling.
        ceilings: the ceiling of each coalition of those k players, 2^k values, player 0 in the lowest bit.
    """
    total = min(base + sum(points), ceilings[-1]) - min(base, ceilings[0])
    if base + sum(max(one, 0.0) for one in points) <= ceilings.min():
        return _settled(list(points), total)
    return _settled(_counted(base, [round(one / QUANTUM) for one in points], ceilings), total)


def _settled(shares: list[float], total: float) -> tuple[float, ...]:
    if shares:
        largest = max(range(len(shares)), key=lambda index: abs(shares[index]))
        shares[largest] += total - sum(shares)
    return tuple(shares)


def _counted(base: float, units: list[int], ceilings: FloatArray) -> list[float]:
    touching = len(ceilings).bit_length() - 1
    free = units[touching:]
    below = sum(-one for one in free if one < 0)
    sums: FloatArray = QUANTUM * (np.arange(sum(abs(one) for one in free) + 1.0) - below)
    values = _coalition_values(base, units[:touching], ceilings, sums)
    counts = _subset_counts(free, below, len(sums))
    chances = _chances(len(units), touching, len(free) + 1)
    shares = _touching_shares(touching, values, np.einsum("rs,sx->rx", chances, counts))
    worths = np.einsum("rs,rx->sx", chances, _by_size(touching, values))
    return shares + [_free_share(unit, worths[: len(free)], _without(counts, unit)) for unit in free]


def _coalition_values(base: float, units: list[int], ceilings: FloatArray, sums: FloatArray) -> FloatArray:
    """The value of each coalition of touching players (rows) and each sum of the free ones (columns)."""
    subsets = np.arange(len(ceilings))
    own = sum((((subsets >> index) & 1) * unit * QUANTUM for index, unit in enumerate(units)), np.zeros(len(subsets)))
    return np.minimum(base + own[:, None] + sums, ceilings[:, None])


def _subset_counts(units: list[int], below: int, width: int) -> FloatArray:
    """How many coalitions of the free players have each size (rows) and sum (columns)."""
    counts = np.zeros((len(units) + 1, width))
    counts[0, below] = 1.0
    for reached, unit in enumerate(units, 1):
        for size in range(reached, 0, -1):
            _take_over(counts[size], counts[size - 1], unit, 1.0)
    return counts


def _without(counts: FloatArray, unit: int) -> FloatArray:
    """The same counts among all free players but one: its coalitions are taken out size by size."""
    others = counts[:-1].copy()
    for size in range(1, len(others)):
        _take_over(others[size], others[size - 1], unit, -1.0)
    return others


def _take_over(row: FloatArray, smaller: FloatArray, unit: int, sign: float) -> None:
    """Add (or take out) the coalitions that one player makes of smaller ones; what leaves the grid was never there."""
    width = len(row)
    if unit >= 0:
        row[unit:] += sign * smaller[: width - unit]
    else:
        row[:unit] += sign * smaller[-unit:]


def _chances(players: int, touching: int, sizes: int) -> FloatArray:
    """Chance that exactly a given coalition comes before a player: rows by touching, columns by free members."""
    rows = np.zeros((touching + 1, sizes))
    for ahead in range(touching + 1):
        for size in range(sizes):
            before = ahead + size
            if before < players:
                rows[ahead, size] = factorial(before) * factorial(players - before - 1) / factorial(players)
    return rows


def _sizes(touching: int) -> IntArray:
    return np.array([subset.bit_count() for subset in range(1 << touching)])


def _by_size(touching: int, values: FloatArray) -> FloatArray:
    """Values added up over all coalitions of touching players with the same size."""
    sizes = _sizes(touching)
    return np.stack([values[sizes == size].sum(axis=0) for size in range(touching + 1)])


def _touching_shares(touching: int, values: FloatArray, weighted: FloatArray) -> list[float]:
    """Shares of the players that move the ceiling: what coalitions are worth with them, less without."""
    sizes, subsets = _sizes(touching), np.arange(1 << touching)
    joined = np.einsum("kx,kx->k", values, weighted[sizes - 1])
    alone = np.einsum("kx,kx->k", values, weighted[sizes])
    members = [(subsets >> player) & 1 == 1 for player in range(touching)]
    return [float(joined[inside].sum() - alone[~inside].sum()) for inside in members]


def _free_share(unit: int, worths: FloatArray, others: FloatArray) -> float:
    """Share of a player that only adds: each coalition of the others, by what its next units are worth."""
    width = worths.shape[1]
    low, high = max(-unit, 0), width - max(unit, 0)
    gains = worths[:, low + unit : high + unit] - worths[:, low:high]
    return float(np.einsum("sx,sx->", gains, others[:, low:high]))
