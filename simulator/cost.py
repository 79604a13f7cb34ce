"""What borrowing costs: schedule, totals, yearly rates, early repayment, and the ceiling that applies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from simulator.amounts import NOTHING
from simulator.ceilings_of_rate import ceiling_for
from simulator.money import to_fen
from simulator.offers import DAYS_IN_YEAR, CostQuestion
from simulator.prepayment import early_repayment
from simulator.results import Cost, Instalment
from simulator.schedules import Period, Row, periods_of, schedule
from simulator.unit_periods import MONTH, UnitPeriod, common_unit, count_units
from simulator.yearly_rates import Flow, effective_rate, nominal_rate, simple_rate


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two offers side by side: which is cheaper by yearly rate, and which takes fewer yuan in all and how many.

    Yuan compare only offers of the same amount: otherwise ``fewer_yuan`` is None and ``difference`` nothing.
    """

    first: Cost
    second: Cost
    lower_rate: Literal["first", "second", "same"] | None
    fewer_yuan: Literal["first", "second", "same"] | None
    difference: Decimal


def cost(question: CostQuestion) -> Cost:
    """The whole cost of one offer; yearly rates are fractions, with all fees in them.

    ``irr_nominal`` is the period rate times periods a year, ``irr_effective`` compounds by actual days over 365,
    ``simple_rate`` is all costs over the principal really owed. The ceiling is judged by the nominal rate.
    Raises ValueError for a question that no reader would let through.
    """
    periods = periods_of(question)
    rows = schedule(question, periods)
    each, start_fees = question.fees_when("each"), question.fees_when("start")
    received = question.amount - start_fees
    total_interest = sum((row.interest for row in rows), NOTHING)
    total_fees = start_fees + each * len(rows)
    unit, flows = _flows(question, rows, each)
    nominal = nominal_rate(float(received), unit, flows)
    return Cost(
        schedule=_instalments(rows, each),
        received=received,
        total_interest=total_interest,
        total_fees=total_fees,
        total_cost=total_interest + total_fees,
        irr_nominal=nominal,
        irr_effective=effective_rate(float(received), question.start, flows),
        simple_rate=simple_rate(float(total_interest + total_fees), _owed_years(rows)),
        daily_interest=_daily_interest(question, periods),
        early=None if question.early is None else early_repayment(question, question.early, periods, rows),
        ceiling=ceiling_for(question.lender, question.start, nominal),
        quoted_yearly=None if question.rate is None else float(question.rate.yearly()),
        quoted_compounded=None if question.rate is None else question.rate.compounded(),
    )


def compare(first: CostQuestion, second: CostQuestion) -> Comparison:
    """Two offers costed side by side."""
    costs = cost(first), cost(second)
    same_amount = first.amount == second.amount
    totals = [one.total_cost for one in costs]
    rates = [one.irr_effective for one in costs]
    return Comparison(
        first=costs[0],
        second=costs[1],
        lower_rate=None if rates[0] is None or rates[1] is None else _lower(rates[0], rates[1]),
        fewer_yuan=_lower(totals[0], totals[1]) if same_amount else None,
        difference=abs(totals[0] - totals[1]) if same_amount else NOTHING,
    )


def _instalments(rows: Sequence[Row], each: Decimal) -> tuple[Instalment, ...]:
    return tuple(
        Instalment(
            n=n,
            date=row.period.end,
            payment=row.principal + row.interest + each,
            principal=row.principal,
            interest=row.interest,
            fee=each,
            balance=row.after,
        )
        for n, row in enumerate(rows, start=1)
    )


def _flows(question: CostQuestion, rows: Sequence[Row], each: Decimal) -> tuple[UnitPeriod, list[Flow]]:
    """The payments with their place in time: in months by the schedule, or as custom dates make them."""
    if question.method == "custom":
        unit = common_unit(question.start, [row.period.end for row in rows])
        places = [count_units(unit, question.start, row.period.end) for row in rows]
    else:
        unit = MONTH
        last = question.months
        places = [(last if n == len(rows) else n, 0.0) for n in range(1, len(rows) + 1)]
    paid = [float(row.principal + row.interest + each) for row in rows]
    return unit, [Flow(row.period.end, amount, *place) for row, amount, place in zip(rows, paid, places, strict=True)]


def _owed_years(rows: Sequence[Row]) -> float:
    return float(sum((row.before * row.period.years for row in rows), Decimal(0)))


def _daily_interest(question: CostQuestion, periods: Sequence[Period]) -> Decimal:
    """What one day costs while nothing is repaid yet."""
    first = periods[0]
    return to_fen(question.amount * first.factor / (first.years * DAYS_IN_YEAR))


def _lower(one: float | Decimal, other: float | Decimal) -> Literal["first", "second", "same"]:
    if one == other:
        return "same"
    return "first" if one < other else "second"
