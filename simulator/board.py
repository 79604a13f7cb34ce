"""The board of a search: what sets of actions can reach, exactly or at best.

Exactly: with the months in which the actions can really start. At best (hopefully): with everything at its earliest,
and whatever is still open added as far as the hours left allow. A hopeful reading is never below the exact one of any
set that comes out of it, because every effect only grows with time and with further actions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.course import Aim, Cells, Course, lay_course
from simulator.pacing import Pace
from simulator.products import product
from simulator.sampling import BoolArray
from simulator.scheduling import MOST_ACTIONS, NEVER, Roster, Starts, starts
from simulator.stock import Key, Stock

_ROWS = 128  # plans run side by side: few enough that their cells stay in the processor's cache
_SLACK = np.float32(1)  # one part, above any rounding of single-precision sums
_LEAST_EFFORT = 1e-6
_SHORT = 0.1  # hours that even the shortest action is taken to need when it is weighed
_BITS = 2.0 ** np.arange(MOST_ACTIONS)  # a different power for each action: their sum tells sets apart


class Reached(NamedTuple):
    """How many paths reach the target, and how far all come towards it (parts, summed), by set."""

    hits: npt.NDArray[np.int64]
    progress: npt.NDArray[np.float64]


class Prices(NamedTuple):
    """What an hour may buy at each cell at most (parts an hour), by layer, and what each action gives beyond that.

    With any price, a set that costs h hours gains at most h times the price plus what its actions give beyond it.
    ``binds`` says for which layers there is a price at all.
    """

    hour: Cells
    beyond: Cells
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
        picks, asked = self._picks(found), self._requests(modes)
        reached = _joined([self._run(self.stock.gains(picks[:, rows]), asked[rows]) for rows in _batches(len(modes))])
        possible = np.array([row is not None for row in found])
        return Reached(np.where(possible, reached.hits, -1), np.where(possible, reached.progress, -np.inf))

    def eager(self, modes: Starts) -> Reached:
        """What sets would reach if nothing kept their actions waiting; never below ``exact``."""
        picks, asked = self._taken(modes), self._requests(modes)
        return _joined([self._run(self.stock.gains(picks[:, rows]), asked[rows]) for rows in _batches(len(modes))])

    def hopeful(
        self, modes: Starts, still_open: BoolArray, spare: npt.NDArray[np.float64], prices: Prices
    ) -> npt.NDArray[np.int64]:
        """The most paths that sets can bring to the target with open actions and ``spare`` hours for them."""
        taken = self._taken(modes)
        asked = self._requests(modes) | still_open[:, [index for index, _ in self.asks]]
        return np.concatenate([
            self._run(self._hopes(taken[:, rows], still_open[rows], spare[rows], prices), asked[rows]).hits
            for rows in _batches(len(modes))
        ])

    def prices(self, budget: float) -> Prices:
        """The prices that bind best while a whole budget (hours) is still to spend: those of the last hour it buys."""
        efforts = np.maximum(self.roster.efforts, _LEAST_EFFORT).astype(np.float32)
        gains = self.stock.earliest_gains()
        if efforts.sum() <= budget:
            return _free(self.stock.layers)
        worth = gains / efforts[None, :, None]
        order = np.argsort(-worth, axis=1, kind="stable")
        last = np.minimum((np.cumsum(efforts[order], axis=1) < budget).sum(axis=1), len(efforts) - 1)
        hour = np.take_along_axis(np.take_along_axis(worth, order, axis=1), last[:, None, :], axis=1)[:, 0]
        beyond = np.maximum(gains - hour[:, None, :] * efforts[None, :, None], np.float32(0))
        return Prices(hour, np.ascontiguousarray(beyond.transpose(0, 2, 1)), tuple(bool(layer.any()) for layer in hour))

    def _hopes(
        self, taken: Cells, still_open: BoolArray, spare: npt.NDArray[np.float64], prices: Prices
    ) -> list[Cells]:
        """The most that taken and open actions together add to each layer; few sets differ in what is open."""
        _, first, which = np.unique(still_open @ _BITS[: still_open.shape[1]], return_index=True, return_inverse=True)
        more = still_open[first].T.astype(np.float32)
        opened = self._widened(more)
        most, sure = (
            [np.full((len(self.course.month), taken.shape[1]), _SLACK) for _ in prices.binds] for _ in range(2)
        )
        for part in self.stock.parts:
            total = part.total(taken)
            most[part.layer] += part.capped(total + _spread(part.total(opened), which))
            if prices.binds[part.layer]:
                sure[part.layer] += part.capped(total)
        for layer, binds in enumerate(prices.binds):
            if binds:
                bought = sure[layer] + prices.hour[layer][:, None] * spare.astype(np.float32)
                bought += _spread(product(prices.beyond[layer], more), which)
                np.minimum(most[layer], bought, out=most[layer])
        return most

    def swings(self) -> tuple[BoolArray, BoolArray]:
        """Which paths reach the target anyway, and which might by everything with nothing in its way."""
        nothing = np.zeros((len(self.roster), 1), np.float32)
        every = np.ones((1, len(self.roster)), np.bool_)
        hopes = self._hopes(self._widened(nothing), every, np.zeros(1), _free(self.stock.layers))
        anyway = self._lines(self.stock.gains(self._widened(nothing)), np.zeros((1, len(self.asks)), np.bool_))
        perhaps = self._lines(hopes, np.ones((1, len(self.asks)), np.bool_))
        return (anyway >= self.course.aims)[:, 0], (perhaps >= self.course.aims)[:, 0]

    def _lines(self, gains: list[Cells], asked: BoolArray) -> Cells:
        reviews = product(self.asking, asked.T.astype(np.float32)) > 0 if asked.any() else None
        return self.course.run(gains, reviews)

    def _run(self, gains: list[Cells], asked: BoolArray) -> Reached:
        lines = self._lines(gains, asked)
        hits = self.sure + (lines >= self.course.aims).sum(axis=0)
        return Reached(hits, np.minimum(lines, self.course.aims).sum(axis=0, dtype=np.float64))

    def _requests(self, modes: Starts) -> BoolArray:
        asked = np.zeros((len(modes), len(self.asks)), np.bool_)
        for column, (index, month) in enumerate(self.asks):
            asked[:, column] = modes[:, index] == month
        return asked

    def _taken(self, modes: Starts) -> Cells:
        return self._widened((modes != NEVER).T.astype(np.float32))

    def _widened(self, picks: Cells) -> Cells:
        """Picks of earliest starts, with empty rows for the columns of later ones."""
        wide = np.zeros((len(self.stock.columns), picks.shape[1]), np.float32)
        wide[: len(picks)] = picks
        return wide

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
    whole = _board(pace, roster, aim, np.arange(pace.tapes.draws))
    anyway, perhaps = whole.swings()
    swinging = np.sort(whole.course.order[perhaps & ~anyway])
    return replace(_board(pace, roster, aim, swinging), sure=int(anyway.sum()))


def _board(pace: Pace, roster: Roster, aim: Aim, paths: npt.NDArray[np.intp]) -> Board:
    askers = [index for index, action in enumerate(roster.actions) if action.asks_review]
    asks = tuple((index, mode) for index in askers for mode in roster.modes[index])
    months = [pace.asked(roster.actions[index], mode) for index, mode in asks]
    anywhere = np.any(months, axis=0) if months else np.zeros(pace.tapes.gate.shape, np.bool_)
    course = lay_course(pace.tapes, anywhere, aim, paths)
    asking = np.zeros((len(course.month), len(asks)), np.float32)
    for column, asked in enumerate(months):
        asking[:, column] = asked[course.month, course.path]
    return Board(roster, course, Stock(course, pace, roster), asks, asking, sure=0)


def _free(layers: int) -> Prices:
    """No prices: hours are no limit."""
    return Prices(np.zeros((layers, 0), np.float32), np.zeros((layers, 0, 0), np.float32), (False,) * layers)


def _spread(columns: Cells, which: npt.NDArray[np.intp]) -> Cells:
    """The column of each set; a single one serves them all as it is."""
    return columns if columns.shape[1] == 1 else columns[:, which]


def _keys(found: Starts) -> list[Key]:
    return [(int(index), int(found[index])) for index in np.flatnonzero(found != NEVER)]


def _batches(rows: int) -> list[slice]:
    return [slice(first, first + _ROWS) for first in range(0, rows, _ROWS)]


def _joined(parts: list[Reached]) -> Reached:
    return Reached(np.concatenate([part.hits for part in parts]), np.concatenate([part.progress for part in parts]))
