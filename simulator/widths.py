"""Where the width of a forecast comes from: first-order shares of the variance of the log line, from the tapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import ceilings
from simulator.effects import central_amounts, moved_facts
from simulator.limit import central_parameters, central_state, limit
from simulator.scoring import gains

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.actions import Action
    from simulator.money import IntArray
    from simulator.shapes import FloatArray, Value
    from simulator.tapes import Tapes

GROUPS = ("timing", "regime", "headroom", "rules", "unknown_facts", "noise")


def variance_shares(tapes: Tapes, lines: IntArray, actions: Sequence[tuple[Action, int]] = ()) -> dict[str, float]:
    """Share of the variance of the last month's log line that each group explains alone, and their interaction.

    Each group's draws are independent of all others, so its first-order share is the part of the variance that a
    regression on its own summaries explains (adjusted for their number). Shares are never negative and, with
    ``interaction``, add up to one; a line that never moves has no shares at all.
    """
    last = lines[-1].astype(np.float64)
    if np.ptp(last) == 0:
        return dict.fromkeys((*GROUPS, "interaction"), 0.0)
    shares = {name: explained(last, features) for name, features in _features(tapes, actions).items()}
    total = sum(shares.values())
    if total > 1.0:
        shares = {name: share / total for name, share in shares.items()}
    return {**shares, "interaction": max(0.0, 1.0 - sum(shares.values()))}


def explained(outcome: FloatArray, features: Sequence[Value]) -> float:
    """Adjusted share of the outcome's variance that squares and products of no features but their own explain."""
    columns = [np.asarray(one, dtype=np.float64) for one in features]
    scaled = [(one - one.mean()) / one.std() for one in columns if np.ptp(one) > 0]
    if not scaled:
        return 0.0
    table = np.stack([*scaled, *(one * one - 1.0 for one in scaled)], axis=1)
    table -= table.mean(axis=0)
    centred = outcome - outcome.mean()
    fitted = np.linalg.lstsq(table.T @ table, table.T @ centred, rcond=1e-9)[0]
    left = centred - table @ fitted
    free = len(outcome) - 1 - table.shape[1]
    raw = float(left @ left) / float(centred @ centred)
    return float(min(1.0, max(0.0, 1.0 - raw * (len(outcome) - 1) / max(free, 1))))


def _features(tapes: Tapes, actions: Sequence[tuple[Action, int]]) -> dict[str, list[Value]]:
    offsets = tapes.offsets.astype(np.float64)
    return {
        "timing": _timing(tapes),
        "regime": [offsets.mean(axis=0), offsets[-1], offsets[len(offsets) // 2]],
        "headroom": [tapes.parameters["headroom"]],
        "rules": _rules(tapes, actions),
        "unknown_facts": _unknown(tapes, actions),
        "noise": [tapes.noise[-1], tapes.noise.mean(axis=0)],
    }


def _timing(tapes: Tapes) -> list[Value]:
    months = np.arange(1, tapes.months + 1)[:, None]
    reviews = tapes.cutting
    last = (months * reviews).max(axis=0)
    return [reviews.any(axis=0), np.minimum(reviews.sum(axis=0), 4), last, last == tapes.months]


def _rules(tapes: Tapes, actions: Sequence[tuple[Action, int]]) -> list[Value]:
    """The target with drawn parameters and central facts, the drift of the rules, and the drawn steps and bands."""
    state = central_state(tapes.facts, tapes.pack)
    names = ("step_up", "step_down", "band_up", "band_down")
    return [*_held(tapes, actions, tapes.parameters, state), tapes.drift[-1], *(tapes.parameters[one] for one in names)]


def _unknown(tapes: Tapes, actions: Sequence[tuple[Action, int]]) -> list[Value]:
    """The target with drawn facts and central parameters."""
    return _held(tapes, actions, central_parameters(tapes.pack, tapes.preset), tapes.state)


def _held(
    tapes: Tapes,
    actions: Sequence[tuple[Action, int]],
    parameters: Mapping[str, Value],
    state: Mapping[str, Value],
) -> list[Value]:
    """The score and the target at the horizon, with the headroom at its centre."""
    after = dict(state)
    for action, start in actions:
        moved = moved_facts(action, start, after, tapes.months, central_amounts(action))
        after.update({name: np.asarray(path)[-1] for name, path in moved.items()})
    changed = {name: value for name, value in after.items() if value is not state[name]}
    held = limit(tapes.facts, tapes.pack, parameters, state, 1.0)
    added = sum(gains(tapes.pack, parameters, state, changed, ({}, tapes.facts.values)).values())
    score = held.line + sum(held.standing.values()) + added
    ceiling = ceilings(tapes.pack.kind, parameters, after)
    return [score, np.minimum.reduce(np.broadcast_arrays(score, *ceiling))]
