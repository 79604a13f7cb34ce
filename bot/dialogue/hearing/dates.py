"""Hearing: days of the calendar."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.moments import Days, Moment, find_moment, in_digits, month_before, month_days
from bot.dialogue.hearing.phrases import Reading
from bot.dialogue.hearing.readings import Heard, heard_as, refused
from bot.dialogue.hearing.tokens import NUMBER, Lexicon, cut_words
from bot.dialogue.hearing.words import SHARED, SILENT

_LEXICON = Lexicon(
    SHARED,
    {
        "filler": (
            "借|借的|借了|还|还的|还款|还款日|还款日是|还清|到期|开始|开的|起|日期|时间|号|日|那天|当天|的时候|左右|放款|放款日|申请|申请的|下款"
            "|on|since|borrowed|repaid|due|the|date|day|of|starting|started"
        )
    },
)
_DAYS_FROM = {
    "今天": 0,
    "今日": 0,
    "刚刚": 0,
    "刚才": 0,
    "昨天": -1,
    "昨日": -1,
    "前天": -2,
    "大前天": -3,
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "today": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}
_WORD = re.compile("|".join(sorted(_DAYS_FROM, key=len, reverse=True)))
_UNIT = r"(天|日|days?|周|星期|个星期|礼拜|个礼拜|weeks?|个月|months?|年|years?)"
_AWAY = re.compile(rf"(?<![0-9.])([0-9]{{1,4}}) ?{_UNIT} ?(之前|以前|前|之后|以后|后|ago|later|from now)")
_IN = re.compile(rf"\bin ([0-9]{{1,4}}) {_UNIT}(?![a-z])")
_MONTH_DAY = re.compile(r"(?<![0-9.])([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]?(?![0-9])")
_ONLY_DAY = re.compile(r"(?<![0-9.月])([0-9]{1,2}) ?[日号]")
_SLASHED = re.compile(r"(?<![0-9./-])([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:19|20)[0-9]{2})(?![0-9])")
_BACK = ("前", "以前", "之前", "ago")


def hear_date(folded: str, asked: Asked) -> Heard:
    """A day as its ordinal number (``datetime.date.fromordinal``), echoed as year-month-day.

    A month or a year is a range of days; a day without its year is asked back, the nearest one first; words such as
    "yesterday" need today.
    """
    if asked.today is None:
        return refused("date", "needs_today")
    text = in_digits(folded)
    moment = _find(text, asked.today)
    if moment is None or moment.doubt == "no_such_day":
        return _nothing(text, moment)
    rest = cut_words(f"{text[: moment.start]} {text[moment.end :]}", _LEXICON)
    roles = {token.role for token in rest}
    if NUMBER in roles or find_again(text, moment, asked.today):
        return refused("date", "several_numbers")
    if "question" in roles:
        return refused("date", "question")
    unclear = bool(roles - SILENT)
    others = tuple(_reading(days) for days in moment.others)
    reading = replace(_reading((moment.first, moment.last)), doubt=moment.doubt, others=others)
    return heard_as(reading.doubting("unknown_words") if unclear else reading, "date", _words)


def find_again(text: str, moment: Moment, today: dt.date) -> bool:
    """Whether the text names a second moment after the first."""
    return _find(text[: moment.start] + " " * (moment.end - moment.start) + text[moment.end :], today) is not None


def _nothing(text: str, moment: Moment | None) -> Heard:
    if moment is not None:
        return refused("date", "no_such_day")
    roles = {token.role for token in cut_words(text, _LEXICON)}
    if roles & {"question", "mark"}:
        return refused("date", "question")
    return refused("date", "unsure" if "unsure" in roles else "no_number")


def _reading(days: Days) -> Reading:
    return Reading(Decimal(days[0].toordinal()), Decimal(days[1].toordinal()))


def _words(low: Decimal, high: Decimal) -> str:
    first, last = (dt.date.fromordinal(int(end)).isoformat() for end in (low, high))
    return first if first == last else f"{first} to {last}"


def _find(text: str, today: dt.date) -> Moment | None:
    return (
        _slashed(text) or find_moment(text, today) or _away(text, today) or _no_year(text, today) or _word(text, today)
    )


def _word(text: str, today: dt.date) -> Moment | None:
    found = _WORD.search(text)
    if found is None:
        return None
    day = today + dt.timedelta(days=_DAYS_FROM[found.group()])
    return Moment(day, day, found.start(), found.end())


def _away(text: str, today: dt.date) -> Moment | None:
    found = _AWAY.search(text)
    ahead = _IN.search(text) if found is None else None
    if found is not None:
        sign = -1 if found[3] in _BACK else 1
        day = _moved(today, sign * int(found[1]), found[2])
    elif ahead is not None:
        found, day = ahead, _moved(today, int(ahead[1]), ahead[2])
    else:
        return None
    return Moment(day or today, day or today, found.start(), found.end(), "" if day else "no_such_day")


def _moved(today: dt.date, amount: int, unit: str) -> dt.date | None:
    months = 12 if unit.startswith(("年", "year")) else 1 if "月" in unit or unit.startswith("month") else 0
    if not months:
        return today + dt.timedelta(days=amount * (1 if unit.startswith(("天", "日", "day")) else 7))
    year, month = month_before(today, -amount * months)
    if not 1900 <= year <= 2200:
        return None
    return dt.date(year, month, min(today.day, month_days(year, month)[1].day))


def _slashed(text: str) -> Moment | None:
    """Numbers with the year last: day or month first is anybody's guess, unless one is over twelve."""
    found = _SLASHED.search(text)
    if found is None:
        return None
    first, second, year = (int(part) for part in found.groups())
    days = [day for day in (_day(year, first, second), _day(year, second, first)) if day is not None]
    if not days:
        return Moment(dt.date.min, dt.date.min, found.start(), found.end(), "no_such_day")
    others = tuple((day, day) for day in days[1:] if day != days[0])
    return Moment(days[0], days[0], found.start(), found.end(), "ambiguous_unit" if others else "", others)


def _no_year(text: str, today: dt.date) -> Moment | None:
    """A day without its year or month: the nearest such day, asked back."""
    found = _MONTH_DAY.search(text)
    if found is not None:
        month, number = int(found[1]), int(found[2])
        near = [_day(today.year + step, month, number) for step in (-1, 0, 1)]
    else:
        found = _ONLY_DAY.search(text)
        near = [_day(*month_before(today, step), int(found[1])) for step in (1, 0, -1)] if found is not None else []
    days = sorted((day for day in near if day is not None), key=lambda day: abs((day - today).days))
    if found is None:
        return None
    if not days:
        return Moment(today, today, found.start(), found.end(), "no_such_day")
    return Moment(days[0], days[0], found.start(), found.end(), "no_year", tuple((day, day) for day in days[1:2]))


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not 1 <= month <= 12 or not 1 <= day <= month_days(year, month)[1].day:
        return None
    return dt.date(year, month, day)
