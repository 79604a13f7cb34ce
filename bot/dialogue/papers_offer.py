"""Offers as plain data of a spreadsheet: what was told, and every figure that the cards show of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from pydantic import JsonValue

from simulator.cost import cost
from simulator.offers import CostQuestion, Fee
from simulator.results import Instalment


def offer_content(offers: Sequence[CostQuestion], made: dt.date) -> dict[str, JsonValue] | None:
    """One offer or two, with schedules, totals and yearly rates; amounts in yuan, rates as fractions.

    None where an offer follows no rule (payments as given), for then nothing could be worked out anew.
    """
    if any(offer.method == "custom" or offer.rate is None for offer in offers):
        return None
    return {"made": made.isoformat(), "offers": [_offer(offer) for offer in offers]}


def _offer(offer: CostQuestion) -> JsonValue:
    found = cost(offer)
    return {
        "amount": float(offer.amount),
        "start": offer.start.isoformat(),
        "months": offer.months,
        "rate": 0.0 if offer.rate is None else float(offer.rate.value),
        "per": "year" if offer.rate is None else offer.rate.per,
        "method": offer.method,
        "fee_share": _shares(offer.fees, "start"),
        "fee": _yuan(offer.fees, "start"),
        "each_share": _shares(offer.fees, "each"),
        "each": _yuan(offer.fees, "each"),
        "received": float(found.received),
        "interest": float(found.total_interest),
        "fees": float(found.total_fees),
        "total": float(found.total_cost),
        "daily": float(found.daily_interest),
        "nominal": found.irr_nominal,
        "effective": found.irr_effective,
        "simple": found.simple_rate,
        "ceiling": found.ceiling.rate,
        "lines": [_line(line) for line in found.schedule],
    }


def _line(line: Instalment) -> JsonValue:
    return {
        "date": line.date.isoformat(),
        "payment": float(line.payment),
        "principal": float(line.principal),
        "interest": float(line.interest),
        "fee": float(line.fee),
        "balance": float(line.balance),
    }


def _shares(fees: Sequence[Fee], when: str) -> float:
    return float(sum((fee.share or Decimal(0) for fee in fees if fee.when == when), Decimal(0)))


def _yuan(fees: Sequence[Fee], when: str) -> float:
    return float(sum((fee.amount or Decimal(0) for fee in fees if fee.when == when), Decimal(0)))
