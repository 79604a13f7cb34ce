"""Costs written as JSON documents: money as numbers of two decimals, rates as fractions a year, dates as text."""

from __future__ import annotations

from typing import Any

from simulator.cost import Comparison
from simulator.results import Ceiling, Cost, Early, Instalment


def cost_document(cost: Cost) -> dict[str, Any]:
    """A cost as the contract writes it."""
    return {
        "schedule": [_instalment(row) for row in cost.schedule],
        "received": float(cost.received),
        "total_interest": float(cost.total_interest),
        "total_fees": float(cost.total_fees),
        "total_cost": float(cost.total_cost),
        "irr_nominal": cost.irr_nominal,
        "irr_effective": cost.irr_effective,
        "simple_rate": cost.simple_rate,
        "quoted_yearly": cost.quoted_yearly,
        "quoted_compounded": cost.quoted_compounded,
        "daily_interest": float(cost.daily_interest),
        "early": None if cost.early is None else _early(cost.early),
        "ceiling": _ceiling(cost.ceiling),
    }


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """Two offers side by side, and which of them is cheaper by rate and in yuan."""
    return {
        "first": cost_document(comparison.first),
        "second": cost_document(comparison.second),
        "lower_rate": comparison.lower_rate,
        "fewer_yuan": comparison.fewer_yuan,
        "difference": float(comparison.difference),
    }


def _instalment(row: Instalment) -> dict[str, Any]:
    money = {name: float(getattr(row, name)) for name in ("payment", "principal", "interest", "fee", "balance")}
    return {"n": row.n, "date": row.date.isoformat(), **money}


def _early(early: Early) -> dict[str, Any]:
    return {
        "after": early.after,
        "date": early.date.isoformat(),
        "amount": float(early.amount),
        "fee": float(early.fee),
        "interest_saved": float(early.interest_saved),
        "saved": float(early.saved),
        "irr_effective": early.irr_effective,
    }


def _ceiling(ceiling: Ceiling) -> dict[str, Any]:
    return {
        "kind": ceiling.kind,
        "rate": ceiling.rate,
        "binds": ceiling.binds,
        "fact": ceiling.fact,
        "nature": ceiling.nature,
        "since": None if ceiling.since is None else ceiling.since.isoformat(),
    }
