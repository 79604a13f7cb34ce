"""Measures: what the lender looks at, worked out from facts; a plain fact measures itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.shapes import Value


def measured(name: str, state: Mapping[str, Value]) -> Value:
    """The value of a measure, or of the fact with that name, in one state of all facts."""
    derive = DERIVED.get(name)
    return state[name] if derive is None else derive[1](state)


def inputs(name: str) -> tuple[str, ...]:
    """The facts that a measure is worked out from."""
    derive = DERIVED.get(name)
    return (name,) if derive is None else derive[0]


def _clean_streak(state: Mapping[str, Value]) -> Value:
    return state["on_time_months"] * (1.0 - state["overdue_now"])


def _utilisation(state: Mapping[str, Value]) -> Value:
    return state["used_balance"] / np.maximum(state["current_line"], 1.0)


def _income_share(state: Mapping[str, Value]) -> Value:
    return state["monthly_debt_service"] / np.maximum(state["monthly_income"], 1.0)


def _margin_share(state: Mapping[str, Value]) -> Value:
    earned = state["monthly_turnover"] * np.maximum(state["gross_margin"], 0.02)
    return state["monthly_debt_service"] / np.maximum(earned, 1.0)


def _cash_cycle(state: Mapping[str, Value]) -> Value:
    return state["inventory_days"] + state["receivable_days"] - state["payable_days"]


DERIVED: Mapping[str, tuple[tuple[str, ...], Callable[[Mapping[str, Value]], Value]]] = {
    "clean_streak": (("on_time_months", "overdue_now"), _clean_streak),
    "utilisation": (("used_balance", "current_line"), _utilisation),
    "debt_service_ratio": (("monthly_debt_service", "monthly_income"), _income_share),
    "debt_service_over_margin": (("monthly_debt_service", "monthly_turnover", "gross_margin"), _margin_share),
    "cash_cycle": (("inventory_days", "receivable_days", "payable_days"), _cash_cycle),
}
