"""One small tree grown level by level on binned features; it never bends against a stated direction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simulator.fitting.grid import Bins
    from simulator.shapes import FloatArray

IntArray: TypeAlias = npt.NDArray[np.int64]

NEVER = 255
"""The cut of a node that does not split: no bin lies beyond it."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes in heap order (children of i are 2i+1 and 2i+2): a case goes right where its bin is beyond the cut."""

    features: IntArray
    cuts: IntArray
    values: FloatArray

    @property
    def depth(self) -> int:
        """Levels of nodes above the leaves."""
        return len(self.values).bit_length() - 1

    def at(self, bins: Bins) -> FloatArray:
        """What the tree adds for each case (column of bins)."""
        cases = np.arange(bins.shape[1])
        node = np.zeros(bins.shape[1], dtype=np.int64)
        for _ in range(self.depth):
            node = 2 * node + 1 + (bins[self.features[node], cases] > self.cuts[node])
        return self.values[node - len(self.cuts)]


@dataclass(frozen=True, slots=True)
class Growth:
    """How a tree grows: its levels, the cases that each side of a cut needs, and how much small leaves are shrunk."""

    depth: int
    least: int = 8
    shrink: float = 5.0


@dataclass(slots=True)
class _Level:
    """All leaves of one level: sums of pulls and counts by feature and bin, and the bounds of what lies below."""

    pulls: FloatArray
    counts: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class _Splits:
    """The best split of every leaf: feature, cut, the middle between its two sides' values, and its direction."""

    features: IntArray
    cuts: IntArray
    middles: FloatArray
    signs: IntArray


def grow(bins: Bins, pulls: FloatArray, signs: IntArray, width: int, growth: Growth) -> Tree:
    """The tree whose leaves follow the pulls (what each case asks to be moved by) best, level by level.

    Args:
        bins: bin numbers of the features that may be split on, by cases.
        pulls: one number a case.
        signs: 1, -1 or 0 for each feature: the tree never falls, never rises, or is free along it.
        width: the most bins that a feature has.
        growth: depth, least cases a side, shrinkage.
    """
    keys = bins.astype(np.int64) + (np.arange(len(bins)) * width)[:, None]
    sums = [part.reshape(1, len(bins), width) for part in _sums(keys, pulls, len(bins) * width)]
    level = _Level(sums[0], sums[1], np.full(1, -np.inf), np.full(1, np.inf))
    leaf = np.zeros(len(pulls), dtype=np.int64)
    cases = np.arange(len(pulls))
    chosen: list[_Splits] = []
    for _ in range(growth.depth):
        splits = _best(level, signs, growth)
        beyond = bins[splits.features[leaf], cases] > splits.cuts[leaf]
        chosen.append(splits)
        if len(chosen) < growth.depth:
            level.pulls, level.counts = _divide(level, keys, pulls, leaf, beyond)
        level.low, level.high = _bounds(level, splits)
        leaf = 2 * leaf + beyond
    counts = np.bincount(leaf, minlength=len(level.low))
    values = np.bincount(leaf, pulls, len(level.low)) / (counts + growth.shrink)
    features = np.concatenate([splits.features for splits in chosen])
    return Tree(features, np.concatenate([one.cuts for one in chosen]), np.clip(values, level.low, level.high))


def _sums(keys: IntArray, pulls: FloatArray, size: int) -> tuple[FloatArray, FloatArray]:
    flat = keys.ravel()
    weights = np.broadcast_to(pulls, keys.shape).ravel()
    pulled: FloatArray = np.bincount(flat, weights, size).astype(np.float64, copy=False)
    return pulled, np.bincount(flat, minlength=size).astype(np.float64)


def _best(level: _Level, signs: IntArray, growth: Growth) -> _Splits:
    left, sizes = level.pulls.cumsum(axis=2), level.counts.cumsum(axis=2)
    total, size = left[:, :1, -1:], sizes[:, :1, -1:]
    left, sizes = left[:, :, :-1], sizes[:, :, :-1]
    right, others = total - left, size - sizes
    bounded = bool(np.isfinite(level.low).any() or np.isfinite(level.high).any())
    rating = _bounded if bounded else _free
    gains = rating(level, left, sizes, growth) + rating(level, right, others, growth)
    gains[np.minimum(sizes, others) < growth.least] = -np.inf
    signed = np.flatnonzero(signs)
    if len(signed):
        sides = [(left, sizes), (right, others)]
        before, after = (_value(level, one[:, signed], counts[:, signed], growth) for one, counts in sides)
        against = (after - before) * signs[signed, None] < 0.0
        gains[:, signed] = np.where(against, -np.inf, gains[:, signed])
    flat = gains.reshape(len(gains), -1)
    found = flat.argmax(axis=1)
    feature, cut = np.divmod(found, gains.shape[2])
    leaves = np.arange(len(gains))
    splits = flat[leaves, found] > rating(level, total, size, growth)[:, 0, 0] + 1e-12
    at = leaves, feature, cut
    ways = [(left[at], sizes[at]), (right[at], others[at])]
    middle = sum(np.clip(one / (counts + growth.shrink), level.low, level.high) for one, counts in ways) / 2.0
    return _Splits(feature, np.where(splits, cut, NEVER), middle, np.where(splits, signs[feature], 0))


def _value(level: _Level, pulls: FloatArray, counts: FloatArray, growth: Growth) -> FloatArray:
    """What a leaf of these pulls would add, within the bounds of where it lies."""
    return np.clip(pulls / (counts + growth.shrink), level.low[:, None, None], level.high[:, None, None])


def _free(_level: _Level, pulls: FloatArray, counts: FloatArray, growth: Growth) -> FloatArray:
    """How much a leaf of these pulls explains where nothing bounds it."""
    explained: FloatArray = pulls * pulls / (counts + growth.shrink)
    return explained


def _bounded(level: _Level, pulls: FloatArray, counts: FloatArray, growth: Growth) -> FloatArray:
    """The same within bounds."""
    value = _value(level, pulls, counts, growth)
    return value * (2.0 * pulls - value * (counts + growth.shrink))


def _bounds(level: _Level, splits: _Splits) -> tuple[FloatArray, FloatArray]:
    """Below a split along a stated direction, one side stays under the middle and the other above it."""
    rising, falling = splits.signs > 0, splits.signs < 0
    lows = [np.where(falling, splits.middles, level.low), np.where(rising, splits.middles, level.low)]
    highs = [np.where(rising, splits.middles, level.high), np.where(falling, splits.middles, level.high)]
    return np.stack(lows, axis=1).ravel(), np.stack(highs, axis=1).ravel()


def _divide(
    level: _Level, keys: IntArray, pulls: FloatArray, leaf: IntArray, beyond: npt.NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """The sums of the next level: only the smaller side of each leaf is counted, the other is what is left."""
    leaves, features, width = level.pulls.shape
    sizes = np.bincount(leaf, minlength=leaves)
    right = 2 * np.bincount(leaf, beyond, leaves) <= sizes
    counted = np.flatnonzero(beyond == right[leaf])
    moved = keys[:, counted] + leaf[counted] * (features * width)
    sums = _sums(moved, pulls[counted], leaves * features * width)
    return _both(level.pulls, sums[0], right), _both(level.counts, sums[1], right)


def _both(whole: FloatArray, counted: FloatArray, right: npt.NDArray[np.bool_]) -> FloatArray:
    part = counted.reshape(whole.shape)
    rest = whole - part
    after = right[:, None, None]
    sides = [np.where(after, rest, part), np.where(after, part, rest)]
    return np.stack(sides, axis=1).reshape(-1, *whole.shape[1:])
