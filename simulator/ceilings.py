"""Ceilings: how much the lender's rules allow at most, whatever the score says."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from simulator.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.shapes import Value

    Numbers: TypeAlias = Mapping[str, Value]
    Terms: TypeAlias = tuple[tuple[Value, Value], ...]

LEAST = 100.0
"""Yuan: the least that any ceiling is taken to allow, so that logarithms exist."""

PULL_AT_MOST = 3.0
"""Doublings: a ceiling further below the visible line than this pulls no harder, for it is then the wrong rule."""

LAYERS: Mapping[Kind, tuple[str, ...]] = {
    Kind.PERSON: ("affordability",),
    Kind.BUSINESS: ("turnover", "working_capital", "affordability"),
}
"""The ceilings of each kind, in the order of the layers of a tape."""

TOUCHED_BY: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    Kind.PERSON: {
        "documents": ("verified_income_share",),
        "income": ("monthly_income",),
        "debt_service": ("monthly_debt_service",),
    },
    Kind.BUSINESS: {
        "documents": ("verified_turnover_share",),
        "turnover": ("monthly_turnover",),
        "margin": ("gross_margin",),
        "growth": ("turnover_growth",),
        "debt_service": ("monthly_debt_service",),
        "other_debt": ("other_debt_balance",),
        "working_capital": ("receivable_days", "inventory_days", "payable_days"),
    },
}
"""The facts that any of a kind's ceilings looks at, by the reason code that tells them."""

BEST: Mapping[str, float] = {
    "verified_income_share": 1.0,
    "verified_turnover_share": 1.0,
    "monthly_debt_service": 0.0,
    "other_debt_balance": 0.0,
}
"""Where a borrower's own doing can bring the facts of the ceilings; the others are not for them to move."""


def ceilings(kind: Kind, parameters: Numbers, state: Numbers) -> tuple[Value, ...]:
    """The ceilings of one state in doublings of a yuan (log2), in the order of ``LAYERS``.

    A ceiling blocks raises. It pulls an existing line down only as far as ``ceiling_grip``, and only where even
    fully proved means would not carry that line: the visible line shows that the lender once counted more.
    """
    line = np.log2(np.maximum(state["current_line"], LEAST))
    allowed = []
    for now, proved in zip(
        terms(kind, parameters, state), terms(kind, parameters, fully_proved(kind, state)), strict=True
    ):
        blocked, most = (
            np.log2(np.maximum(sum(ours * theirs for ours, theirs in one), LEAST)) for one in (now, proved)
        )
        missing = np.clip(line - most, 0.0, PULL_AT_MOST)
        allowed.append(np.maximum(blocked, line - parameters["ceiling_grip"] * missing))
    return tuple(allowed)


def terms(kind: Kind, parameters: Numbers, state: Numbers) -> tuple[Terms, ...]:
    """What each ceiling of a kind allows (yuan), as products of a number of the lender's and one of the borrower's.

    The sum of a ceiling's products is what it allows; a sum below nothing allows nothing.
    """
    return tuple(rule(parameters, state) for rule in _RULES[kind])


def fully_proved(kind: Kind, state: Numbers) -> Numbers:
    """The same state with all means proved."""
    return {**state, _PROOF[kind]: 1.0}


def ceiling_part(name: str) -> str:
    """The name of a ceiling among the parts of an increment, where factors have their own names."""
    return f"ceiling_{name}"


def facts_used(kind: Kind) -> tuple[str, ...]:
    """The facts that any of a kind's ceilings looks at."""
    return tuple(name for names in TOUCHED_BY[kind].values() for name in names)


def policy_ceiling(kind: Kind, parameters: Numbers, state: Numbers, dispute: Value) -> Value:
    """Yuan above which no raise goes: the regulatory ceiling and, for a person, a prudent multiple of income.

    ``dispute`` is a uniform number: below ``disputed_chance`` the disputed higher ceiling holds. A line that
    already stands higher is left where it is.
    """
    roof = np.where(
        dispute < parameters["disputed_chance"], parameters["disputed_ceiling"], parameters["regulatory_ceiling"]
    )
    if kind is Kind.PERSON:
        roof = np.minimum(roof, parameters["income_multiple"] * state["monthly_income"])
    return np.maximum(np.maximum(roof, LEAST), state["current_line"])


def annuity(yearly_rate: Value, months: Value) -> Value:
    """Yuan of loan that one yuan a month repays over some months at a nominal yearly rate."""
    monthly = yearly_rate / 12.0
    return -np.expm1(-months * np.log1p(monthly)) / monthly


def _counted(parameters: Numbers, share: Value, means: Value, proved: Value) -> Terms:
    """A share of means, of which the lender counts a part unproved and the rest as far as it is proved."""
    floor = parameters["counted_unproved"]
    return (share * floor, means), (share * (1.0 - floor), means * proved)


def _affordable(parameters: Numbers, state: Numbers) -> Terms:
    loan = annuity(parameters["capacity_rate"], parameters["capacity_months"])
    share = parameters["debt_to_income"] * loan
    income, service = state["monthly_income"], state["monthly_debt_service"]
    return *_counted(parameters, share, income, state["verified_income_share"]), (-loan, service)


def _by_turnover(parameters: Numbers, state: Numbers) -> Terms:
    turnover, proved = state["monthly_turnover"], state["verified_turnover_share"]
    return _counted(parameters, parameters["turnover_multiple"], turnover, proved)


def _by_working_capital(parameters: Numbers, state: Numbers) -> Terms:
    """The regulator's estimate of working capital need: yearly sales at cost over turns, less what is there."""
    tied_days = np.maximum(state["inventory_days"] + state["receivable_days"] - state["payable_days"], 0.0)
    sales = 12.0 * state["monthly_turnover"] * np.maximum(1.0 + state["turnover_growth"], 0.0)
    need = sales * (1.0 - state["gross_margin"]) * tied_days / 360.0
    return (1.0 - parameters["own_funds_share"], need), (-1.0, state["other_debt_balance"])


def _by_coverage(parameters: Numbers, state: Numbers) -> Terms:
    earned = state["monthly_turnover"] * np.maximum(state["gross_margin"], 0.0)
    loan = annuity(parameters["capacity_rate"], parameters["capacity_months"])
    share, proved = loan / parameters["coverage_ratio"], state["verified_turnover_share"]
    return *_counted(parameters, share, earned, proved), (-loan, state["monthly_debt_service"])


_PROOF: Mapping[Kind, str] = {
    Kind.PERSON: "verified_income_share",
    Kind.BUSINESS: "verified_turnover_share",
}
_RULES: Mapping[Kind, tuple[Callable[[Numbers, Numbers], Terms], ...]] = {
    Kind.PERSON: (_affordable,),
    Kind.BUSINESS: (_by_turnover, _by_working_capital, _by_coverage),
}
