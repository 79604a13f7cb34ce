"""The best set of actions, proved: branch and bound, with a bound that no set can beat.

Every step decides one action, the weightiest first. A set is given up when even everything still open, at its
earliest and within the hours left, cannot make it better than the best set found. The most hopeful sets are followed
first; what patience did not suffice for stays in the bound, so the proof never claims more than was looked at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.board import Board
from simulator.sampling import BoolArray
from simulator.scheduling import NEVER, Roster, Starts

Objective = Literal["least_effort", "greatest_chance"]

PATIENCE = 100_000
WIDTH = 512
_AT_ONCE = 24
_WORTH_BOUNDING = 64  # fewer sets cost less to split further than to bound
_WORTH_PRICING = 256  # fewer sets are bounded sooner with the prices at hand than with better ones
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Task:
    """What to look for: the least hours with at least ``hits`` paths at the target, or the most paths within hours.

    ``budget`` (hours) holds for both; ``hits`` only for the first.
    """

    objective: Objective
    hits: int
    budget: float


@dataclass(frozen=True, slots=True)
class Found:
    """The best set (its modes by action; None where no set does it), its hits and hours, and the proof.

    ``bound`` is what no set can beat: hours for least effort, hits for greatest chance. ``nodes`` counts the sets
    that were bounded.
    """

    modes: Starts | None
    hits: int
    effort: float
    bound: float
    nodes: int


class _Level(NamedTuple):
    """Sets that agree on which actions are decided, one row each.

    Modes and hours; the actions that each may still take up; the most paths it may yet reach; whether it has changed
    since that was worked out, and whether it has taken something since it was tried itself.
    """

    modes: Starts
    effort: npt.NDArray[np.float64]
    still_open: BoolArray
    reach: npt.NDArray[np.int64]
    stale: BoolArray
    fresh: BoolArray

    def at(self, rows: npt.NDArray[np.intp] | BoolArray | slice) -> _Level:
        """Some of the rows."""
        return _Level(
            self.modes[rows],
            self.effort[rows],
            self.still_open[rows],
            self.reach[rows],
            self.stale[rows],
            self.fresh[rows],
        )


def search(board: Board, task: Task, first: Found, patience: int = PATIENCE) -> Found:
    """The best set for a task, starting from one that is known to do it (or from none), with its proof."""
    if task.objective == "least_effort" and task.hits > board.most:
        return Found(None, -1, math.inf, math.inf, 1)
    whole = float(board.roster.efforts.sum())
    hunt = _Hunt(board, replace(task, budget=min(task.budget, whole)), first)
    actions = len(board.roster)
    root = _Level(
        np.full((1, actions), NEVER, np.int64),
        np.zeros(1),
        np.ones((1, actions), np.bool_),
        np.full(1, board.most),
        np.ones(1, np.bool_),
        np.ones(1, np.bool_),
    )
    order = hunt.weightiest_first(root)
    waiting = [(0, root)]
    while waiting:
        decided, level = waiting.pop()
        level = hunt.hopeful(level)
        if hunt.nodes > patience:
            hunt.drop(level)
        elif decided == actions:
            hunt.offer(level)
        elif len(level.effort):
            level = hunt.narrowed(_children(board.roster, level, order[decided], hunt.limit()))
            parts = range(0, len(level.effort), WIDTH)
            waiting += [(decided + 1, level.at(slice(part, part + WIDTH))) for part in reversed(parts)]
    return hunt.result()


class _Hunt:
    """The best so far, and all that the proof needs."""

    def __init__(self, board: Board, task: Task, first: Found) -> None:
        self._board, self._task, self._best = board, task, first
        self._least = task.objective == "least_effort"
        self._prices = board.prices(self.limit(), np.ones(len(board.roster), np.bool_))
        self.nodes = 0
        self._dropped = math.inf if self._least else -math.inf

    def limit(self) -> float:
        """Hours that a set may still take."""
        known = self._least and self._best.modes is not None
        return self._best.effort - _TINY if known else self._task.budget + _TINY

    def weightiest_first(self, root: _Level) -> list[int]:
        """The actions in the order to decide them: those without which least can be reached, and what they need."""
        roster = self._board.roster
        if not len(roster):
            return []
        still_open = root.still_open & ~np.eye(len(roster), dtype=np.bool_)
        for _ in range(len(roster)):
            still_open &= ~(~still_open @ roster.needs.T)
        modes = np.repeat(root.modes, len(roster), axis=0)
        spare = np.full(len(roster), max(self.limit(), 0.0))
        without = self._board.hopeful(modes, still_open, spare, self._prices)
        wanted = sorted(range(len(roster)), key=lambda index: (without.hits[index], without.progress[index]))
        order: list[int] = []
        while len(order) < len(roster):
            placed = set(order)
            ready = (n for n in wanted if n not in placed and placed.issuperset(np.flatnonzero(roster.needs[n])))
            order.append(next(ready))
        return order

    def hopeful(self, level: _Level) -> _Level:
        """The sets of a level that may still lead to something better."""
        return level.at((level.reach >= self._needed()) & (level.effort <= self.limit()))

    def narrowed(self, level: _Level) -> _Level:
        """The same, tried and bounded anew where there are enough of them, the most hopeful first."""
        stale = np.flatnonzero(level.stale)
        if len(stale) < _WORTH_BOUNDING:
            return level
        if len(stale) >= _WORTH_PRICING:
            hours = np.sort(self.limit() - level.effort[stale])
            spare = float(hours[len(hours) // 2])
            self._prices = self._board.prices(spare, np.any(level.still_open[stale], axis=0))
        spares = np.maximum(self.limit() - level.effort[stale], 0.0)
        reach = self._board.hopeful(level.modes[stale], level.still_open[stale], spares, self._prices).hits
        self.nodes += len(stale)
        level.reach[stale] = np.minimum(level.reach[stale], reach)
        level.stale[:] = False
        level = self.hopeful(level)
        self.offer(level)
        level.fresh[:] = False
        level = level.at(np.any(level.still_open, axis=1))
        return level.at(np.argsort(-level.reach, kind="stable"))

    def drop(self, level: _Level) -> None:
        """Gives sets up unlooked at: the proof keeps what they might have brought."""
        if len(level.effort):
            worst = float(level.effort.min()) if self._least else float(level.reach.max())
            self._dropped = min(self._dropped, worst) if self._least else max(self._dropped, worst)

    def offer(self, level: _Level) -> None:
        """Takes the best of the sets themselves, nothing added, where it beats the best so far."""
        level = level.at(level.fresh)
        if not len(level.effort):
            return
        hopes = self._board.eager(level.modes).hits
        order = np.argsort(level.effort if self._least else -hopes, kind="stable")
        for first in range(0, len(order), _AT_ONCE):
            rows = order[first : first + _AT_ONCE]
            rows = rows[(hopes[rows] >= self._needed()) & (level.effort[rows] <= self.limit())]
            if len(rows):
                self._take(level.modes[rows], level.effort[rows])

    def result(self) -> Found:
        """The best set with its bound: what was found, unless something dropped might have been better."""
        best = self._best
        proved = best.effort if self._least else float(best.hits)
        bound = min(proved, self._dropped) if self._least else max(proved, self._dropped)
        return Found(best.modes, best.hits, best.effort, bound, self.nodes)

    def _needed(self) -> int:
        return self._task.hits if self._least else self._best.hits + 1

    def _take(self, modes: Starts, effort: npt.NDArray[np.float64]) -> None:
        hits = self._board.exact(modes).hits
        good = np.flatnonzero(hits >= self._needed())
        if len(good):
            row = good[np.argmin(effort[good])] if self._least else good[np.argmax(hits[good])]
            self._best = Found(modes[row], int(hits[row]), float(effort[row]), math.nan, 0)


def _children(roster: Roster, level: _Level, index: int, limit: float) -> _Level:
    """Every set without the next action, and with it in each of its modes where nothing speaks against that."""
    taken = level.modes != NEVER
    level.still_open[:] &= level.effort[:, None] + roster.efforts <= limit
    ready = level.still_open[:, index] & taken[:, roster.needs[index]].all(axis=1)
    level.stale[:] |= level.still_open[:, index]
    level.still_open[:, index] = False
    families = [level.at(slice(None))]
    for mode in roster.modes[index]:
        more = level.at(ready)
        more.modes[:, index] = mode
        more.effort[:] += roster.efforts[index]
        more.still_open[:] &= ~roster.conflicts[index]
        more.stale[:] = True
        more.fresh[:] = True
        families.append(more)
    joined = _Level(*(np.concatenate(columns) for columns in zip(*families, strict=True)))
    return _without_orphans(roster, joined)


def _without_orphans(roster: Roster, level: _Level) -> _Level:
    """Closes the actions that need something refused; needs come before what needs them."""
    if roster.needs.any():
        for index in np.flatnonzero(roster.needs.any(axis=1)):
            there = (level.modes != NEVER) | level.still_open
            level.still_open[:, index] &= there[:, roster.needs[index]].all(axis=1)
    return level
