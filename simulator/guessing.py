"""A good set to begin a search with: the most effective actions for their hours, less what turns out not needed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from simulator.board import Board, Reached
from simulator.scheduling import NEVER, Roster, Starts
from simulator.searching import Found, Task

_ROUNDS = 2
_POLISHED = 6  # exchanges at most: most sets are as good as they get after two or three
_TRIED = 8
_TINY = 1e-9
_NOTHING = Found(None, -1, math.inf, math.nan, 0)


def guess(board: Board, task: Task) -> Found:
    """A set that does the task, not yet proved best; no set and -1 hits where none was found."""
    rows = _growing(board.roster, task.budget, *board.alone)
    hopes = board.eager(rows).hits
    enough = task.hits if task.objective == "least_effort" else int(hopes.max())
    able = np.flatnonzero(hopes >= enough)
    hits = board.exact(rows[able]).hits if len(able) else able
    good = np.flatnonzero(hits >= (enough if task.objective == "least_effort" else 0))
    if len(good):
        return thinned(board, rows[able[good[0]]], min(int(hits[good[0]]), enough))
    return _NOTHING


def polished(board: Board, task: Task, found: Found) -> Found:
    """A guess bettered by leaving out, adding or exchanging single actions while that helps."""
    if found.modes is None:
        nothing = np.full(len(board.roster), NEVER, np.int64)
        begun = Found(nothing, board.sure, 0.0, math.nan, 0)
        best = polished(board, replace(task, objective="greatest_chance"), begun)
        return polished(board, task, best) if best.hits >= task.hits else found
    for _ in range(_POLISHED):
        better = _better_neighbour(board, task, found)
        if better is None:
            break
        found = better
    return found


def _better_neighbour(board: Board, task: Task, found: Found) -> Found | None:
    """The best that one exchange makes of a set: fewer hours for least effort, more hits for greatest chance."""
    least = task.objective == "least_effort"
    rows = _neighbours(board.roster, np.asarray(found.modes))
    efforts = (rows != NEVER) @ board.roster.efforts
    rows = rows[efforts < found.effort - _TINY if least else efforts <= task.budget]
    if not len(rows):
        return None
    hopes, efforts = board.eager(rows), (rows != NEVER) @ board.roster.efforts
    needed = task.hits if least else found.hits + 1
    order = np.lexsort((-hopes.progress, efforts) if least else (efforts, -hopes.hits))
    order = order[hopes.hits[order] >= needed][:_TRIED]
    hits = board.exact(rows[order]).hits if len(order) else order
    good = np.flatnonzero(hits >= needed)
    if not len(good):
        return None
    place = good[0] if least else good[np.argmax(hits[good])]
    return Found(rows[order[place]], int(hits[place]), effort_of_set(board.roster, rows[order[place]]), math.nan, 0)


def _neighbours(roster: Roster, modes: Starts) -> Starts:
    """The set less one action, the set with one more, and the set with one for another."""
    taken = np.flatnonzero((modes != NEVER) & ~roster.needs[modes != NEVER].any(axis=0))
    rows = np.concatenate([modes[None], _without(modes, taken, np.eye(len(taken)))])
    found = [rows[1:]]
    has = rows != NEVER
    for index, wanted in enumerate(roster.modes):
        fits = ~has[:, index] & ~has[:, roster.conflicts[index]].any(axis=1) & has[:, roster.needs[index]].all(axis=1)
        for mode in wanted:
            more = rows[fits]
            more[:, index] = mode
            found.append(more)
    return np.concatenate(found)


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


def thinned(board: Board, modes: Starts, enough: int) -> Found:
    """A set that reaches so many hits without what it can spare, dearest first."""
    light = _thinned_by(board.eager, board.roster, modes, enough)
    hits = int(board.exact(light[None]).hits[0])
    if hits < enough:
        light = _thinned_by(board.exact, board.roster, modes, enough)
        hits = int(board.exact(light[None]).hits[0])
    return Found(light, hits, effort_of_set(board.roster, light), math.nan, 0)


def _thinned_by(read: Callable[[Starts], Reached], roster: Roster, modes: Starts, enough: int) -> Starts:
    """Leaves out as many together as can be of those that can be left out one by one, and once more of what is left."""
    for _ in range(_ROUNDS):
        taken = modes != NEVER
        spare = np.flatnonzero(taken & ~roster.needs[taken].any(axis=0))
        spare = spare[np.argsort(-roster.efforts[spare], kind="stable")]
        spare = spare[read(_without(modes, spare, np.eye(len(spare)))).hits >= enough] if len(spare) else spare
        if not len(spare):
            return modes
        rows = _without(modes, spare, np.tri(len(spare)))
        modes = rows[np.flatnonzero(read(rows).hits >= enough)[-1]]
    return modes


def _without(modes: Starts, actions: npt.NDArray[np.intp], dropped: npt.NDArray[np.float64]) -> Starts:
    """Copies of a set, each without those of some actions that its row drops."""
    rows: Starts = np.repeat(modes[None], len(dropped), axis=0)
    rows[:, actions] = np.where(dropped > 0.0, NEVER, rows[:, actions])
    return rows


def effort_of_set(roster: Roster, modes: Starts) -> float:
    """Hours that a set takes over the horizon."""
    return float(roster.efforts[modes != NEVER].sum())
