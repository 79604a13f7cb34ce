"""Many small trees added up, each correcting a little of what those before it left: for a mean or for a quantile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.fitting.growing import Growth, Tree, grow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.fitting.grid import Bins
    from simulator.fitting.growing import IntArray
    from simulator.shapes import FloatArray


@dataclass(frozen=True, slots=True)
class Recipe:
    """How many trees of which depth, how much of each is added, and the share of features and cases that each sees."""

    trees: int
    depth: int
    rate: float
    features: float = 0.3
    cases: float = 0.8
    least: int = 8
    shrink: float = 5.0


@dataclass(frozen=True, slots=True)
class Boosted:
    """A start and the trees that are added to it."""

    start: float
    trees: tuple[Tree, ...]

    def at(self, bins: Bins) -> FloatArray:
        """The sum for each case (column of bins)."""
        total = np.full(bins.shape[1], self.start)
        for tree in self.trees:
            total += tree.at(bins)
        return total


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is learnt from: bins of all features, the value of each case, each feature's sign, the grid's width."""

    bins: Bins
    values: FloatArray
    signs: IntArray
    width: int

    def part(self, rows: IntArray) -> Lesson:
        """The same of some cases only."""
        return Lesson(self.bins[:, rows], self.values[rows], self.signs, self.width)


def boost(lesson: Lesson, recipe: Recipe, seed: Sequence[int], quantile: float | None = None) -> Boosted:
    """Trees grown one after the other, for the mean, or for a quantile between 0 and 1; equal seeds, equal trees.

    The pull for a quantile is the slope of the pinball loss over the density there, so that one rate serves both.
    Source of the method: J. H. Friedman, Stochastic gradient boosting, 2002.
    """
    chance = np.random.default_rng(seed)
    values = lesson.values
    start = float(values.mean() if quantile is None else np.quantile(values, quantile))
    scale = 1.0 if quantile is None else _spacing(values, quantile)
    growth = Growth(recipe.depth, recipe.least, recipe.shrink)
    left = values - start
    trees = []
    for _ in range(recipe.trees):
        cases = _some(chance, len(values), recipe.cases)
        features = _some(chance, len(lesson.bins), recipe.features)
        pulls = left[cases] if quantile is None else scale * (quantile - (left[cases] <= 0.0).astype(np.float64))
        grown = grow(lesson.bins[np.ix_(features, cases)], pulls, lesson.signs[features], lesson.width, growth)
        tree = Tree(features[grown.features], grown.cuts, grown.values * recipe.rate)
        left -= tree.at(lesson.bins)
        trees.append(tree)
    return Boosted(start, tuple(trees))


def _some(chance: np.random.Generator, count: int, share: float) -> IntArray:
    return np.sort(chance.permutation(count)[: max(1, round(share * count))])


def _spacing(values: FloatArray, quantile: float) -> float:
    """One over the density of the values at their quantile."""
    around = np.quantile(values, [max(quantile - 0.05, 0.0), min(quantile + 0.05, 1.0)])
    return float(around[1] - around[0]) / 0.1
