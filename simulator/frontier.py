"""The same goal reached three ways: soonest, with the least effort, and with the greatest chance."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.board import Board, set_board
from simulator.course import Aim
from simulator.gathering import steps
from simulator.guessing import guess, polished, thinned
from simulator.pacing import Pace
from simulator.results import Frontier, PlanStep
from simulator.scheduling import Roster, Starts
from simulator.searching import Found, Task, search

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Goal:
    """So many paths at a line (yuan) within hours."""

    target: float
    hits: int
    budget: float


class Everything(NamedTuple):
    """All actions that go together, and the lines (yuan by month and path) when they are carried out."""

    modes: Starts
    lines: npt.NDArray[np.float64]


def least_effort(board: Board, hits: int, budget: float) -> Found:
    """The set with the fewest hours that brings so many paths to the target, with its proof."""
    task = Task("least_effort", hits, budget)
    return search(board, task, polished(board, task, guess(board, task)))


def greatest_chance(board: Board, budget: float) -> Found:
    """The set that brings most paths to the target within a budget, with its proof, less what it can spare.

    ``bound`` counts paths; that the hours are the fewest for them is not proved.
    """
    task = Task("greatest_chance", 0, budget)
    best = search(board, task, polished(board, task, guess(board, task)))
    light = best if best.modes is None else thinned(board, best.modes, best.hits)
    return replace(best, modes=light.modes, effort=light.effort)


def safest(board: Board, budget: float) -> Found:
    """A set with a great chance: all that goes together within a budget, less what it can spare.

    Not proved greatest; ``bound`` is what everything might reach if nothing stood in its way.
    """
    found = guess(board, Task("greatest_chance", 0, budget))
    return replace(found, bound=float(board.most), nodes=1)


def frontier(pace: Pace, roster: Roster, goal: Goal, everything: Everything, light: Found, safe: Found) -> Frontier:
    """The three ways, given the one with the least effort, the one with the greatest chance, and all together."""
    if light.modes is None:
        return Frontier(None, None, None)
    lightest = steps(roster, light.modes)
    surest = steps(roster, safe.modes) if safe.modes is not None and safe.hits >= light.hits else lightest
    fastest = _fastest(pace, roster, goal, everything) or lightest
    return Frontier(fastest=fastest, least_effort=lightest, safest=surest)


def _fastest(pace: Pace, roster: Roster, goal: Goal, everything: Everything) -> tuple[PlanStep, ...] | None:
    """A light plan for the first month, before the last, by which everything together brings enough paths there."""
    early = np.flatnonzero((everything.lines[1:-1] >= goal.target).sum(axis=1) >= goal.hits)
    if not len(early):
        return None
    board = set_board(pace, roster, Aim(int(early[0]) + 1, goal.target))
    found = guess(board, Task("least_effort", goal.hits, goal.budget))
    return steps(roster, everything.modes if found.modes is None else found.modes)


def hits_for(share: float, draws: int) -> int:
    """The least number of paths that is at least a share of all."""
    return max(1, math.ceil(share * draws - _TINY))


def sure_hits_for(share: float, draws: int) -> int:
    """The same and two standard errors more: the best of many plans on some paths owes part of it to luck on them."""
    return min(draws, hits_for(share + 2.0 * math.sqrt(share * (1.0 - share) / draws), draws))
