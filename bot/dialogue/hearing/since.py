"""Hearing: lengths of time said as a day, month or year from which they count."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.duration_words import UNITS
from bot.dialogue.hearing.moments import Moment, find_moment, in_digits, month_days
from bot.dialogue.hearing.phrases import Reading, refusal
from bot.dialogue.hearing.readings import Heard, ends, heard_as, refused
from bot.dialogue.hearing.tokens import NUMBER, Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SILENT

_ANY_DAY = dt.date(2000, 1, 1)
_EARLIER = ("前", "之前", "以前", "before")
_LATER = ("后", "之后", "以后", "after")
_MONTH_DAY = re.compile(r"(?<![0-9.年])([0-9]{1,2})月([0-9]{1,2})[日号]")
_STARTS = frozenset({"range", "over", "under", "unchanged"})


def months_between(first: dt.date, last: dt.date) -> Decimal:
    """Calendar months from one day to a later one, with the days left over as thirtieths of a month."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return Decimal(months) + Decimal(min(last.day, 30) - min(first.day, 30)) / 30


def hear_since(folded: str, asked: Asked, lexicon: Lexicon, *, in_days: bool) -> Heard | None:
    """The time since the moment that the text names, or None when it names none.

    A month or a year gives the range from its last to its first day. Without today a written date is refused
    (``needs_today``) and a relative one left to the reader of lengths; a day to come is refused as ``future``.
    """
    unit = "days" if in_days else "months"
    text = in_digits(folded)
    moment = find_moment(text, asked.today or _ANY_DAY) or _latest_day(text, asked.today or _ANY_DAY)
    rest = [] if moment is None else cut_words(f"{text[: moment.start]} {text[moment.end :]}", lexicon)
    if moment is None or _counts(rest) or (in_days and text.isdigit()):
        return None
    if asked.today is None:
        written = any(char.isdigit() for char in text[moment.start : moment.end])
        return refused(unit, "needs_today") if written else None
    if moment.doubt == "no_such_day":
        return refused(unit, moment.doubt)
    if moment.first > asked.today:
        return refused(unit, "future")
    reading = _with_rest(_since(moment, asked.today, in_days=in_days), text, moment, rest)
    return heard_as(reading, unit, lambda low, high: f"{ends(low, high)} {unit}")


def _latest_day(text: str, today: dt.date) -> Moment | None:
    """A day of the calendar without its year: the last one there was."""
    found = _MONTH_DAY.search(text)
    if found is None:
        return None
    month, number = int(found[1]), int(found[2])
    for year in (today.year, today.year - 1):
        if not 1 <= month <= 12 or not 1 <= number <= month_days(year, month)[1].day:
            return Moment(today, today, found.start(), found.end(), "no_such_day")
        day = dt.date(year, month, number)
        if day <= today:
            return Moment(day, day, found.start(), found.end())
    return None


def _counts(rest: list[Token]) -> bool:
    """Whether the number taken for a year counts something ("2000 days"): a unit without a number of its own."""
    return any(
        token.role in UNITS and (index == 0 or rest[index - 1].role != NUMBER) for index, token in enumerate(rest)
    )


def _since(moment: Moment, today: dt.date, *, in_days: bool) -> Reading:
    last = min(moment.last, today)
    if in_days:
        return Reading(Decimal((today - last).days), Decimal((today - moment.first).days))
    return Reading(months_between(last, today), months_between(moment.first, today))


def _with_rest(reading: Reading, text: str, moment: Moment, rest: list[Token]) -> Reading:
    """What the words around the moment add: before it, after it, another number, or something not understood."""
    if any(token.role == NUMBER for token in rest):
        return refusal("several_numbers")
    after = text[moment.end :].lstrip()
    before = text[: moment.start].rstrip()
    if after.startswith(_EARLIER) or before.endswith("before"):
        reading = Reading(reading.high, None)
    elif after.startswith(_LATER) or before.endswith("after"):
        reading = Reading(Decimal(0), reading.high)
    unclear = any(token.role not in SILENT and token.role not in _STARTS for token in rest)
    return reading.doubting("unknown_words" if unclear else moment.doubt) if unclear or moment.doubt else reading
