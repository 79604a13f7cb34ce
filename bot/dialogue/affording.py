"""What a new loan does to a month: an ordinary one, one with less income, one with a surprise, and both at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of, path, value_of
from bot.dialogue.offering import asked_offer
from bot.dialogue.scene import Scene
from simulator.burden import Span, burden, gate, monthly_means
from simulator.cost import cost
from simulator.offers import CostQuestion
from simulator.vocabulary import Facts

Verdict = Literal["burdened", "too_heavy", "tight", "bearable", "unknown"]

WATCHFUL = 0.36
"""Debt service over income from which lenders' own rules begin to look twice."""

INCOME_DOWN = 0.2
"""The part of the income that a bad month lacks, as in the simulator's burden."""

SURPRISE = 0.5
"""An unplanned bill in months of living costs: an assumption, said as such."""

ENOUGH_RESERVE = 3.0
"""Months that a reserve should last, a common rule of households' advisers."""

_MONTHS = ("ordinary", "income_down", "surprise", "both")


@dataclass(frozen=True, slots=True)
class Month:
    """What is left of one kind of month, yuan, at the least: with the debts as they are and with the new loan."""

    name: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Affording:
    """One loan set beside everything else; a figure is None where too little is known.

    ``payment`` is yuan a month, ``last`` the largest instalment of a loan whose instalments differ; the ratios are
    repayments over income before and after; ``reserve`` the months that savings last before and after; ``bridged`` how
    many of the worst months they would bridge; ``assumed`` says that the rate is only a common quotation.
    """

    verdict: Verdict
    gate: tuple[str, ...]
    payment: float
    total: float
    assumed: bool
    before: Span | None
    after: Span | None
    months: tuple[Month, ...]
    reserve: tuple[float, float] | None
    bridged: float | None


def affording(who: Conversation, scene: Scene) -> Affording | str:
    """The weight of the loan that was asked about, or the code of what keeps it from being worked out."""
    offer = asked_offer(who, scene, "afford")
    if not isinstance(offer, CostQuestion):
        return offer
    facts, found = facts_of(who, scene.library), cost(offer)
    payment = max(float(row.payment) for row in found.schedule)
    heavier = _with(facts, payment)
    living = _living(who, scene)
    months = _months(facts, payment, living)
    reserve = _reserve(facts, payment, living)
    before, after = burden(facts).service_ratio, None if heavier is None else burden(heavier).service_ratio
    return Affording(
        verdict=_verdict(facts, heavier, after, months, reserve),
        gate=gate(facts) or (() if heavier is None else gate(heavier)),
        payment=payment,
        total=float(found.total_cost),
        assumed=value_of(who, "cost_rate") is None and offer.method != "custom",
        before=before,
        after=after,
        months=months,
        reserve=reserve,
        bridged=_bridged(facts, living, months),
    )


def _verdict(
    facts: Facts,
    heavier: Facts | None,
    after: Span | None,
    months: tuple[Month, ...],
    reserve: tuple[float, float] | None,
) -> Verdict:
    """Calm and in order of urgency: what is known now, then what the loan would make of it."""
    if gate(facts):
        return "burdened"
    left = {month.name: month.after for month in months}
    if (heavier is not None and gate(heavier)) or left.get("ordinary", 0.0) < 0.0:
        return "too_heavy"
    if after is None or after.low <= WATCHFUL < after.high > after.low:
        return "unknown"
    thin = reserve is None or reserve[1] < ENOUGH_RESERVE
    if after.high > WATCHFUL or (left.get("both", 0.0) < 0.0 and thin):
        return "tight"
    return "bearable"


def _with(facts: Facts, payment: float) -> Facts | None:
    """The facts with the new instalment on top of the others, or None where those were not told."""
    service = facts.number("monthly_debt_service")
    changed = None if service is None else facts.with_value("monthly_debt_service", service + payment)
    return changed if isinstance(changed, Facts) else None


def _living(who: Conversation, scene: Scene) -> float | None:
    """What living, or running the business, takes each month, yuan, as told on this path."""
    names = {question.id for question in path(who, scene.library)} & {"afford_living", "afford_fixed"}
    told = [value for name in names if isinstance(value := value_of(who, name), float)]
    return told[0] if told else None


def _months(facts: Facts, payment: float, living: float | None) -> tuple[Month, ...]:
    income, service = monthly_means(facts), facts.number("monthly_debt_service")
    if income is None or service is None or living is None:
        return ()
    lacking, bill = income.low * INCOME_DOWN, living * SURPRISE
    plain = income.low - service - living
    left = (plain, plain - lacking, plain - bill, plain - lacking - bill)
    return tuple(Month(name, one, one - payment) for name, one in zip(_MONTHS, left, strict=True))


def _reserve(facts: Facts, payment: float, living: float | None) -> tuple[float, float] | None:
    """Months that savings last without any income, before and after: the same yuan against a heavier month."""
    months, service = facts.number("cash_reserve_months"), facts.number("monthly_debt_service")
    if months is None:
        return None
    if service is None or living is None or service + living <= 0.0:
        return (months, months)
    return (months, months * (service + living) / (service + living + payment))


def _bridged(facts: Facts, living: float | None, months: tuple[Month, ...]) -> float | None:
    """How many of the worst months the savings would fill, or None where nothing lacks or too little is known."""
    reserve, service = facts.number("cash_reserve_months"), facts.number("monthly_debt_service")
    if reserve is None or service is None or living is None or not months or months[-1].after >= 0.0:
        return None
    return reserve * (service + living) / -months[-1].after
