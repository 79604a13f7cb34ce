"""Offers that were answered card by card, in the simulator's terms, and two of them at the same cash in hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import path, value_of
from bot.dialogue.scene import Scene
from simulator.money import to_fen
from simulator.offers import CostQuestion, Fee, Payment
from simulator.reading_cost import read_cost_question
from simulator.unit_periods import add_months
from simulator.vocabulary import FactValue, Problem

USUAL_RATE = 0.0005
"""A common quotation, a fraction a day: what a loan is reckoned with whose rate and instalment nobody knows."""

AT_THE_SAME = ("amount",)
"""What the other offer takes over from the first where it was skipped."""

MOST_MONTHS = 600
"""The longest term that a schedule is made for."""

LEAST_WITH_INTEREST_FIRST = 7
"""The shortest term of a loan whose first six months bear interest only."""

Told = Mapping[str, FactValue]


def asked_offer(who: Conversation, scene: Scene, about: str = "cost") -> CostQuestion | str:
    """An offer in the simulator's terms, or what keeps it from being worked out.

    Only answers on the present path count. ``about`` is ``cost``, ``second`` (the other offer) or ``afford``. What
    keeps it is a code: amount, rate, no_rate, months, too_few_months, payments, fees, method or lender.
    """
    told = _told(who, scene, about)
    if "rate" not in told and "payment" not in told and about != "afford":
        return "no_rate"
    read = read_cost_question(_document(told, scene.now.date()))
    return read if isinstance(read, CostQuestion) else _why(read[0], told)


def of_equal_cash(first: CostQuestion, second: CostQuestion) -> CostQuestion:
    """The second offer at an amount that puts as much cash into the hand as the first does; shares and rates stay."""
    wanted, offered = _received(first), _received(second)
    if wanted == offered:
        return second
    scale = wanted / offered
    return replace(
        second,
        amount=to_fen(second.amount * scale),
        fees=tuple(Fee(fee.when, share=fee.charged(second.amount) / second.amount) for fee in second.fees),
        payments=tuple(Payment(one.date, to_fen(one.amount * scale)) for one in second.payments),
    )


def _received(offer: CostQuestion) -> Decimal:
    return offer.amount - offer.fees_when("start")


def _told(who: Conversation, scene: Scene, about: str) -> Told:
    """What was answered about an offer, by the plain name of each thing; skipped things are not there."""
    asked = {question.id for question in path(who, scene.library)}
    told = {name.removeprefix(f"{about}_"): value_of(who, name) for name in asked if name.startswith(f"{about}_")}
    if about == "second":
        told |= {name: value_of(who, f"cost_{name}") for name in AT_THE_SAME if told.get(name) is None}
    if about == "afford":
        told["rate"] = value_of(who, "cost_rate")
    return {name: value for name, value in told.items() if value is not None}


def _document(told: Told, start: dt.date) -> dict[str, object]:
    months = _whole(told.get("months"))
    document: dict[str, object] = {"amount": told.get("amount"), "start": start.isoformat(), "fees": _fees(told)}
    document["lender"] = told.get("lender", "unknown")
    if "rate" not in told and "payment" in told:
        ends = [add_months(start, n).isoformat() for n in range(1, min(months or 0, MOST_MONTHS + 1) + 1)]
        return {**document, "method": "custom", "payments": [{"date": end, "amount": told["payment"]} for end in ends]}
    method = told.get("method", "equal_instalment")
    return {**document, "method": method, "months": months, "rate": _rate(told.get("rate", f"{USUAL_RATE}/day"))}


def _fees(told: Told) -> list[dict[str, object]]:
    shares = {"start": told.get("fee_share"), "each": told.get("fee_each")}
    return [{"when": when, "share": share} for when, share in shares.items() if isinstance(share, float) and share > 0]


def _whole(months: FactValue | None) -> int | None:
    """Months as a schedule counts them: a part of the first counts whole, and none is none."""
    if not isinstance(months, int | float):
        return None
    return 1 if 0 < months < 1 else round(months)


def _rate(value: FactValue) -> dict[str, object]:
    if isinstance(value, str):
        number, _, per = value.partition("/")
        return {"value": float(number), "per": per}
    return {"value": value, "per": "year"}


def _why(problem: Problem, told: Told) -> str:
    field = problem.field.split(".")[0].split("[")[0]
    if field == "months" and told.get("method") == "interest_first_6" and (_whole(told.get("months")) or 0) > 0:
        return "too_few_months"
    if field == "payments" and not 0 < (_whole(told.get("months")) or 0) <= MOST_MONTHS:
        return "months"
    return field
