"""The central case: one borrower's target with every draw at its centre, taken apart by factor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import LAYERS, ceilings, policy_ceiling
from simulator.effects import central_amounts, moved_facts
from simulator.limit import central_parameters, limit
from simulator.sampling import expected_state, reference_state, told_values
from simulator.scoring import drifts, gains

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.actions import Action
    from simulator.limit import Limit
    from simulator.policy import Pack
    from simulator.shapes import FloatArray, Value
    from simulator.vocabulary import Facts

_NO_DISPUTE = 1.0  # the central case keeps to the undisputed policy ceiling


@dataclass(frozen=True, slots=True)
class Central:
    """The central case at the horizon; doublings of a yuan.

    ``own`` names the facts that are told or moved by actions; all others follow them. ``base`` is what an ordinary
    client with the same line would score then, ``added`` what each factor of this borrower adds to it; ``usual``,
    ``now`` and ``after`` are the facts of the ordinary client, of this borrower now, and at the horizon once all
    actions have worked.
    """

    pack: Pack
    own: frozenset[str]
    parameters: Mapping[str, Value]
    usual: Mapping[str, Value]
    now: Mapping[str, Value]
    after: Mapping[str, Value]
    line: float
    headroom: float
    base: float
    added: Mapping[str, float]

    def allowed(self, state: Mapping[str, Value]) -> dict[str, Value]:
        """Each ceiling of a state by name, the policy ceiling last; works on columns of states as well."""
        kind = self.pack.kind
        named: dict[str, Value] = dict(zip(LAYERS[kind], ceilings(kind, self.parameters, state), strict=True))
        named["policy_ceiling"] = np.log2(policy_ceiling(kind, self.parameters, state, _NO_DISPUTE))
        return named

    def least(self, state: Mapping[str, Value]) -> FloatArray:
        """The lowest ceiling of each column of states."""
        columns = np.broadcast_arrays(*self.allowed(state).values())
        lowest: FloatArray = np.minimum.reduce(columns)
        return lowest

    @property
    def score(self) -> float:
        """The score at the horizon, before any ceiling."""
        return self.base + sum(self.added.values())

    @property
    def target(self) -> float:
        """The target at the horizon: the score, or the ceiling that holds it."""
        return min(self.score, float(self.least(self.after)))


def central_case(
    facts: Facts, pack: Pack, *, preset: str, months: int, actions: Sequence[tuple[Action, int]] = ()
) -> Central:
    """The central case of some facts under one preset, at a horizon in months, with actions and their start months."""
    told = told_values(facts, pack)
    parameters, now = central_parameters(pack, preset), expected_state(told, pack)
    usual = reference_state(pack, now["current_line"])
    held = limit(told, pack, parameters, now, _NO_DISPUTE)
    carried, ordinary = (_last(drifts(pack, parameters, state, months)) for state in (now, usual))
    after = dict(now)
    for action, start in actions:
        after.update(_last(moved_facts(action, start, after, months, central_amounts(action))))
    moved = {name: value for name, value in after.items() if value is not now[name]}
    gained = gains(pack, parameters, now, moved, (carried, told))
    return Central(
        pack=pack,
        own=frozenset(told) | frozenset(moved),
        parameters=parameters,
        usual=usual,
        now=now,
        after=after,
        line=float(held.line),
        headroom=float(held.headroom),
        base=float(held.line + held.headroom + sum(ordinary.values())),
        added=_added(held, carried, ordinary, gained),
    )


def _added(
    held: Limit, carried: Mapping[str, Value], ordinary: Mapping[str, Value], gained: Mapping[str, Value]
) -> dict[str, float]:
    names = dict.fromkeys((*held.standing, *carried, *gained))
    parts = {
        name: held.standing.get(name, 0.0) + carried.get(name, 0.0) - ordinary.get(name, 0.0) + gained.get(name, 0.0)
        for name in names
    }
    return {name: float(value) for name, value in parts.items()}


def _last(paths: Mapping[str, Value]) -> dict[str, Value]:
    return {name: float(np.ravel(path)[-1]) for name, path in paths.items()}
