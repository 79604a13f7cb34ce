"""Repayment schedules to the fen: the five usual methods, custom payments, and what is left after an early repayment.

Conventions. Due dates are the start day of each month, or the month's last day where it is shorter. A rate per day
accrues by actual days (first counted, last not), a rate per month by months, a rate per year by twelfths of it.
Each instalment is rounded half-up; the last one takes the residue of principal and of interest.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Literal, TypeAlias

from simulator.amounts import NOTHING, exact
from simulator.money import to_fen
from simulator.offers import DAYS_IN_YEAR, MONTHS_IN_YEAR, CostQuestion, Rate
from simulator.unit_periods import add_months
from simulator.yearly_rates import Flow, effective_rate

_INTEREST_ONLY_MONTHS = 6

_FEN = Decimal("0.01")

Style = Literal["level", "even", "interest"]
_STYLES: dict[str, Style] = {"equal_instalment": "level", "equal_principal": "even"}


@dataclass(frozen=True, slots=True)
class Period:
    """One stretch between due dates: its end, interest per yuan owed, and its length in years as interest counts it."""

    end: dt.date
    factor: Decimal
    years: Decimal


Part: TypeAlias = tuple[Style, Sequence[Period]]


@dataclass(frozen=True, slots=True)
class Row:
    """One due date before fees: principal and interest paid and the balance before them, yuan to the fen."""

    period: Period
    before: Decimal
    principal: Decimal
    interest: Decimal

    @property
    def after(self) -> Decimal:
        """What is still owed once this row is paid."""
        return self.before - self.principal


def periods_of(question: CostQuestion) -> tuple[Period, ...]:
    """The stretches of a loan: months with the interest each brings, or the gaps between custom payments.

    Interest between custom payments is the one that the payments themselves imply. Raises ValueError where a rate
    or months are missing, or custom payments are missing, out of order, or not after the start.
    """
    if question.method == "custom":
        return _custom_periods(question)
    if question.rate is None or question.months < 1:
        raise ValueError("a rate and at least one month are needed")
    ends = [add_months(question.start, n) for n in range(question.months + 1)]
    return tuple(_month_period(first, last, question.rate) for first, last in pairwise(ends))


def schedule(question: CostQuestion, periods: Sequence[Period]) -> tuple[Row, ...]:
    """All rows of a loan, in order of their dates."""
    if question.method == "custom":
        return tuple(_given_rows(periods, [payment.amount for payment in question.payments], question.amount))
    return rows_left(question, periods, question.amount, done=0)


def rows_left(question: CostQuestion, periods: Sequence[Period], owed: Decimal, *, done: int) -> tuple[Row, ...]:
    """The rows still to come when ``owed`` yuan are left after ``done`` periods.

    The same end date with smaller instalments; a custom contract keeps its payments until nothing is owed.
    """
    if owed <= NOTHING:
        return ()
    left = periods[done:]
    if question.method == "custom":
        return tuple(_shortened_rows(left, [payment.amount for payment in question.payments[done:]], owed))
    if question.method == "bullet":
        return _rows([("interest", [merged(left)])], owed)
    if question.method == "interest_first_6":
        turn = max(min(_INTEREST_ONLY_MONTHS, len(periods) - 1) - done, 0)
        return _rows([("interest", left[:turn]), ("level", left[turn:])], owed)
    return _rows([(_STYLES.get(question.method, "interest"), left)], owed)


def merged(periods: Sequence[Period]) -> Period:
    """Several periods as one, interest not compounded, as a bullet loan counts them."""
    factor = sum((period.factor for period in periods), Decimal(0))
    return Period(periods[-1].end, factor, sum((period.years for period in periods), Decimal(0)))


def _month_period(first: dt.date, last: dt.date, rate: Rate) -> Period:
    if rate.per == "day":
        days = Decimal((last - first).days)
        return Period(last, rate.value * days, days / DAYS_IN_YEAR)
    return Period(last, rate.yearly() / MONTHS_IN_YEAR, Decimal(1) / MONTHS_IN_YEAR)


def _custom_periods(question: CostQuestion) -> tuple[Period, ...]:
    dates = [question.start, *(payment.date for payment in question.payments)]
    if len(dates) == 1 or dates[1] <= dates[0] or any(second < first for first, second in pairwise(dates)):
        raise ValueError("custom payments must be in order and after the start")
    flows = [Flow(payment.date, float(payment.amount), 0, 0.0) for payment in question.payments]
    rate = effective_rate(float(question.amount), question.start, flows) or 0.0
    return tuple(_custom_period(first, last, rate) for first, last in pairwise(dates))


def _custom_period(first: dt.date, last: dt.date, rate: float) -> Period:
    years = Decimal((last - first).days) / DAYS_IN_YEAR
    return Period(last, exact((1.0 + rate) ** float(years) - 1.0), years)


def _rows(parts: Sequence[Part], owed: Decimal) -> tuple[Row, ...]:
    """Rows of consecutive parts, each rounded; the last takes what is left of principal and of rounding interest."""
    rows: list[Row] = []
    end = sum(len(periods) for _, periods in parts)
    for style, periods in parts:
        instalment = to_fen(_instalment(style, periods, owed))
        for period in periods:
            interest = to_fen(owed * period.factor)
            wanted = _principal(style, instalment, interest)
            rows.append(Row(period, owed, owed if len(rows) + 1 == end else min(max(wanted, NOTHING), owed), interest))
            owed = rows[-1].after
    residue = to_fen(_unrounded_interest(parts, rows[0].before)) - sum((row.interest for row in rows), NOTHING)
    if abs(residue) > _FEN * end or rows[-1].interest + residue < NOTHING:
        return tuple(rows)  # more than a fen an instalment is no rounding: the instalment itself was too coarse
    return (*rows[:-1], replace(rows[-1], interest=rows[-1].interest + residue))


def _unrounded_interest(parts: Sequence[Part], owed: Decimal) -> Decimal:
    total = Decimal(0)
    for style, periods in parts:
        instalment = _instalment(style, periods, owed)
        if style == "level":
            total += instalment * len(periods) - owed  # month by month, steep rates would magnify the last digits
        else:
            for period in periods:
                total += owed * period.factor
                owed -= instalment
    return total


def _instalment(style: Style, periods: Sequence[Period], owed: Decimal) -> Decimal:
    """The payment that repays all in equal parts (interest included), the equal part of principal, or nothing."""
    if style == "interest" or not periods:
        return Decimal(0)
    if style == "even":
        return owed / len(periods)
    discount, annuity = Decimal(1), Decimal(0)
    for period in periods:
        discount /= 1 + period.factor
        annuity += discount
    return owed / annuity


def _principal(style: Style, instalment: Decimal, interest: Decimal) -> Decimal:
    return instalment - interest if style == "level" else instalment


def _given_rows(periods: Sequence[Period], amounts: Sequence[Decimal], owed: Decimal) -> Iterator[Row]:
    """Rows of the payments as given; where one does not cover its interest, the balance grows.

    A balance is what the payments still to come are worth: worked out from the end, so that no rounding grows.
    """
    left = [Decimal(0)]
    for period, amount in zip(reversed(periods), reversed(amounts), strict=True):
        left.append((left[-1] + amount) / (1 + period.factor))
    balances = [owed, *(to_fen(balance) for balance in left[-2::-1])]
    for period, amount, (before, after) in zip(periods, amounts, pairwise(balances), strict=True):
        yield Row(period, before, before - after, amount - (before - after))


def _shortened_rows(periods: Sequence[Period], amounts: Sequence[Decimal], owed: Decimal) -> Iterator[Row]:
    """Rows of the payments as given until nothing is owed any more."""
    for n, (period, amount) in enumerate(zip(periods, amounts, strict=True), start=1):
        interest = to_fen(owed * period.factor)
        principal = owed if n == len(amounts) else min(owed, amount - interest)
        if owed > NOTHING:
            yield Row(period, owed, principal, interest)
        owed -= principal
