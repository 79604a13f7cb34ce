"""A course for many plans at once: the tapes cut down to the months in which a line can move at all.

A line moves only at reviews, and most months have none. So each path keeps only its review months, paths are put in
order of how many they have, and the plans of a search run side by side over these few cells, in single-precision
numbers that hold whole parts of a doubling exactly. The lines are those of ``simulator.movement``, to the part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.money import PARTS, IntArray, line_yuan
from simulator.sampling import BoolArray
from simulator.tapes import Tapes

Cells: TypeAlias = npt.NDArray[np.float32]
"""Parts of a doubling: by cell and plan, or by cell or path in a single column."""

_FAR = np.float32(1e7)  # beyond any line in parts, and still a whole number in single precision


@dataclass(frozen=True, slots=True)
class Course:
    """Review months of all paths, first reviews first; single columns by cell or by path.

    ``month`` and ``path`` say where a cell lies on the tapes, ``order`` which path is in which place; ``ends`` are
    the cells at which the first, second, third … reviews end. ``blocked`` is nothing where a review may raise and far
    where not; ``lower`` is the lower band, far where a review may not cut; ``aims`` is the line to reach.
    """

    month: npt.NDArray[np.intp]
    path: npt.NDArray[np.intp]
    order: npt.NDArray[np.intp]
    ends: tuple[int, ...]
    layers: Cells
    offsets: Cells
    blocked: Cells
    lower: Cells
    upper: Cells
    up_step: Cells
    down_step: Cells
    start: Cells
    floor: np.float32
    roof: Cells
    aims: Cells

    def at_cells(self, months_by_path: IntArray) -> npt.NDArray[np.float32]:
        """The entries of a (months, paths) array at the cells."""
        return months_by_path[self.month, self.path].astype(np.float32)

    def run(self, gains: Sequence[Cells], asked: BoolArray | None) -> Cells:
        """Lines at the end, by path (in ``order``) and plan.

        ``gains`` says for each layer what plans add at each cell, ``asked`` at which cells they bring a review.
        """
        target = gains[0] + self.layers[0]
        for gain, layer in zip(gains[1:], self.layers[1:], strict=True):
            np.minimum(target, gain + layer, out=target)
        target += self.offsets
        upper = target - self.upper
        upper -= self.blocked if asked is None else self.blocked * ~asked
        target += self.lower
        np.maximum(target, self.floor, out=target)
        return self._play(upper, target)

    def _play(self, upper: Cells, lower: Cells) -> Cells:
        lines = np.repeat(self.start, upper.shape[1], axis=1)
        begin = 0
        for end in self.ends:
            paths = end - begin
            line = lines[:paths]
            raised = line + self.up_step[:paths]
            np.minimum(raised, upper[begin:end], out=raised)
            np.maximum(raised, line, out=raised)
            np.subtract(raised, self.down_step[:paths], out=line)
            np.maximum(line, lower[begin:end], out=line)
            np.minimum(line, raised, out=line)
            np.minimum(line, self.roof[:paths], out=line)
            begin = end
        return lines


@dataclass(frozen=True, slots=True)
class Aim:
    """What a course is laid for: the month whose line counts (1 is the first), and the yuan it should reach then."""

    month: int
    target: float


def lay_course(tapes: Tapes, asked: BoolArray, aim: Aim, paths: npt.NDArray[np.intp]) -> Course:
    """The course of one borrower on some of the paths.

    Args:
        tapes: the common paths.
        asked: months and paths in which any plan may bring a review that raises.
        aim: the month and the line that count.
        paths: the numbers of the paths to keep.
    """
    happens = (tapes.raising | tapes.cutting | asked)[: aim.month, paths]
    sequence = np.argsort(-happens.sum(axis=0), kind="stable")
    happens, order = happens[:, sequence], paths[sequence]
    rank = np.where(happens, np.cumsum(happens, axis=0) - 1, -1)
    months, places = _by_rank(rank)
    path = order[places]
    start, roof = tapes.start[order], tapes.roof[order]
    return Course(
        month=months,
        path=path,
        order=order,
        ends=tuple(int(end) for end in np.cumsum(np.bincount(rank[rank >= 0]))),
        layers=tapes.layers[:, months, path].astype(np.float32)[:, :, None],
        offsets=_column(tapes.offsets[months, path]),
        blocked=_column(np.where(tapes.raising[months, path], np.float32(0), _FAR)),
        lower=_column(np.where(tapes.cutting[months, path], tapes.down_band[path], _FAR)),
        upper=_column(tapes.up_band[path]),
        up_step=_column(tapes.up_step[order]),
        down_step=_column(tapes.down_step[order]),
        start=_column(np.minimum(np.maximum(start, tapes.floor), roof)),
        floor=np.float32(tapes.floor),
        roof=_column(roof),
        aims=_column(line_to_reach(tapes, aim.target)[order]),
    )


def _column(values: npt.NDArray[np.generic]) -> Cells:
    return values.astype(np.float32)[:, None]


def _by_rank(rank: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Months and places of all reviews: all first ones by place, then all second ones, and so on."""
    months, places = np.nonzero(rank >= 0)
    sequence = np.lexsort((places, rank[months, places]))
    return months[sequence], places[sequence]


def line_to_reach(tapes: Tapes, target: float) -> npt.NDArray[np.int64]:
    """The least line of each path, in parts, that is shown as the target (yuan) or more."""
    grid = tapes.pack.grid
    wanted = max(math.ceil(target / grid), 1) * grid
    near = math.floor(math.log2(wanted) * PARTS) + np.arange(-4, 8)
    least = int(near[np.argmax(line_yuan(near.astype(np.int32), grid) >= wanted)])
    told = (tapes.start_yuan >= target) & (tapes.start < least)
    return np.where(told, tapes.start, least)
