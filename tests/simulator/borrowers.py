"""Borrowers and packs that the simulator's tests share."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from hypothesis import strategies as st

from simulator.actions import Action, Effect
from simulator.loading import read_packs
from simulator.vocabulary import FACTS, Facts, FactSpec, FactValue, Kind, Unit, check_value, fact_names

PACKS, PROBLEMS = read_packs()
JIEBEI, WANGSHANG = PACKS["jiebei"], PACKS["wangshang"]

CLERK = Facts(
    Kind.PERSON,
    MappingProxyType({
        "current_line": 20_000.0,
        "used_balance": 12_000.0,
        "monthly_income": 9_000.0,
        "monthly_debt_service": 1_200.0,
        "verified_income_share": 0.2,
        "on_time_months": 4.0,
        "draws_per_month": 4.0,
    }),
)
WORKSHOP = Facts(
    Kind.BUSINESS,
    MappingProxyType({
        "current_line": 200_000.0,
        "monthly_turnover": 500_000.0,
        "gross_margin": 0.15,
        "statements_completeness": 0.3,
        "verified_turnover_share": 0.3,
        "debt_to_asset": 0.6,
    }),
)
BORROWERS = ((CLERK, JIEBEI), (WORKSHOP, WANGSHANG))


def action(name: str, *effects: Effect, asks_review: bool = False, lead_months: int = 0) -> Action:
    """An action that costs nothing and needs nothing."""
    kinds = frozenset(Kind)
    return Action(name, kinds, effects, 0.0, 0.0, 0.0, lead_months, (), (), False, True, asks_review, "S")


PROOF = action("proof", Effect("verified_income_share", "to", 1.0, 1.0, 1.0), asks_review=True)
BOOKS = action("books", Effect("statements_completeness", "to", 1.0, 0.8, 1.0), asks_review=True)
HABIT = action("habit", Effect("on_time_months", "by", 6.0, 4.0, 6.0, "ramp", 0, 6))
RESTRAINT = action("restraint", Effect("draws_per_month", "to", 1.0, 1.0, 1.0, "saturating", 1, 2))
THRIFT = action("thrift", Effect("monthly_debt_service", "times", 0.8, 0.7, 0.9), lead_months=1)
ACTIONS = (PROOF, BOOKS, HABIT, RESTRAINT, THRIFT)


def values(spec: FactSpec) -> st.SearchStrategy[FactValue]:
    """Anything a fact may be, its bounds included."""
    if spec.unit is Unit.FLAG:
        return st.booleans()
    if spec.unit is Unit.CHOICE:
        return st.sampled_from(spec.choices)
    return st.sampled_from([spec.low, spec.high]) | st.floats(spec.low, spec.high).map(float)


@st.composite
def borrowers(draw: st.DrawFn, kind: Kind) -> Facts:
    """Any facts of one kind, however odd, as long as each is within its bounds."""
    names = draw(st.lists(st.sampled_from(fact_names(kind)), unique=True))
    return Facts(kind, MappingProxyType({name: draw(values(FACTS[name])) for name in names}))


def changed(facts: Facts, **new: FactValue) -> Facts:
    """The same borrower with some facts told or changed."""
    for name, value in new.items():
        assert check_value(facts.kind, name, value) == value
    return Facts(facts.kind, MappingProxyType({**facts.values, **new}))


def never_below(better: np.ndarray, worse: np.ndarray) -> bool:
    """Whether one set of paths lies at or above another, month by month and path by path."""
    return bool(np.all(better >= worse))
