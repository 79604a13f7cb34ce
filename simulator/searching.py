"""The best set of actions, proved: branch and bound, level by level, with a bound that no set can beat.

Every level decides one action. A set is given up when even everything still open, at its earliest and within the
hours left, cannot make it better than the best set found. The width of a level is limited; what had to be dropped
for it stays in the bound, so the proof never claims more than was looked at.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.board import Board, Prices
from simulator.sampling import BoolArray
from simulator.scheduling import NEVER, Roster, Starts

Objective = Literal["least_effort", "greatest_chance"]

WIDTH = 2048
_AT_ONCE = 8
_WORTH_BOUNDING = 64  # fewer sets cost less to split further than to bound
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
    """Sets that agree on how many actions are decided, one row each: modes and hours."""

    modes: Starts
    effort: npt.NDArray[np.float64]


def search(board: Board, task: Task, first: Found, width: int = WIDTH) -> Found:
    """The best set for a task, starting from one that is known to do it (or from none), with its proof."""
    if task.objective == "least_effort" and task.hits > board.most:
        return Found(None, -1, math.inf, math.inf, 1)
    whole = float(board.roster.efforts.sum())
    task = replace(task, budget=min(task.budget, whole))
    hours = min(task.budget, first.effort) if task.objective == "least_effort" else task.budget
    hunt = _Hunt(board, task, board.prices(hours), first)
    level = _Level(np.full((1, len(board.roster)), NEVER, np.int64), np.zeros(1))
    hunt.offer(level)
    offered = 0
    for index in range(len(board.roster)):
        level = _children(board.roster, level, index, hunt.limit())
        if len(level.effort) > _WORTH_BOUNDING or index == len(board.roster) - 1:
            level = hunt.narrowed(level, index, width)
            new = (level.modes[:, offered : index + 1] != NEVER).any(axis=1)
            hunt.offer(_Level(level.modes[new], level.effort[new]))
            offered = index + 1
        if not len(level.effort):
            break
    return hunt.result()


class _Hunt:
    """The best so far, and all that the proof needs."""

    def __init__(self, board: Board, task: Task, prices: Prices, first: Found) -> None:
        self._board, self._task, self._prices, self._best = board, task, prices, first
        self._least = task.objective == "least_effort"
        self._nodes = 0
        self._dropped = math.inf if self._least else -math.inf

    def limit(self) -> float:
        """Hours that a set may still take."""
        known = self._least and self._best.modes is not None
        return self._best.effort - _TINY if known else self._task.budget + _TINY

    def narrowed(self, level: _Level, index: int, width: int) -> _Level:
        """The sets of a level that may still lead to something better, at most ``width`` of them."""
        still_open = _open_after(self._board.roster, level, index, self.limit())
        spare = np.maximum(self.limit() - level.effort, 0.0)
        reach = self._board.hopeful(level.modes, still_open, spare, self._prices)
        self._nodes += len(reach)
        kept = np.flatnonzero(reach >= self._needed())
        if len(kept) > width:
            order = kept[np.argsort(-reach[kept], kind="stable")]
            kept, lost = order[:width], order[width:]
            worst = level.effort[lost].min() if self._least else reach[lost].max()
            self._dropped = min(self._dropped, worst) if self._least else max(self._dropped, worst)
        return _Level(level.modes[kept], level.effort[kept])

    def offer(self, level: _Level) -> None:
        """Takes the best of the sets themselves, nothing added, where it beats the best so far."""
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
        return Found(best.modes, best.hits, best.effort, bound, self._nodes)

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
    fits = level.effort + roster.efforts[index] <= limit
    allowed = fits & ~taken[:, roster.conflicts[index]].any(axis=1) & taken[:, roster.needs[index]].all(axis=1)
    modes, effort = [level.modes], [level.effort]
    for mode in roster.modes[index]:
        more = level.modes[allowed].copy()
        more[:, index] = mode
        modes.append(more)
        effort.append(level.effort[allowed] + roster.efforts[index])
    return _Level(np.concatenate(modes), np.concatenate(effort))


def _open_after(roster: Roster, level: _Level, index: int, limit: float) -> BoolArray:
    """Actions not decided yet that a set may still take up: affordable, not excluded, their needs not refused."""
    taken = level.modes != NEVER
    found = np.broadcast_to(np.arange(len(roster)) > index, taken.shape).copy()
    found &= level.effort[:, None] + roster.efforts <= limit
    found &= ~(taken.astype(np.int64) @ roster.conflicts.astype(np.int64) > 0)
    refused = ~(taken | found)
    found &= ~(refused.astype(np.int64) @ roster.needs.T.astype(np.int64) > 0)
    return found
