"""The board of a search: what sets of actions can reach, exactly or at best.

Exactly: with the months in which the actions can really start. At best (hopefully): with everything at its earliest,
and whatever is still open added as far as the hours left allow. A hopeful reading is never below the exact one of any
set that comes out of it, because every effect only grows with time and with further actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.course import Aim, Cells, Course, lay_course, line_to_reach
from simulator.pacing import Pace
from simulator.products import product
from simulator.sampling import BoolArray
from simulator.scheduling import NEVER, Roster, Starts, starts
from simulator.stock import Key, Stock

_CELLS = 100_000  # of plans run side by side: few enough to stay in the processor's cache
_SLACK = np.float32(1)  # one part, above any rounding of single-precision sums
_LEAST_EFFORT = 1e-6
_SHORT = 0.1  # hours that even the shortest action is taken to need when it is weighed


class Reached(NamedTuple):
    """How many paths reach the target, and how far all come towards it (parts, summed), by set."""

    hits: npt.NDArray[np.int64]
    progress: npt.NDArray[np.float64]


class Prices(NamedTuple):
    """What an hour may buy at each cell at most (parts an hour).

    With any price, a set that costs h hours gains at most h times the price plus what its actions give beyond it.
    By layer and cell: what each action gives beyond the price, and in the last column the price. ``binds`` says for
    which layers there is a price at all.
    """

    price: Cells
    binds: tuple[bool, ...]


@dataclass(frozen=True)
class Board:
    """Everything a search looks at; ``asks`` are requests for a review by action and month, ``asking`` their cells.

    Only paths that some plan can bring to the target and doing nothing cannot are on the course; ``sure`` counts
    those that get there anyway.
    """

    roster: Roster
    course: Course
    stock: Stock
    asks: tuple[tuple[int, int], ...]
    asking: Cells
    sure: int

    @property
    def most(self) -> int:
        """The paths that everything together, at its earliest, might bring to the target."""
        return self.sure + len(self.course.order)

    @cached_property
    def alone(self) -> tuple[npt.NDArray[np.float64], Starts]:
        """How far each action by itself comes towards the target for an hour of effort, and its best mode for that."""
        options = [(index, mode) for index, modes in enumerate(self.roster.modes) for mode in modes]
        rows = np.full((len(options) + 1, len(self.roster)), NEVER, np.int64)
        for row, (index, mode) in enumerate(options):
            rows[row, index] = mode
        progress = self.eager(rows).progress
        worth, best = np.full(len(self.roster), -np.inf), np.zeros(len(self.roster), np.int64)
        for row, (index, mode) in enumerate(options):
            gained = (progress[row] - progress[-1]) / (self.roster.efforts[index] + _SHORT)
            if gained > worth[index]:
                worth[index], best[index] = gained, mode
        return worth, best

    def exact(self, modes: Starts) -> Reached:
        """What sets reach when each action starts as early as it can; -1 hits where a set cannot be carried out."""
        found = [starts(self.roster, row) for row in modes]
        reached = self._reached(self._picks(found), self._requests(modes))
        possible = np.array([row is not None for row in found])
        return Reached(np.where(possible, reached.hits, -1), np.where(possible, reached.progress, -np.inf))

    def eager(self, modes: Starts) -> Reached:
        """What sets would reach if nothing kept their actions waiting; never below ``exact``."""
        return self._reached(self._taken(modes), self._requests(modes))

    def hopeful(self, modes: Starts, still_open: BoolArray, spare: npt.NDArray[np.float64], prices: Prices) -> Reached:
        """The most that sets can bring to the target with open actions and ``spare`` hours for them."""
        taken = self._taken(modes)
        asked = self._requests(modes) | still_open[:, [index for index, _ in self.asks]]
        return _joined([
            self._run(self._hopes(taken[:, rows], still_open[rows], spare[rows], prices), asked[rows])
            for rows in self._batches(len(modes))
        ])

    def prices(self, budget: float, wanted: BoolArray) -> Prices:
        """The prices that bind best with some hours to spend on wanted actions: those of the last hour they buy."""
        efforts = np.maximum(self.roster.efforts, _LEAST_EFFORT).astype(np.float32)
        if efforts[wanted].sum() <= budget:
            return _free(self.stock.layers)
        gains = self._earliest * wanted[:, None]
        worth = gains / efforts[:, None]
        order = np.argsort(-worth, axis=1, kind="stable")
        last = np.minimum((np.cumsum(efforts[order], axis=1) < budget).sum(axis=1), len(efforts) - 1)
        hour = np.take_along_axis(np.take_along_axis(worth, order, axis=1), last[:, None, :], axis=1)[:, 0]
        beyond = np.maximum(gains - hour[:, None, :] * efforts[:, None], np.float32(0))
        every = np.concatenate([beyond, hour[:, None]], axis=1)
        return Prices(np.ascontiguousarray(every.transpose(0, 2, 1)), tuple(bool(layer.any()) for layer in hour))

    @cached_property
    def _earliest(self) -> Cells:
        return self.stock.earliest_gains()

    def _hopes(
        self, taken: Cells, still_open: BoolArray, spare: npt.NDArray[np.float64], prices: Prices
    ) -> list[Cells]:
        """The most that taken and open actions together add to each layer."""
        more = still_open.T.astype(np.float32)
        every = taken.copy()
        every[: len(more)] += more
        hours = np.concatenate([more, spare[None].astype(np.float32)])
        shape = (len(self.course.month), taken.shape[1])
        most = [np.full(shape, _SLACK) for _ in prices.binds]
        bought = [product(price, hours) for price, binds in zip(prices.price, prices.binds, strict=True) if binds]
        sure = dict(zip(np.flatnonzero(prices.binds).tolist(), bought, strict=True))
        for part in self.stock.parts:
            most[part.layer] += part.capped(part.total(every))
            if part.layer in sure:
                sure[part.layer] += part.capped(part.total(taken))
        for layer, gained in sure.items():
            np.minimum(most[layer], np.add(gained, _SLACK, out=gained), out=most[layer])
        return most

    def _reached(self, picks: Cells, asked: BoolArray) -> Reached:
        batches = self._batches(len(asked))
        return _joined([self._run(self.stock.gains(picks[:, rows]), asked[rows]) for rows in batches])

    def _lines(self, gains: list[Cells], asked: BoolArray) -> Cells:
        reviews = product(self.asking, asked.T.astype(np.float32)) > 0 if asked.any() else None
        return self.course.run(gains, reviews)

    def _run(self, gains: list[Cells], asked: BoolArray) -> Reached:
        lines = self._lines(gains, asked)
        hits = self.sure + np.count_nonzero(lines >= self.course.aims, axis=0)
        return Reached(hits, np.minimum(lines, self.course.aims).sum(axis=0, dtype=np.float64))

    def _batches(self, plans: int) -> list[slice]:
        at_once = max(_CELLS // max(len(self.course.month), 1), 1)
        return [slice(first, first + at_once) for first in range(0, plans, at_once)]

    def _requests(self, modes: Starts) -> BoolArray:
        asked = np.zeros((len(modes), len(self.asks)), np.bool_)
        for column, (index, month) in enumerate(self.asks):
            asked[:, column] = modes[:, index] == month
        return asked

    def _taken(self, modes: Starts) -> Cells:
        """Picks of earliest starts, with nothing in the rows of later ones."""
        picks = np.zeros((len(self.stock.columns), len(modes)), np.float32)
        picks[: modes.shape[1]] = (modes != NEVER).T
        return picks

    def _picks(self, found: Sequence[Starts | None]) -> Cells:
        """One column a plan with a one at each start it uses; works out the starts not met before."""
        used = [[] if row is None else _keys(row) for row in found]
        self.stock.add([key for keys in used for key in keys])
        picks = np.zeros((len(self.stock.columns), len(found)), np.float32)
        for plan, keys in enumerate(used):
            picks[[self.stock.columns[key] for key in keys], plan] = 1
        return picks


def set_board(pace: Pace, roster: Roster, aim: Aim) -> Board:
    """The board for one borrower's tapes and actions, and a line to reach by a month."""
    aims = line_to_reach(pace.tapes, aim.target)
    anyway = pace.nothing[aim.month] >= aims
    perhaps = pace.everything(roster)[aim.month] >= aims
    return _board(pace, roster, aim, np.flatnonzero(perhaps & ~anyway), int(anyway.sum()))


def _board(pace: Pace, roster: Roster, aim: Aim, paths: npt.NDArray[np.intp], sure: int) -> Board:
    askers = [index for index, action in enumerate(roster.actions) if action.asks_review]
    asks = tuple((index, mode) for index in askers for mode in roster.modes[index])
    months = [pace.asked(roster.actions[index], mode) for index, mode in asks]
    anywhere = np.any(months, axis=0) if months else np.zeros(pace.tapes.gate.shape, np.bool_)
    course = lay_course(pace.tapes, anywhere, aim, paths)
    asking = np.zeros((len(course.month), len(asks)), np.float32)
    for column, asked in enumerate(months):
        asking[:, column] = asked[course.month, course.path]
    return Board(roster, course, Stock(course, pace, roster), asks, asking, sure)


def _free(layers: int) -> Prices:
    """No prices: hours are no limit."""
    return Prices(np.zeros((layers, 0, 0), np.float32), (False,) * layers)


def _keys(found: Starts) -> list[Key]:
    return [(int(index), int(found[index])) for index in np.flatnonzero(found != NEVER)]


def _joined(parts: list[Reached]) -> Reached:
    return Reached(np.concatenate([part.hits for part in parts]), np.concatenate([part.progress for part in parts]))
