"""Where the width of a forecast comes from: first-order shares of the variance of the log line, from the tapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.ceilings import ceilings
from simulator.effects import central_amounts, moved_facts
from simulator.limit import central_parameters
from simulator.sampling import expected_state, reference_state
from simulator.scoring import gains, leanings, priced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.actions import Action
    from simulator.money import IntArray
    from simulator.shapes import FloatArray, Value
    from simulator.tapes import Tapes

    Actions: TypeAlias = Sequence[tuple[Action, int]]
    Numbers: TypeAlias = Mapping[str, Value]

_STILL = 1e-12  # a summary that varies less than this says nothing
_STEADY = 1e-9  # keeps summaries that repeat each other from breaking the regression

GROUPS = ("timing", "regime", "headroom", "rules", "unknown_facts", "noise")


def variance_shares(tapes: Tapes, lines: IntArray, actions: Actions = ()) -> dict[str, float]:
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
    table = np.array([np.broadcast_to(one, outcome.shape) for one in features], dtype=np.float64)
    table -= table.mean(axis=1, keepdims=True)
    size = np.sqrt(np.square(table).mean(axis=1))
    table = table[size > _STILL] / size[size > _STILL, None]
    table = np.concatenate([table, np.square(table) - 1.0])
    centred = outcome - outcome.mean()
    moments, hits = np.einsum("in,jn->ij", table, table), np.einsum("in,n->i", table, centred)
    steadied = moments + _STEADY * len(outcome) * np.eye(len(table))
    fitted = np.linalg.solve(steadied, hits)
    left = centred - np.einsum("i,in->n", fitted, table)
    free = len(outcome) - 1 - len(table)
    raw = float(np.square(left).sum() / np.square(centred).sum())
    return min(1.0, max(0.0, 1.0 - raw * (len(outcome) - 1) / max(free, 1)))


def _features(tapes: Tapes, actions: Actions) -> dict[str, list[Value]]:
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


def _rules(tapes: Tapes, actions: Actions) -> list[Value]:
    """The target with drawn parameters and central facts, the drift of the rules, and the drawn steps and bands."""
    state, parameters = expected_state(tapes.told, tapes.pack), tapes.parameters
    usual = reference_state(tapes.pack, state["current_line"])
    leaning = leanings(tapes.pack, parameters, state, usual, tapes.told)
    names = ("step_up", "step_down", "band_up", "band_down")
    held = _held(tapes, actions, (parameters, state, leaning))
    return [*held, tapes.drift[-1], *(parameters[name] for name in names)]


def _unknown(tapes: Tapes, actions: Actions) -> list[Value]:
    """The target with drawn facts and central parameters."""
    return _held(tapes, actions, (central_parameters(tapes.pack, tapes.preset), tapes.state, tapes.leaning))


def _held(tapes: Tapes, actions: Actions, drawn: tuple[Numbers, Numbers, Numbers]) -> list[Value]:
    """The score and the target at the horizon, of some parameters, facts and leanings, without any headroom."""
    parameters, state, leaning = drawn
    after = dict(state)
    for action, start in actions:
        moved = moved_facts(action, start, after, tapes.months, central_amounts(action))
        after.update({name: np.asarray(path)[-1] for name, path in moved.items()})
    changed = {name: value for name, value in after.items() if value is not state[name]}
    added = sum(gains(tapes.pack, parameters, state, changed, ({}, tapes.told)).values())
    score = (
        np.log2(np.maximum(state["current_line"], tapes.pack.floor))
        + sum(priced(tapes.pack, parameters, leaning, tapes.told).values())
        + added
    )
    ceiling = ceilings(tapes.pack.kind, parameters, after)
    return [score, np.minimum.reduce(np.broadcast_arrays(score, *ceiling))]
