"""A grid of cuts: every feature's values sorted into numbered bins, so that trees compare small whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simulator.shapes import FloatArray

Bins: TypeAlias = npt.NDArray[np.uint8]
"""Bin numbers: one row a feature, one column a case."""

FINEST = 255


@dataclass(frozen=True, slots=True)
class Grid:
    """The cuts of every feature, in rising order; a value lies in the bin whose number is the cuts at or below it."""

    cuts: tuple[FloatArray, ...]

    @property
    def width(self) -> int:
        """The most bins that a feature has; at least two."""
        return max(2, *(len(cuts) + 1 for cuts in self.cuts))

    def bins(self, values: FloatArray) -> Bins:
        """The bin numbers of cases (rows) by features (columns), turned: features by cases."""
        found = [np.searchsorted(cuts, values[:, index], side="right") for index, cuts in enumerate(self.cuts)]
        return np.array(found, dtype=np.uint8).reshape(len(self.cuts), len(values))


def lay_grid(values: FloatArray, most: int) -> Grid:
    """Cuts half-way between values where few are met, and at quantiles where many are; at most ``most`` bins each."""
    return Grid(tuple(_cuts(column, min(most, FINEST)) for column in values.T))


def _cuts(column: FloatArray, most: int) -> FloatArray:
    met = np.unique(column)
    if len(met) > most:
        met = np.unique(np.quantile(column, np.linspace(0.0, 1.0, most)))
    return np.asarray(met[:-1] + (met[1:] - met[:-1]) / 2.0, dtype=np.float64)
