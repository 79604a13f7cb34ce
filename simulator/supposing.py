"""Supposing one unknown fact were told: the answers it may have, and what each would add to score and ceilings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import ceilings, facts_used, policy_ceiling
from simulator.reviewing import rated_reviews
from simulator.sampling import reference_state
from simulator.scoring import drifts, leanings, priced, touched

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.sampling import BoolArray
    from simulator.shapes import FloatArray, Value
    from simulator.tapes import Tapes

_LEAST = 1e-9
_PARTS = (0.05, 0.2, 0.5, 0.8, 0.95)  # shares of the draws at which one answer ends and the next begins


@dataclass(frozen=True, slots=True)
class Supposed:
    """What every answer to one question would change; doublings by answer, month (or one for all) and draw.

    ``chances`` says how likely each answer is. ``layers`` are gains of score and ceilings, in the order of the layers
    of a tape and without those that stay as they are, ``roof`` the policy ceiling with each answer, ``reviews`` the
    months with a review that an answer brings; None where nothing changes.
    """

    chances: FloatArray
    layers: tuple[FloatArray, ...]
    roof: FloatArray | None
    reviews: BoolArray | None


def answers(drawn: Value) -> tuple[FloatArray, FloatArray]:
    """A few values that stand for all draws of a fact, and the share of the draws that each stands for.

    Flags and small counts keep their very values. Of other facts each value is the mean of one part of the draws;
    parts are smaller towards both ends, because rare answers often change most.
    """
    ordered = np.sort(np.asarray(drawn, dtype=np.float64).ravel())
    values, counts = np.unique(ordered, return_counts=True)
    if len(values) > len(_PARTS) + 1:
        edges = ordered[np.maximum(np.array(_PARTS) * len(ordered), 1.0).astype(np.intp) - 1]
        ends = np.append(np.searchsorted(ordered, edges, side="right"), len(ordered))
        ends = ends[np.append(True, ends[1:] != ends[:-1])]
        starts = np.append(0, ends[:-1])
        counts = ends - starts
        values = np.add.reduceat(ordered, starts) / counts
    return values, counts / len(ordered)


class Supposing:
    """One borrower's tapes, and what they would be with one more fact told and every other draw left as it is."""

    def __init__(self, tapes: Tapes, luck: Luck) -> None:
        self._tapes = tapes
        self._luck = luck
        self._usual = reference_state(tapes.pack, tapes.state["current_line"])
        self._ceilings = ceilings(tapes.pack.kind, tapes.parameters, tapes.state)
        self._standing = self._standings(tapes.pack, tapes.state, tapes.told)

    def told(self, fact: str) -> Supposed | None:
        """What the answers to the question after a fact would change; None where the line never follows it."""
        tapes = self._tapes
        values, chances = answers(tapes.state[fact])
        changed = self._changed(fact, values[:, None, None])
        state, known = {**tapes.state, **changed}, {*tapes.told, fact}
        layers = [self._score(changed, state, known), *self._moved_ceilings(changed, state)]
        if len(values) == 1 or not any(np.any(layer) for layer in layers):
            return None
        layers = [layer if layer.ndim == 3 else np.zeros((len(values), 1, 1)) for layer in layers]
        return Supposed(chances, tuple(layers), self._roof(changed, state), self._reviews(changed, state))

    def _changed(self, fact: str, values: FloatArray) -> dict[str, Value]:
        """The fact's values, and those of unknown facts that are believed to be multiples of it."""
        tapes = self._tapes
        changed: dict[str, Value] = {fact: values}
        for prior in tapes.pack.priors.values():
            if prior.of in changed and prior.fact not in tapes.told and prior.fact != fact:
                before = np.maximum(tapes.state[prior.of], _LEAST)
                changed[prior.fact] = tapes.state[prior.fact] / before * changed[prior.of]
        return changed

    def _score(self, changed: Mapping[str, Value], state: Mapping[str, Value], known: Container[str]) -> FloatArray:
        pack = self._tapes.pack
        names = {factor.name for factor in touched(pack, changed)}
        if any(factor.only_known and factor.name in names for factor in pack.factors):
            names |= {factor.name for factor in pack.factors if factor.mediated}
        chosen = tuple(factor for factor in pack.factors if factor.name in names or factor.only_known)
        after = self._standings(replace(pack, factors=chosen), state, known) if names else {}
        gained: Value = sum((value - self._standing.get(name, 0.0) for name, value in after.items()), 0.0)
        return np.asarray(gained, dtype=np.float64)

    def _standings(self, pack: Pack, state: Mapping[str, Value], known: Container[str]) -> dict[str, Value]:
        """Doublings by factor: what it adds now and by going on as before."""
        parameters = self._tapes.parameters
        leaning = leanings(pack, parameters, state, self._usual, known)
        standing = priced(pack, parameters, leaning, known)
        for name, grown in drifts(pack, parameters, state, self._tapes.months).items():
            standing[name] = standing[name] + grown
        return standing

    def _moved_ceilings(self, changed: Mapping[str, Value], state: Mapping[str, Value]) -> tuple[FloatArray, ...]:
        tapes = self._tapes
        if not any(name in changed for name in facts_used(tapes.pack.kind)):
            return ()
        after = ceilings(tapes.pack.kind, tapes.parameters, state)
        return tuple(np.asarray(new - old) for new, old in zip(after, self._ceilings, strict=True))

    def _roof(self, changed: Mapping[str, Value], state: Mapping[str, Value]) -> FloatArray | None:
        if "monthly_income" not in changed:
            return None
        tapes = self._tapes
        return np.log2(policy_ceiling(tapes.pack.kind, tapes.parameters, state, self._luck.dispute))

    def _reviews(self, changed: Mapping[str, Value], state: Mapping[str, Value]) -> BoolArray | None:
        if "third_party_rating" not in changed:
            return None
        tapes = self._tapes
        return rated_reviews(tapes.parameters, state, self._luck.shocks) & tapes.gate
