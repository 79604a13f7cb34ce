"""Hearing: days, months and years of the calendar, written out or relative to today."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from bot.dialogue.hearing.atoms import DIGITS
from bot.dialogue.hearing.numerals import read_numeral
from bot.dialogue.hearing.spans import Quantity

Days = tuple[dt.date, dt.date]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
_NAME = rf"({_LONG}|sept|{'|'.join(_MONTHS)})\.?"
_ORDINAL = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)[0-9]{2})"
_NOT_DIGIT = r"(?<![0-9.])"


class Moment(NamedTuple):
    """A span of days (one day: both ends equal), where its words stand, and other spans they may mean.

    ``doubt`` says why it must be asked back (``ambiguous_unit``, ``no_year``) or refused (``no_such_day``).
    """

    first: dt.date
    last: dt.date
    start: int
    end: int
    doubt: str = ""
    others: tuple[Days, ...] = ()


def in_digits(text: str) -> str:
    """The text with exact Chinese numerals written in digits, so that dates in characters read like the others."""
    out: list[str] = []
    at = 0
    while at < len(text):
        found = read_numeral(text, at) if text[at] in DIGITS or text[at] == "十" else None
        end = at + 1 if found is None else found.end
        out.append(text[at:end] if found is None else _digits(found.quantity) or text[at:end])
        at = end
    return "".join(out)


def _digits(quantity: Quantity) -> str:
    value = quantity.span.low
    plain = quantity.span.exact and not quantity.doubt and value == value.to_integral_value()
    return str(int(value)) if plain else ""


def month_days(year: int, month: int) -> Days:
    """First and last day of a month."""
    first = dt.date(year, month, 1)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return first, after - dt.timedelta(days=1)


def month_before(day: dt.date, months: int) -> tuple[int, int]:
    """Year and month so many months before a day (after it, when negative)."""
    index = day.year * 12 + day.month - 1 - months
    return index // 12, index % 12 + 1


def _number(month: str) -> int:
    return _MONTHS.index(month[:3]) + 1


def _whole_year(year: int) -> Days:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _one_day(year: int, month: int, day: int) -> Days | None:
    if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month)[1].day:
        return None
    date = dt.date(year, month, day)
    return date, date


def _year_month_day(found: re.Match[str], _today: dt.date) -> Days | None:
    return _one_day(int(found[1]), int(found[2]), int(found[3]))


def _year_month(found: re.Match[str], _today: dt.date) -> Days | None:
    return month_days(int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None


def _short_year_month(found: re.Match[str], _today: dt.date) -> Days | None:
    return month_days(2000 + int(found[1]), int(found[2])) if 1 <= int(found[2]) <= 12 else None


def _named_day(found: re.Match[str], _today: dt.date) -> Days | None:
    return _one_day(int(found[3]), _number(found[1]), int(found[2]))


def _day_named(found: re.Match[str], _today: dt.date) -> Days | None:
    return _one_day(int(found[3]), _number(found[2]), int(found[1]))


def _named_month(found: re.Match[str], _today: dt.date) -> Days | None:
    return month_days(int(found[2]), _number(found[1]))


def _year_only(found: re.Match[str], _today: dt.date) -> Days | None:
    return _whole_year(int(found[1]))


def _relative_year(found: re.Match[str], today: dt.date) -> Days | None:
    year = today.year - _YEARS_BACK[found[1]]
    if found[2] is None:
        return _whole_year(year)
    return month_days(year, int(found[2])) if 1 <= int(found[2]) <= 12 else None


def _relative_month(found: re.Match[str], today: dt.date) -> Days | None:
    year, month = month_before(today, _MONTHS_BACK[found[1]])
    return month_days(year, month) if found[2] is None else _one_day(year, month, int(found[2]))


def _weekday(found: re.Match[str], today: dt.date) -> Days | None:
    """A day of last or this week; without a word for the week, the latest such day."""
    number = 7 if found[2] in {"日", "天"} else int(found[2])
    monday = today - dt.timedelta(days=today.weekday())
    back = {"上上": 14, "上": 7}.get(found[1] or "", 0)
    day = monday + dt.timedelta(days=number - 1 - back)
    if not found[1] and day > today:
        day -= dt.timedelta(days=7)
    return day, day


def _short_year(found: re.Match[str], _today: dt.date) -> Days | None:
    return _whole_year(2000 + int(found[1]))


def _relative_week(found: re.Match[str], today: dt.date) -> Days | None:
    monday = today - dt.timedelta(days=today.weekday() + 7 * _WEEKS_BACK[found[1]])
    return monday, monday + dt.timedelta(days=6)


_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3, "this year": 0, "last year": 1}
_MONTHS_BACK = {
    "这个月": 0,
    "本月": 0,
    "当月": 0,
    "上个月": 1,
    "上月": 1,
    "上上个月": 2,
    "下个月": -1,
    "下月": -1,
    "this month": 0,
    "last month": 1,
    "next month": -1,
}
_WEEKS_BACK = {
    "上周": 1,
    "上星期": 1,
    "上个星期": 1,
    "上礼拜": 1,
    "本周": 0,
    "这周": 0,
    "last week": 1,
    "this week": 0,
}


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_Reader = Callable[[re.Match[str], dt.date], "Days | None"]
_WRITTEN: tuple[tuple[re.Pattern[str], _Reader], ...] = (
    (
        re.compile(rf"{_NOT_DIGIT}{_YEAR} ?[年./-] ?([0-9]{{1,2}}) ?[月./-] ?([0-9]{{1,2}})(?![0-9])[日号]?"),
        _year_month_day,
    ),
    (re.compile(rf"{_NOT_DIGIT}{_YEAR}([0-9]{{2}})([0-9]{{2}})(?![0-9])"), _year_month_day),
    (re.compile(rf"{_NOT_DIGIT}{_YEAR} ?年 ?([0-9]{{1,2}}) ?月份?(?:底|初|中旬)?"), _year_month),
    (re.compile(rf"{_NOT_DIGIT}{_YEAR}[./-]([0-9]{{1,2}})(?![0-9])"), _year_month),
    (re.compile(rf"{_NOT_DIGIT}([0-9]{{2}}) ?年 ?([0-9]{{1,2}}) ?月份?"), _short_year_month),
    (re.compile(rf"\b{_NAME} {_ORDINAL},? {_YEAR}\b"), _named_day),
    (re.compile(rf"\b{_ORDINAL}(?: of)? {_NAME},? {_YEAR}\b"), _day_named),
    (re.compile(rf"\b{_NAME},? {_YEAR}\b"), _named_month),
    (re.compile(rf"({_any_of(_YEARS_BACK)})(?:的?([0-9]{{1,2}})月份?)?"), _relative_year),
    (re.compile(rf"({_any_of(_MONTHS_BACK)})(?:的?([0-9]{{1,2}})[号日])?"), _relative_month),
    (re.compile(r"(?:(上上|上|这|本)个?|^)(?:周|星期|礼拜)([1-7日天])(?![0-9次天个回])"), _weekday),
    (re.compile(rf"({_any_of(_WEEKS_BACK)})(?![1-7日天])"), _relative_week),
    (re.compile(rf"{_NOT_DIGIT}([0-9]{{2}}) ?年(?=底|初|开|办|起|注册|至今|到现在|以来|成立)"), _short_year),
    (re.compile(rf"{_NOT_DIGIT}{_YEAR}(?:年(?:底|初|中)?|(?![0-9.,]))"), _year_only),
)


def find_moment(text: str, today: dt.date) -> Moment | None:
    """The first written form that fits anywhere in text (in digits, see ``in_digits``), or None."""
    for pattern, read in _WRITTEN:
        found = pattern.search(text)
        if found is None:
            continue
        days = read(found, today)
        if days is None:
            return Moment(today, today, found.start(), found.end(), "no_such_day")
        short = read in {_short_year_month, _short_year}  # "12 years 6 months", or June 2012
        return Moment(days[0], days[1], found.start(), found.end(), "ambiguous_unit" if short else "")
    return None
