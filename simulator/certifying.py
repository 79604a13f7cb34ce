"""Certificates of a search, and the parameters they hold for."""

from __future__ import annotations

from simulator.policy import Pack
from simulator.results import Certificate
from simulator.scheduling import Roster
from simulator.searching import Found, Objective
from simulator.tapes import Tapes

_HASHES: dict[str, tuple[Pack, str]] = {}


def certificate(tapes: Tapes, roster: Roster, objective: Objective, found: Found, hits: int = 0) -> Certificate:
    """What a search proved: hours for so many ``hits`` where effort was the objective, else shares of the paths."""
    least = objective == "least_effort"
    return Certificate(
        best=found.effort if least else max(found.hits, 0) / tapes.draws,
        bound=found.bound if least else found.bound / tapes.draws,
        nodes=found.nodes,
        seed=tapes.seed,
        parameter_hash=_hash_of(tapes.pack),
        objective=objective,
        draws=tapes.draws,
        considered=tuple(action.id for action in roster.actions),
        hits=hits if least else 0,
    )


def _hash_of(pack: Pack) -> str:
    """The pack's hash, worked out once for the pack of a product in use; packs never change once they are read."""
    kept = _HASHES.get(pack.product)
    if kept is None or kept[0] is not pack:
        kept = _HASHES[pack.product] = (pack, pack.parameter_hash())
    return kept[1]
