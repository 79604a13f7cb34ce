"""A budget for debts: what a month leaves, fair shares for lenders when it is short, and how long repaying takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.burden import Span, burden, monthly_means
from simulator.vocabulary import Facts

LONGEST = 120
"""Months after which repaying counts as going nowhere."""


@dataclass(frozen=True, slots=True)
class Owed:
    """One debt: what is owed in yuan, what is paid on it in yuan a month, its yearly rate as a fraction or None."""

    place: int
    balance: float
    payment: float
    rate: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """What one month leaves, yuan: in an ordinary one and in a bad one; spans where the line's own payment is open.

    ``means`` is what comes in, ``living`` what cannot be saved, ``priority`` payments whose failure costs a home, power
    or a court order, ``others`` all other payments; ``free`` is left for these others once the rest is paid.
    """

    means: float
    living: float
    priority: float
    others: Span
    left: Span
    bad_left: Span | None
    free: float


def month_of(facts: Facts, living: float, priority: float) -> Month | None:
    """What a month of this borrower leaves; None where income or repayments are unknown.

    Args:
        facts: the income (or turnover and margin), the repayments elsewhere, and the balance of the line if told.
        living: yuan a month that cannot be saved.
        priority: yuan a month of the repayments elsewhere that come first.
    """
    income, service = monthly_means(facts), facts.number("monthly_debt_service")
    if income is None or service is None:
        return None
    weight, means = burden(facts), income.low
    whole = weight.service_ratio_with_line
    total = Span(service, service) if whole is None else Span(whole.low * income.high, whole.high * income.low)
    first = min(priority, service)
    bad = weight.bad_month_left
    return Month(
        means=means,
        living=living,
        priority=first,
        others=Span(total.low - first, max(total.low, total.high) - first),
        left=Span(means - living - max(total.low, total.high), means - living - total.low),
        bad_left=None if bad is None else Span(bad.low - living, bad.high - living),
        free=max(0.0, means - living - first),
    )


def shares(available: float, owed: Sequence[Owed]) -> tuple[float, ...]:
    """Whole yuan a month for each debt in fair parts: by what is owed, and none above what is due on it.

    Money that one debt cannot take goes to the others in the same way.
    """
    given = [0.0] * len(owed)
    waiting = {place for place, one in enumerate(owed) if one.balance > 0.0}
    left = max(0.0, available)
    while waiting and left > 0.0:
        whole = sum(owed[place].balance for place in waiting)
        parts = {place: left * owed[place].balance / whole for place in waiting}
        full = {place for place in waiting if given[place] + parts[place] >= owed[place].payment}
        for place in full or waiting:
            more = owed[place].payment - given[place] if full else parts[place]
            given[place] += more
            left -= more
        waiting = waiting - full if full else set()
    return tuple(float(int(one + 1e-6)) for one in given)


def dearest_first(owed: Sequence[Owed]) -> tuple[Owed, ...]:
    """The debts in the order in which spare money saves most: the highest rate first, an unknown rate last."""
    return tuple(sorted(owed, key=lambda one: (one.rate is None, -(one.rate or 0.0), one.balance)))


def months_to_clear(owed: Sequence[Owed], monthly: float) -> int | None:
    """Months until all is repaid with so much a month in all, what is spare going to the dearest debt.

    Interest is added monthly at a twelfth of the yearly rate, none where the rate is unknown; None where more than
    ``LONGEST`` months would not do.
    """
    ranked = dearest_first(owed)
    left = [one.balance for one in ranked]
    for month in range(1, LONGEST + 1):
        left = [balance * (1.0 + (one.rate or 0.0) / 12.0) for balance, one in zip(left, ranked, strict=True)]
        spare = monthly
        for place, one in enumerate(ranked):
            paid = min(left[place], one.payment, spare)
            left[place] -= paid
            spare -= paid
        for place, balance in enumerate(left):
            paid = min(balance, spare)
            left[place] -= paid
            spare -= paid
        if sum(left) < 0.01:
            return month
    return None
