"""Which actions go together and when each starts: needs, conflicts, three new habits a month, all as early as can be.

An action starts once what it needs has started and its lead time is over; of more habits than a month can take the
more effective go first. An action that asks for a review does so in one of a few fixed months, so that the request
can come when the others have taken effect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.actions import Action
from simulator.sampling import BoolArray

NEW_HABITS_A_MONTH = 3
ASKING_MONTHS = (0, 3, 6)
NEVER = -1
MOST_ACTIONS = 52
"""A search tells sets apart by sums of powers of two, of which a double holds so many."""

Starts: TypeAlias = npt.NDArray[np.int64]
"""Start months by plan and action, ``NEVER`` where the action is left out."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Actions to choose from in their fixed order, what each needs first, and what excludes what.

    The order puts what is needed before what needs it, and otherwise the more effective first. ``efforts`` are hours
    over the whole horizon; ``modes`` the months that may be wanted for each action: several where it asks for a
    review, else only the earliest possible. ``after`` are, for each action, the actions it needs and their leads.
    """

    actions: tuple[Action, ...]
    needs: BoolArray
    conflicts: BoolArray
    efforts: npt.NDArray[np.float64]
    modes: tuple[tuple[int, ...], ...]
    after: tuple[tuple[tuple[int, int], ...], ...]
    months: int

    def __len__(self) -> int:
        return len(self.actions)


def effort_of(action: Action, months: int) -> float:
    """Hours that an action takes within a horizon, as if begun at once."""
    return action.effort_hours + action.effort_hours_monthly * months


def clash(one: Action, other: Action) -> bool:
    """Whether two actions exclude each other, whichever of them says so."""
    return one.id in other.conflicts or other.id in one.conflicts


def roster(ranked: Sequence[Action], months: int) -> Roster:
    """A roster of actions given from more to less effective.

    Left out are those that need something not among them, cannot take effect within the horizon (months), or are
    more than a search can hold.
    """
    placed: list[Action] = []
    modes: dict[str, tuple[int, ...]] = {}
    waiting = list(ranked)
    while ready := [one for one in waiting if set(one.needs) <= modes.keys()][: MOST_ACTIONS - len(placed)]:
        action = ready[0]
        waiting.remove(action)
        needed = [one for one in placed if one.id in action.needs]
        wanted = _modes(action, max((modes[one.id][0] + one.lead_months for one in needed), default=0), months)
        if wanted:
            placed.append(action)
            modes[action.id] = wanted
    shape = (len(placed), len(placed))
    return Roster(
        actions=tuple(placed),
        needs=np.array([[other.id in one.needs for other in placed] for one in placed], np.bool_).reshape(shape),
        conflicts=np.array([[clash(one, other) for other in placed] for one in placed], np.bool_).reshape(shape),
        efforts=np.array([effort_of(one, months) for one in placed], np.float64),
        modes=tuple(modes[one.id] for one in placed),
        after=tuple(
            tuple((n, other.lead_months) for n, other in enumerate(placed) if other.id in one.needs) for one in placed
        ),
        months=months,
    )


def _modes(action: Action, earliest: int, months: int) -> tuple[int, ...]:
    wanted = ASKING_MONTHS if action.asks_review else (earliest,)
    return tuple(month for month in wanted if earliest <= month < months - action.lead_months)


def starts(roster: Roster, modes: Starts) -> Starts | None:
    """Start months of one plan, or None where it cannot be carried out.

    ``modes`` holds the month wanted for each action, or ``NEVER``. A plan cannot be carried out when some action
    cannot begin within the horizon, or cannot ask for a review in the very month wanted.
    """
    found = [NEVER] * len(roster)
    habits = [0] * (roster.months + 1)
    for index, wanted in enumerate(modes.tolist()):
        if wanted == NEVER:
            continue
        start = max((wanted, *(found[needed] + lead for needed, lead in roster.after[index])))
        if roster.actions[index].habit:
            free = (month for month in range(start, roster.months) if habits[month] < NEW_HABITS_A_MONTH)
            start = next(free, roster.months)
            habits[start] += 1
        if start > (wanted if roster.actions[index].asks_review else roster.months - 1):
            return None
        found[index] = start
    return np.array(found, np.int64)
