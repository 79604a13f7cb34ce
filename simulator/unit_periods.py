"""How time between payments is counted: calendar months, and the unit-periods of the actuarial method.

Source of the rules: United States, Regulation Z (12 CFR 1026), Appendix J, paragraphs (b)(4) and (b)(5).
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

_DAYS_OF_MONTH = 30
_DAYS_OF_WEEK = 7
_DAYS_OF_YEAR = 365
_MONTHS_OF_YEAR = 12
_HALF_MONTH = 15
_COMMON = 2  # an interval met once is not common


@dataclass(frozen=True, slots=True)
class UnitPeriod:
    """The interval a yearly rate is built from: so many months, a half-month, so many days, or one whole term."""

    of: Literal["month", "semimonth", "day", "term"]
    size: int
    per_year: float


def _months(size: int) -> UnitPeriod:
    return UnitPeriod("month", size, _MONTHS_OF_YEAR / size)


def _weeks(size: int) -> UnitPeriod:
    return UnitPeriod("day", size * _DAYS_OF_WEEK, 52 / size)


_SEMIMONTH = UnitPeriod("semimonth", 1, 24.0)
MONTH = _months(1)
_YEAR = _months(_MONTHS_OF_YEAR)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day so many months later (earlier if negative); where the month is shorter, its last day."""
    year, month = divmod(day.year * _MONTHS_OF_YEAR + day.month - 1 + months, _MONTHS_OF_YEAR)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def common_unit(start: dt.date, dates: Sequence[dt.date]) -> UnitPeriod:
    """The unit-period of a loan paid out on ``start`` and repaid on ``dates`` (ascending, after the start).

    The interval met most often, the shorter of equals; where none repeats, their mean; for a single payment
    within a year, the whole term.
    """
    if len(dates) == 1:
        return _single_term(start, dates[0])
    votes = Counter(unit for first, second in pairwise((start, *dates)) for unit in _names(first, second))
    best = max(votes.values(), default=0)
    if best < _COMMON:
        return _mean_unit((dates[-1] - start).days / len(dates))
    return max((unit for unit, count in votes.items() if count == best), key=lambda unit: unit.per_year)


def count_units(unit: UnitPeriod, start: dt.date, day: dt.date) -> tuple[int, float]:
    """Whole unit-periods from ``start`` to ``day``, counted back from the later, and the fraction left over."""
    if unit.of == "term":
        return 1, 0.0
    if unit.of == "day":
        return _parts((day - start).days, unit.size)
    months, odd = _months_back(start, day)
    if unit == MONTH:
        return months, odd / _DAYS_OF_MONTH
    if unit == _YEAR:
        years = months // _MONTHS_OF_YEAR
        return years, (add_months(day, -years * _MONTHS_OF_YEAR) - start).days / _DAYS_OF_YEAR
    length = _HALF_MONTH if unit.of == "semimonth" else unit.size * _DAYS_OF_MONTH
    return _parts(months * _DAYS_OF_MONTH + odd, length)


def _single_term(start: dt.date, end: dt.date) -> UnitPeriod:
    days = (end - start).days
    months, odd = _months_back(start, end)
    if months >= _MONTHS_OF_YEAR:
        return _YEAR
    return UnitPeriod("term", 1, _DAYS_OF_YEAR / days if odd else _MONTHS_OF_YEAR / months)


def _names(first: dt.date, second: dt.date) -> Iterator[UnitPeriod]:
    """Every standard interval that two neighbouring dates may be an instance of."""
    days = (second - first).days
    months = (second.year - first.year) * _MONTHS_OF_YEAR + second.month - first.month
    if days > 0 and days % _DAYS_OF_WEEK == 0 and days < _DAYS_OF_YEAR:
        yield _weeks(days // _DAYS_OF_WEEK)
    if 1 <= months <= _MONTHS_OF_YEAR and second in {add_months(first, months), _last_day(second, first)}:
        yield _months(months)
    if months <= 1 and _half_apart(first, second):
        yield _SEMIMONTH


def _half_apart(first: dt.date, second: dt.date) -> bool:
    same_month = first.month == second.month
    return (second.day if same_month else first.day) - (first.day if same_month else second.day) == _HALF_MONTH


def _last_day(day: dt.date, like: dt.date) -> dt.date | None:
    """The last day of a month, if the day it should be like is the last of its own."""
    ends = calendar.monthrange(like.year, like.month)[1] == like.day
    return day.replace(day=calendar.monthrange(day.year, day.month)[1]) if ends else None


def _mean_unit(days: float) -> UnitPeriod:
    if days < _HALF_MONTH + _DAYS_OF_WEEK:
        return _weeks(max(1, round(days / _DAYS_OF_WEEK)))
    return _months(min(_MONTHS_OF_YEAR, max(1, round(days * _MONTHS_OF_YEAR / _DAYS_OF_YEAR))))


def _months_back(start: dt.date, day: dt.date) -> tuple[int, int]:
    """Full months measured back from the later date, and the days left before them."""
    months = (day.year - start.year) * _MONTHS_OF_YEAR + day.month - start.month
    months -= add_months(day, -months) < start
    return months, (add_months(day, -months) - start).days


def _parts(days: int, length: int) -> tuple[int, float]:
    whole, rest = divmod(days, length)
    return whole, rest / length
