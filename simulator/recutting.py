"""Tapes cut anew after some facts are told: only what follows these facts is worked out again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import ceilings, facts_used, policy_ceiling
from simulator.limit import Limit
from simulator.money import to_parts
from simulator.preparing import cut_tapes, layers_of
from simulator.regimes import frozen_months
from simulator.reviewing import rated_reviews
from simulator.sampling import draw_state, reference_state
from simulator.scoring import drifts, leanings, priced, touched

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.shapes import Value
    from simulator.tapes import Tapes


def recut(tapes: Tapes, luck: Luck, facts: Mapping[str, Value]) -> Tapes:
    """The tapes of the same borrowers with some facts told, or told otherwise; equal to cutting them from the start.

    Args:
        tapes: cut on the same luck.
        luck: every random number.
        facts: what is told now; everything told before still is.
    """
    pack, told = tapes.pack, {**tapes.told, **facts}
    moved = _moved(pack, told, facts)
    if "current_line" in moved:
        return cut_tapes(told, pack, luck)
    kept = {name: value for name, value in tapes.state.items() if name not in moved}
    state = draw_state({**kept, **facts}, pack, luck.traits)
    own = replace(pack, factors=touched(pack, moved))
    carried = {**tapes.drifts, **drifts(own, tapes.parameters, state, tapes.months)}
    held = _held(tapes, own, (told, state), moved, luck)
    return replace(
        tapes,
        told=told,
        state=state,
        drifts=carried,
        held=held,
        layers=layers_of(held, carried, luck.platform),
        raising=luck.platform.gate & (tapes.cutting | rated_reviews(tapes.parameters, state, luck.shocks)),
        roof=np.broadcast_to(to_parts(held.policy), (tapes.draws,)),
        balance=np.broadcast_to(np.minimum(state["used_balance"], tapes.start_yuan), (tapes.draws,)),
        frozen=frozen_months(tapes.parameters, state, luck.shocks) if moved & _FREEZING else tapes.frozen,
    )


_FREEZING = {"overdue_now", "anomaly_flag"}


def _moved(pack: Pack, told: Container[str], facts: Container[str]) -> set[str]:
    """The facts that are told now, and the unknown ones that are believed to follow them."""
    moved = {name for name in pack.priors if name in facts}
    for prior in pack.priors.values():
        if prior.fact not in told and (prior.of in moved or (prior.line_power and "current_line" in moved)):
            moved.add(prior.fact)
    return moved


def _held(
    tapes: Tapes, own: Pack, now: tuple[Container[str], Mapping[str, Value]], moved: set[str], luck: Luck
) -> Limit:
    """What holds the line now; ``own`` is the pack with only the factors that follow the moved facts."""
    pack, parameters, held = tapes.pack, tapes.parameters, tapes.held
    known, state = now
    usual = reference_state(pack, state["current_line"])
    both = {**held.leaning, **leanings(own, parameters, state, usual, known)}
    leaning = {factor.name: both[factor.name] for factor in pack.factors if factor.name in both}
    limited = not moved.isdisjoint(facts_used(pack.kind))
    return Limit(
        line=held.line,
        headroom=held.headroom,
        leaning=leaning,
        standing=priced(pack, parameters, leaning, known),
        ceilings=ceilings(pack.kind, parameters, state) if limited else held.ceilings,
        policy=np.log2(policy_ceiling(pack.kind, parameters, state, luck.dispute)),
    )
