"""Yearly rates of random schedules against plain bisection; the long run is a soak test of a hundred thousand."""

import datetime as dt
import math
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest

from simulator.cost import cost
from simulator.offers import CostQuestion, Fee, Method, Payment, Rate
from simulator.results import Cost

METHODS: tuple[Method, ...] = (
    *("equal_instalment", "equal_principal", "interest_first", "bullet", "interest_first_6", "custom"),
)
CLOSE = 1e-9


def any_question(chance: np.random.Generator) -> CostQuestion:
    """A loan of any kind: from a hundred yuan to a million, from a month to ten years, up to 60 per cent a year."""
    amount = Decimal(round(100 * 10 ** (4 * chance.random()), 2)).quantize(Decimal("0.01"))
    start = dt.date(2020, 1, 1) + dt.timedelta(days=int(chance.integers(2500)))
    method = METHODS[chance.integers(len(METHODS))]
    if method == "custom":
        return CostQuestion(amount, start, "custom", payments=any_payments(chance, float(amount), start))
    months = int(chance.integers(7 if method == "interest_first_6" else 1, 61 if chance.random() < 0.9 else 121))
    yearly = 0.6 * chance.random()
    per, times = (("day", 365), ("month", 12), ("year", 1))[chance.integers(3)]
    rate = Rate(Decimal(repr(round(yearly / times, 8))), per)
    return CostQuestion(amount, start, method, months, rate, fees=any_fees(chance))


def any_fees(chance: np.random.Generator) -> tuple[Fee, ...]:
    fees = []
    if chance.random() < 0.3:
        fees.append(Fee("start", share=Decimal(repr(round(0.05 * chance.random(), 4)))))
    if chance.random() < 0.3:
        fees.append(Fee("each", share=Decimal(repr(round(0.005 * chance.random(), 5)))))
    return tuple(fees)


def any_payments(chance: np.random.Generator, amount: float, start: dt.date) -> tuple[Payment, ...]:
    """Payments on any days that give back between the amount and twice as much."""
    days = np.sort(chance.choice(np.arange(20, 2000), size=int(chance.integers(1, 37)), replace=False))
    parts = chance.random(len(days)) + 0.05
    paid = amount * (1.0 + chance.random()) * parts / parts.sum()
    return tuple(
        Payment(start + dt.timedelta(days=int(day)), Decimal(round(float(one) + 0.01, 2)).quantize(Decimal("0.01")))
        for day, one in zip(days, paid, strict=True)
    )


def bisected(worth: Callable[[float], float], received: float) -> float:
    """The rate at which a falling present value is what was received, halved down to neighbouring numbers."""
    low, high = -0.9999, 1.0
    while worth(high) > received:
        high *= 2.0
    while True:
        middle = (low + high) / 2.0
        if middle in {low, high}:
            return middle
        low, high = (middle, high) if worth(middle) > received else (low, middle)


def check_rates(question: CostQuestion) -> float:
    """The greatest error of the yearly rates of one offer, as a share of what they are above one."""
    found = cost(question)
    amounts = np.array([float(row.payment) for row in found.schedule])
    days = np.array([(row.date - question.start).days for row in found.schedule], np.float64)
    received = float(found.received)
    effective = bisected(lambda rate: float(amounts @ np.exp(-days / 365.0 * math.log1p(rate))), received)
    errors = [error(found.irr_effective, effective)]
    if question.method not in {"custom", "bullet"} and found_monthly(found, question):
        months = np.arange(1, len(amounts) + 1)
        monthly = bisected(lambda rate: float(amounts @ np.exp(-months * math.log1p(rate))), received)
        errors.append(error(found.irr_nominal, 12.0 * monthly))
    return max(errors)


def found_monthly(found: Cost, question: CostQuestion) -> bool:
    """Whether payments fall on the same day of every month, so that the unit is a month without fractions."""
    return question.start.day <= 28 and len(found.schedule) > 1


def error(found: float | None, right: float) -> float:
    return math.inf if found is None else abs(found - right) / max(1.0, abs(right))


def test_rates_of_random_schedules_are_those_of_bisection() -> None:
    """Effective and nominal rates of two hundred loans, to a billionth, with no failure."""
    chance = np.random.default_rng(11)
    assert max(check_rates(any_question(chance)) for _ in range(200)) < CLOSE


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_rates_of_a_hundred_thousand_schedules_are_those_of_bisection() -> None:
    """The same on a hundred thousand."""
    chance = np.random.default_rng(12)
    assert max(check_rates(any_question(chance)) for _ in range(100_000)) < CLOSE
