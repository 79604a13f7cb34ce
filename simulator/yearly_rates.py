"""Yearly rates of a stream of payments: effective (XIRR), nominal (actuarial, period rate times periods), simple."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyxirr

from simulator.offers import DAYS_IN_YEAR
from simulator.shapes import FloatArray
from simulator.unit_periods import UnitPeriod

_LOWEST, _HIGHEST = -0.99, 1e9
_LARGEST_EXPONENT = 700.0
_STEP = 1e-6  # a longer step than the library's own error means that the rate is no simple root
_DIGITS = 12  # more than anybody reads, fewer than the last bits of a root


@dataclass(frozen=True, slots=True)
class Flow:
    """One payment by the borrower, yuan, and the unit-periods since the money came: whole ones and a fraction."""

    date: dt.date
    amount: float
    whole: int
    fraction: float


def effective_rate(received: float, start: dt.date, flows: Sequence[Flow]) -> float | None:
    """Yearly rate with compounding at which the payments are worth what was received; a year has 365 days.

    None where no such rate exists: nothing was received, nothing is paid, or all on the first day.
    """
    dates, amounts = [start, *(flow.date for flow in flows)], [received, *(-flow.amount for flow in flows)]
    try:
        found = pyxirr.xirr(dates, amounts)
    except pyxirr.InvalidPaymentsError:
        return None
    if found is None or not math.isfinite(found):
        return None
    years = np.array([(flow.date - start).days / DAYS_IN_YEAR for flow in flows])
    return _closer(float(found), received, years, np.array(amounts[1:]))


def nominal_rate(received: float, unit: UnitPeriod, flows: Sequence[Flow]) -> float | None:
    """Rate of one unit-period times the unit-periods of a year, as Regulation Z, Appendix J (b)(8) solves it.

    For even months it is twelve times the monthly internal rate of return. None where no rate exists.
    """
    amounts = np.array([flow.amount for flow in flows])
    whole = np.array([flow.whole for flow in flows])
    fraction = np.array([flow.fraction for flow in flows])

    def excess(rate: float) -> float:
        discount = np.exp(np.minimum(-whole * math.log1p(rate), _LARGEST_EXPONENT)) / (1.0 + fraction * rate)
        return float(amounts @ discount) - received

    with np.errstate(over="ignore"):  # payments worth more than any number are worth enough
        root = _falling_root(excess) if received > 0.0 else None
    return None if root is None else round(root * unit.per_year, _DIGITS)


def simple_rate(cost: float, owed_years: float) -> float | None:
    """All costs over the principal really owed: yuan of cost by yuan-years of balance; None where nothing is owed."""
    return cost / owed_years if owed_years > 0.0 else None


def _closer(rate: float, received: float, years: FloatArray, paid: FloatArray) -> float:
    """A rate that the library found to nine digits, by one more of Newton's steps: to all that a double holds."""
    if rate <= -1.0:
        return rate
    with np.errstate(all="ignore"):  # where numbers run out, the step is none, and the library's rate stands
        worth = -paid * np.exp(-years * math.log1p(rate))
        step = float((worth.sum() - received) * (1.0 + rate) / (worth @ years))
    return rate + step if math.isfinite(step) and abs(step) < _STEP * max(1.0, abs(rate)) else rate


def _falling_root(function: Callable[[float], float]) -> float | None:
    """Where a function that falls everywhere crosses zero, by bisection to the last bit; None outside the bounds."""
    low, high = _LOWEST, _HIGHEST
    if function(low) < 0.0 or function(high) > 0.0:
        return None
    while True:
        middle = (low + high) / 2
        if middle in {low, high}:
            return middle
        low, high = (middle, high) if function(middle) > 0.0 else (low, middle)
