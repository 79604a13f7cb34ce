"""Facts, pack and parameter draws in; target lines out. Vectorised over draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import LAYERS, LEAST, ceiling_part, ceilings, policy_ceiling
from simulator.sampling import reference_state
from simulator.scoring import leanings, priced, worth
from simulator.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from simulator.policy import Pack
    from simulator.shapes import Value

MEANS_AT_MOST = 2.0  # actions together may at most double what a borrower earns within a horizon


@dataclass(frozen=True, slots=True)
class Limit:
    """What holds one line, in doublings of a yuan: the score, the ceilings of the kind, the policy ceiling.

    ``leaning`` is how far each factor stands from an ordinary client with the same line, in units of its weight;
    ``standing`` is what that adds to the score, in doublings.
    """

    line: Value
    headroom: Value
    leaning: Mapping[str, Value]
    standing: Mapping[str, Value]
    ceilings: tuple[Value, ...]
    policy: Value

    @property
    def score(self) -> Value:
        """The visible line, the headroom above it, and what the facts add."""
        return self.line + self.headroom + sum(self.standing.values())


def limit(
    known: Container[str], pack: Pack, parameters: Mapping[str, Value], state: Mapping[str, Value], dispute: Value
) -> Limit:
    """The limit of one state of all facts, for one draw of the parameters or for many.

    Args:
        known: names of the facts that have been told.
        pack: the product's factors and priors.
        parameters: a value, or one per draw, for each parameter of the pack.
        state: a value, or one per draw, for each fact of the kind, in the unit of its fact.
        dispute: a uniform number that settles whether a disputed policy ceiling holds.
    """
    usual = reference_state(pack, state["current_line"])
    leaning = leanings(pack, parameters, state, usual, known)
    return Limit(
        line=np.log2(np.maximum(state["current_line"], pack.floor)),
        headroom=parameters["headroom"],
        leaning=leaning,
        standing=priced(pack, parameters, leaning, known),
        ceilings=ceilings(pack.kind, parameters, state),
        policy=np.log2(policy_ceiling(pack.kind, parameters, state, dispute)),
    )


def room(pack: Pack, parameters: Mapping[str, Value], state: Mapping[str, Value]) -> dict[str, Value]:
    """The most that actions together can add to each factor and each ceiling, in doublings.

    Actions add up one by one; this is where two of them that improve the same fact stop adding.
    """
    most: dict[str, Value] = {}
    for factor in pack.factors:
        best = {**state, factor.fact: factor.best, "overdue_now": 0.0}
        most[factor.name] = np.maximum(worth(factor, parameters, best) - worth(factor, parameters, state), 0.0)
    before = ceilings(pack.kind, parameters, state)
    after = ceilings(pack.kind, parameters, {**state, **_best_means(pack.kind, state)})
    for name, new, old in zip(LAYERS[pack.kind], after, before, strict=True):
        most[ceiling_part(name)] = np.maximum(new - old, 0.0)
    return most


def central_parameters(pack: Pack, preset: str) -> dict[str, Value]:
    """Every parameter of a preset at its central value."""
    return {name: one.value for name, one in pack.presets[preset].items()}


def _best_means(kind: Kind, state: Mapping[str, Value]) -> dict[str, Value]:
    if kind is Kind.PERSON:
        income = MEANS_AT_MOST * state["monthly_income"]
        return {"verified_income_share": 1.0, "monthly_debt_service": 0.0, "monthly_income": income}
    return {
        "verified_turnover_share": 1.0,
        "monthly_debt_service": 0.0,
        "other_debt_balance": 0.0,
        "monthly_turnover": np.maximum(MEANS_AT_MOST * state["monthly_turnover"], LEAST),
        "gross_margin": np.maximum(state["gross_margin"], 0.0) * MEANS_AT_MOST,
    }
