"""Which actions a plan may use: honest ones that help this borrower, the more effective for their hours first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.actions import Action
from simulator.forbidding import ends_the_line, forbidden
from simulator.pacing import Pace
from simulator.results import Avoided
from simulator.scheduling import effort_of
from simulator.vocabulary import Kind

_MOVES = 4.0  # parts of a doubling, on average over paths and months: about seven hundredths of a per cent


@dataclass(frozen=True, slots=True)
class Candidates:
    """Actions that may be planned, more effective first, and those to avoid with the code of the reason why."""

    ranked: tuple[Action, ...]
    avoided: tuple[Avoided, ...]


def candidates(pace: Pace, catalogue: Sequence[Action], kind: Kind, most: int) -> Candidates:
    """The actions of a catalogue that may be in a raise plan, at most ``most`` besides what those need.

    Avoided are those that are forbidden, close or lower the line, or move nothing for this borrower and are not
    needed by one that does.
    """
    own = [action for action in catalogue if kind in action.kinds]
    barred = {action.id: why for action in own if (why := _barred(action))}
    free = [action for action in own if action.id not in barred]
    worth = {action.id: _worth(pace, action) for action in free}
    moving = sorted((one for one in free if worth[one.id] > 0.0), key=lambda one: (-worth[one.id], one.id))
    needed = _with_needs(moving[:most], free)
    idle = {one.id: "does_not_move" for one in free if worth[one.id] == 0.0 and one not in _with_needs(moving, free)}
    ranked = tuple(sorted(needed, key=lambda one: (-worth[one.id], one.id)))
    return Candidates(ranked, tuple(Avoided(name, why) for name, why in {**barred, **idle}.items()))


def _barred(action: Action) -> str | None:
    return "ends_the_line" if ends_the_line(action) else forbidden(action)


def _worth(pace: Pace, action: Action) -> float:
    """What an action adds on average for an hour of effort; a request for a review counts by the reviews it brings."""
    increment = pace.increment(action, 0)
    moved = float(np.mean(increment.layers, dtype=np.float64)) * len(increment.layers)
    asked = float(np.mean(pace.asked(action, 0))) if action.asks_review else 0.0
    if moved < _MOVES and asked == 0.0:
        return 0.0
    return (moved + asked * np.float64(4096)) / (1.0 + effort_of(action, pace.tapes.months))


def _with_needs(wanted: Iterable[Action], known: Sequence[Action]) -> list[Action]:
    by_id = {action.id: action for action in known}
    found: dict[str, Action] = {}
    queue = [action.id for action in wanted]
    while queue:
        action = by_id.get(queue.pop(0))
        if action is not None and action.id not in found:
            found[action.id] = action
            queue.extend(action.needs)
    return list(found.values())
