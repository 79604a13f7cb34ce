"""A good set to begin a search with: the most effective actions for their hours, less what turns out not needed."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from simulator.board import Board
from simulator.scheduling import NEVER, Roster, Starts
from simulator.searching import Found, Task

_LEAST_HOURS = 0.1
_NOTHING = Found(None, -1, math.inf, math.nan, 0)


def guess(board: Board, task: Task) -> Found:
    """A set that does the task, not yet proved best; no set and -1 hits where none was found."""
    rows = _growing(board.roster, task.budget, *_worth(board))
    hopes = board.eager(rows).hits
    enough = task.hits if task.objective == "least_effort" else int(hopes.max())
    for row in np.flatnonzero(hopes >= enough):
        hits = int(board.exact(rows[row][None]).hits[0])
        if hits >= enough or (hits >= 0 and task.objective == "greatest_chance"):
            return _thinned(board, rows[row], min(hits, enough))
    return _NOTHING


def _worth(board: Board) -> tuple[npt.NDArray[np.float64], Starts]:
    """How far each action by itself comes towards the target for an hour of effort, and in which mode it does best."""
    options = [(index, mode) for index, modes in enumerate(board.roster.modes) for mode in modes]
    rows = np.full((len(options) + 1, len(board.roster)), NEVER, np.int64)
    for row, (index, mode) in enumerate(options):
        rows[row, index] = mode
    progress = board.eager(rows).progress
    worth, best = np.full(len(board.roster), -math.inf), np.zeros(len(board.roster), np.int64)
    for row, (index, mode) in enumerate(options):
        gained = (progress[row] - progress[-1]) / (board.roster.efforts[index] + _LEAST_HOURS)
        if gained > worth[index]:
            worth[index], best[index] = gained, mode
    return worth, best


def _growing(roster: Roster, budget: float, worth: npt.NDArray[np.float64], modes: Starts) -> Starts:
    """Sets that grow by the most worthwhile action that still fits, each with all that it needs; from none to most."""
    rows = [np.full(len(roster), NEVER, np.int64)]
    for index in np.argsort(-worth, kind="stable"):
        wider = _with_needs(roster, rows[-1], int(index), modes)
        taken = wider != NEVER
        clash = bool(roster.conflicts[taken][:, taken].any())
        if not clash and effort_of_set(roster, wider) <= budget:
            rows.append(wider)
    return np.array(rows)


def _with_needs(roster: Roster, modes: Starts, index: int, wanted: Starts) -> Starts:
    """A set with one more action and everything that it needs, and what that needs in turn."""
    wider = modes.copy()
    queue = [index]
    while queue:
        wider[queue[-1]] = wanted[queue[-1]]
        queue.extend(int(needed) for needed in np.flatnonzero(roster.needs[queue.pop()] & (wider == NEVER)))
    return wider


def _thinned(board: Board, modes: Starts, enough: int) -> Found:
    """A set without what it can spare, dearest first."""
    while (thinner := _thinner(board, modes, enough)) is not None:
        modes = thinner
    return Found(modes, int(board.exact(modes[None]).hits[0]), effort_of_set(board.roster, modes), math.nan, 0)


def _thinner(board: Board, modes: Starts, enough: int) -> Starts | None:
    taken = modes != NEVER
    spare = [int(i) for i in np.flatnonzero(taken) if not (board.roster.needs[:, i] & taken).any()]
    if not spare:
        return None
    rows: Starts = np.repeat(modes[None], len(spare), axis=0)
    rows[np.arange(len(spare)), spare] = NEVER
    hopes = board.eager(rows).hits
    for place in sorted(range(len(spare)), key=lambda place: -board.roster.efforts[spare[place]]):
        if hopes[place] >= enough and int(board.exact(rows[place][None]).hits[0]) >= enough:
            thinner: Starts = rows[place]
            return thinner
    return None


def effort_of_set(roster: Roster, modes: Starts) -> float:
    """Hours that a set takes over the horizon."""
    return float(roster.efforts[modes != NEVER].sum())
