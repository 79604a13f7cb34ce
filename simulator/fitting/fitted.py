"""A fitted model: trees for the middle, trees for both ends, and the margins that outcomes asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.fitting.design import signs_of

if TYPE_CHECKING:
    from simulator.fitting.boosting import Boosted
    from simulator.fitting.design import Column, Design
    from simulator.fitting.grid import Bins, Grid
    from simulator.fitting.growing import IntArray
    from simulator.shapes import FloatArray


@dataclass(frozen=True, slots=True)
class Estimates:
    """The middle and the two ends (tenth and ninetieth hundredth) of each case's line, in doublings (log2)."""

    low: FloatArray
    middle: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True)
class Ends:
    """Trees for how far both ends lie from the middle, and by segment how far they are then moved outwards.

    They see all features and, as one more, the middle that a case would have with the usual value of every feature
    that has a direction: so they too keep the directions.
    """

    grid: Grid
    low: tuple[Boosted, ...]
    high: tuple[Boosted, ...]
    margins: FloatArray


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was learnt from a table, by its features.

    ``usual`` is the bin of each feature's median; ``members`` were each taught without one of so many ``parts`` of the
    cases, and their mean is the middle. Along a feature with a direction neither middle nor ends ever go against it.
    """

    columns: tuple[Column, ...]
    grid: Grid
    usual: Bins
    members: tuple[Boosted, ...]
    ends: Ends
    parts: int

    def estimate(self, design: Design) -> Estimates:
        """Middle and ends of every case; the design must have the features that were learnt from."""
        bins = self.grid.bins(design.values)
        middle = mean_of(self.members, bins)
        plain = mean_of(self.members, plain_bins(bins, signs_of(self.columns), self.usual))
        around = self.ends.grid.bins(np.column_stack([design.values, plain]))
        margin = self.ends.margins[design.segments]
        low = middle + mean_of(self.ends.low, around) - margin
        high = middle + mean_of(self.ends.high, around) + margin
        return Estimates(np.minimum(low, middle), middle, np.maximum(high, middle))


def mean_of(members: tuple[Boosted, ...], bins: Bins) -> FloatArray:
    """What several sums of trees say on average of each case (column of bins)."""
    total = np.zeros(bins.shape[1])
    for member in members:
        total += member.at(bins)
    return total / len(members)


def plain_bins(bins: Bins, signs: IntArray, usual: Bins) -> Bins:
    """The same cases with the usual value of every feature that has a direction."""
    return np.where(signs[:, None] == 0, bins, usual[:, None])
