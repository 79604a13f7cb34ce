"""Plans as lists: everything that goes together, and the steps of a set in the order of their months."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.actions import Action
from simulator.results import PlanStep
from simulator.scheduling import NEVER, Roster, Starts, starts


def together(roster: Roster, budget: float, near: int | None = None) -> Starts:
    """A set of as many actions as go together within a budget (hours), the more effective first.

    Reviews are asked for as near as can be to a month; without one, to the end of the first third of the horizon.
    """
    wanted = roster.months // 3 if near is None else near
    modes = np.full(len(roster), NEVER, np.int64)
    spent = 0.0
    for index, effort in enumerate(roster.efforts):
        taken = modes != NEVER
        ready = taken[roster.needs[index]].all() and not taken[roster.conflicts[index]].any()
        if not ready or spent + effort > budget:
            continue
        for mode in sorted(roster.modes[index], key=lambda month: abs(month - wanted)):
            wider = modes.copy()
            wider[index] = mode
            if starts(roster, wider) is not None:
                modes, spent = wider, spent + effort
                break
    return modes


def started(roster: Roster, modes: Starts) -> list[tuple[Action, int]]:
    """The actions of a set with the months they start, earliest first."""
    found = starts(roster, modes)
    if found is None:
        raise ValueError("this set of actions cannot be carried out")
    taken = sorted(np.flatnonzero(found != NEVER), key=lambda index: (found[index], index))
    return [(roster.actions[index], int(found[index])) for index in taken]


def steps(roster: Roster, modes: Starts) -> tuple[PlanStep, ...]:
    """A set as the steps of a plan; hours are those of the whole horizon."""
    hours = dict(zip((action.id for action in roster.actions), roster.efforts, strict=True))
    return tuple(
        PlanStep(action.id, start, round(float(hours[action.id]), 2), action.money)
        for action, start in started(roster, modes)
    )


def clashing(taken: Sequence[Action], others: Sequence[Action]) -> tuple[str, ...]:
    """The ids of other actions that exclude one that is taken."""
    return tuple(
        other.id
        for other in others
        if other not in taken and any(other.id in one.conflicts or one.id in other.conflicts for one in taken)
    )
