"""The same goal reached three ways: soonest, with the least effort, and with the greatest chance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.board import Board, set_board
from simulator.course import Aim
from simulator.forecasting import lines_in_yuan
from simulator.gathering import steps
from simulator.guessing import guess
from simulator.movement import walk
from simulator.pacing import Pace
from simulator.results import Frontier, PlanStep
from simulator.scheduling import Roster
from simulator.searching import Found, Task, search

_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Goal:
    """So many paths at a line (yuan) within hours."""

    target: float
    hits: int
    budget: float


def least_effort(board: Board, hits: int, budget: float) -> Found:
    """The set with the fewest hours that brings so many paths to the target, with its proof."""
    task = Task("least_effort", hits, budget)
    return search(board, task, guess(board, task))


def greatest_chance(board: Board, budget: float) -> Found:
    """The set that brings most paths to the target within a budget; of equals the one with the fewest hours.

    The proof is that of the chance: ``bound`` counts paths.
    """
    task = Task("greatest_chance", 0, budget)
    best = search(board, task, guess(board, task))
    light = least_effort(board, best.hits, min(budget, best.effort))
    modes, effort = (best.modes, best.effort) if light.modes is None else (light.modes, light.effort)
    return Found(modes, best.hits, effort, best.bound, best.nodes + light.nodes)


def safest(board: Board, budget: float) -> Found:
    """A set with a great chance: all that goes together within a budget, less what it can spare.

    Not proved greatest; ``bound`` is what everything might reach if nothing stood in its way.
    """
    found = guess(board, Task("greatest_chance", 0, budget))
    return replace(found, bound=float(board.most), nodes=1)


def frontier(pace: Pace, roster: Roster, goal: Goal, light: Found, safe: Found) -> Frontier:
    """The three ways, given the one with the least effort and the one with the greatest chance."""
    if light.modes is None:
        return Frontier(None, None, None)
    lightest = steps(roster, light.modes)
    surest = steps(roster, safe.modes) if safe.modes is not None and safe.hits >= light.hits else lightest
    return Frontier(fastest=_fastest(pace, roster, goal) or lightest, least_effort=lightest, safest=surest)


def _fastest(pace: Pace, roster: Roster, goal: Goal) -> tuple[PlanStep, ...] | None:
    """A light plan for the first month, before the last, in which one is found that brings enough paths there."""
    for month in _hopeful_months(pace, roster, goal):
        board = set_board(pace, roster, Aim(month, goal.target))
        found = guess(board, Task("least_effort", goal.hits, goal.budget))
        if found.modes is not None:
            return steps(roster, found.modes)
    return None


def _hopeful_months(pace: Pace, roster: Roster, goal: Goal) -> Iterator[int]:
    """Months before the last in which everything at once, whatever stands in the way, brings enough paths there."""
    tapes = pace.tapes
    everything = tapes.joined(
        pace.increment(action, modes[0]) for action, modes in zip(roster.actions, roster.modes, strict=True)
    )
    asked = [
        pace.asked(action, mode)
        for action, modes in zip(roster.actions, roster.modes, strict=True)
        for mode in modes
        if action.asks_review
    ]
    yuan = lines_in_yuan(tapes, walk(tapes, replace(everything, asked=np.any([everything.asked, *asked], axis=0))))
    enough = np.flatnonzero((yuan >= goal.target).sum(axis=1) >= goal.hits)
    yield from (int(month) for month in enough if 0 < month < tapes.months)


def hits_for(share: float, draws: int) -> int:
    """The least number of paths that is at least a share of all."""
    return max(1, math.ceil(share * draws - _TINY))


def sure_hits_for(share: float, draws: int) -> int:
    """The same and two standard errors more: the best of many plans on some paths owes part of it to luck on them."""
    return min(draws, hits_for(share + 2.0 * math.sqrt(share * (1.0 - share) / draws), draws))
