"""Hearing: lengths of time, in months or in days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.duration_words import DURATIONS, NAMED_LENGTHS, UNITS
from bot.dialogue.hearing.phrases import Reading, refusal, resolve
from bot.dialogue.hearing.readings import Heard, ends, heard_as, refused
from bot.dialogue.hearing.since import hear_since
from bot.dialogue.hearing.spans import ONE, ZERO, Quantity, Span, exactly
from bot.dialogue.hearing.tokens import NUMBER, UNKNOWN, Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SHARED

LEXICON = Lexicon(SHARED, DURATIONS)

_NAMED = {word: length for words, length in NAMED_LENGTHS.items() for word in words.split("|")}
_IN_DAYS = {
    "hour": ONE / 24,
    "day": ONE,
    "week": Decimal(7),
    "month": Decimal(30),
    "month_name": Decimal(30),
    "quarter": Decimal(90),
    "half_year": Decimal(180),
    "year": Decimal(365),
}
_IN_MONTHS = {
    "month": ONE,
    "month_name": ONE,
    "quarter": Decimal(3),
    "half_year": Decimal(6),
    "year": Decimal(12),
}
_ORDER = ("year", "half_year", "quarter", "month", "month_name", "week", "day", "hour")
_COMPOUND = {
    "month_half": ("month", Decimal("0.5"), ZERO),
    "month_more": ("month", ZERO, ONE),
    "week_more": ("week", ZERO, ONE),
    "year_more": ("year", ZERO, ONE),
}
_HALF = Decimal("0.5")
_MOST = {"months": Decimal(1800), "days": Decimal(54750)}  # a hundred and fifty years
_BANK_YEAR, _YEAR = Decimal(360), Decimal(365)
_MONEY = re.compile(r"[\d百千万亿几两]\s*(?:元|块|圆|人民币|yuan|rmb|cny)|[¥$]\s*\d|(?:rmb|cny)\s*\d")
_TIME = re.compile(r"[年月天日周季期]|星期|礼拜|小时|day|week|month|year|quarter|\b\d+\s*[dwmy]\b")
_BARE_NO = frozenset({"no", "nope", "nah", "never"})
_LOOKS_LIKE_A_YEAR = range(15, 40)  # "21 years" of a line is more likely the year 2021


def months_of(days: Decimal) -> Decimal:
    """Days as months: 30 days to the month up to a bank year of 360, 365 days to twelve months from there on."""
    if days <= _BANK_YEAR:
        return days / 30
    return Decimal(12) if days < _YEAR else days * 12 / _YEAR


def days_of(months: float) -> float:
    """Months as days, the inverse of ``months_of``."""
    return months * 30 if months < 12 else months * 365 / 12


def hear_months(folded: str, asked: Asked) -> Heard:
    """A length of time in months; "since" a date counts up to today; a bare number is asked back (months or years).

    A bare "no" says of no time how long it was.
    """
    if folded.strip(" .!,") in _BARE_NO:
        return refused("months", "negated")
    return hear_since(folded, asked, LEXICON, in_days=False) or _heard(folded, _to_months, "months")


def hear_days(folded: str, asked: Asked) -> Heard:
    """A length of time in days; a bare number counts days, a month 30, a year 365."""
    return hear_since(folded, asked, LEXICON, in_days=True) or _heard(folded, _to_days, "days")


def _heard(folded: str, convert: Callable[[Quantity], Quantity], unit: str) -> Heard:
    if _MONEY.search(folded) and not _TIME.search(folded):
        return refused(unit, "amount_not_time")
    tokens = _measured(cut_words(folded, LEXICON), convert)
    reading = _or_years(resolve(tokens, convert))
    if reading.high is not None and reading.high > _MOST[unit]:
        reading = refusal("too_large")
    return heard_as(reading, unit, lambda low, high: f"{ends(low, high)} {unit}")


def _or_years(reading: Reading) -> Reading:
    if reading.doubt != "bare":
        return reading
    low, high = (None if end is None else end * 12 for end in (reading.low, reading.high))
    return replace(reading, doubt="ambiguous_unit", others=(Reading(low, high),))


def _to_months(quantity: Quantity) -> Quantity:
    unit, span = quantity.unit, quantity.span
    if not unit:
        doubt = "malformed" if quantity.scale > 1 else "bare" if span.high else ""
        return replace(quantity, doubt=quantity.doubt or doubt)
    factor = _IN_MONTHS.get(unit)
    if factor is None:
        low, high = (months_of(end * _IN_DAYS[unit]) for end in span)
        return replace(quantity, span=Span(low, high), place=quantity.place * _IN_DAYS[unit] / 30)
    unclear = unit == "month_name" or (unit == "year" and span.exact and span.low in _LOOKS_LIKE_A_YEAR)
    doubt = quantity.doubt or ("ambiguous_unit" if unclear else "")
    return replace(quantity, span=span.times(factor), place=quantity.place * factor, doubt=doubt)


def _to_days(quantity: Quantity) -> Quantity:
    size = _IN_DAYS[quantity.unit or "day"]
    doubt = quantity.doubt or ("ambiguous_unit" if quantity.unit == "month_name" else "")
    return replace(quantity, span=quantity.span.times(size), place=quantity.place * size, doubt=doubt)


def _measured(tokens: Sequence[Token], convert: Callable[[Quantity], Quantity]) -> list[Token]:
    """The tokens with numbers merged with their units, and units that follow each other added up."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token, at = _length(tokens, at)
        if not _added(merged, token, convert):
            merged.append(token)
        at += 1
    if any(token.text == "前" and after.role == NUMBER for token, after in pairwise(merged)):
        merged.append(Token("about", ""))  # "the two years before" are roughly two
    counted = any(token.role == NUMBER for token in merged)
    return [_settled(token, counted=counted) for token in merged]


def _settled(token: Token, *, counted: bool) -> Token:
    """Joints and talk of lateness or change say nothing beside a length ("never late" may contradict it)."""
    if token.role in {"overdue", "never_late", "unchanged"}:
        beside = UNKNOWN if token.role == "never_late" else "filler"
        return replace(token, role=beside if counted else "vague")
    return replace(token, role="filler") if token.role == "joining" and token.text != "+" else token


def _length(tokens: Sequence[Token], at: int) -> tuple[Token, int]:
    token, ahead = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.role == "named":
        low, high, unit = _NAMED[token.text]
        span = Span(Decimal(low), Decimal(high))
        return Token(NUMBER, token.text, Quantity(span, unit=unit)), at
    if ahead is None:
        return token, at
    if token.quantity is not None:
        return _with_unit(tokens, at, token.quantity)
    if token.role == "half" and (ahead.role in UNITS or ahead.role in _COMPOUND):
        return _with_unit(tokens, at, Quantity(exactly(_HALF), place=_HALF))
    if token.text in {"a", "an"} and ahead.role in UNITS:
        return _with_unit(tokens, at, Quantity(exactly(1)))
    return token, at


def _with_unit(tokens: Sequence[Token], at: int, quantity: Quantity) -> tuple[Token, int]:
    role = tokens[at + 1].role
    token, end = tokens[at], at + 1
    if role in _COMPOUND:
        unit, extra, more = _COMPOUND[role]
        more *= _HALF if quantity.span == exactly(_HALF) else ONE
        span = Span(quantity.span.low + extra, quantity.span.high + extra + more)
    elif role == "month_near":
        unit, span = "month", Span(quantity.span.low * Decimal("0.8"), quantity.span.high * Decimal("1.2"))
    elif role in UNITS:
        unit, span = role, quantity.span
        if end + 1 < len(tokens) and tokens[end + 1].role in {"half", "and_half"} and tokens[end + 1].text != "half":
            span, end = span.plus(exactly(_HALF)), end + 1
    else:
        return token, at
    place = quantity.place if span.exact and span.low < 1 else ONE
    doubt = quantity.doubt or ("ambiguous_unit" if quantity.scale >= 10**4 else "")
    return Token(NUMBER, token.text, replace(quantity, span=span, unit=unit, place=place, doubt=doubt)), end


def _added(merged: list[Token], token: Token, convert: Callable[[Quantity], Quantity]) -> bool:
    """Adds a smaller length to the one just before it ("one year three months"); whether it did."""
    joined = len(merged) > 1 and merged[-1].role == "joining"
    before = merged[-2] if joined else merged[-1] if merged else None
    if before is None or before.quantity is None or token.quantity is None:
        return False
    first, second = before.quantity, token.quantity
    if not first.unit or not second.unit or _ORDER.index(first.unit) >= _ORDER.index(second.unit):
        return False
    if second.unit == "month_name":
        second = replace(second, unit="month")
    larger, smaller = convert(first).span, convert(second).span
    if smaller.high >= convert(Quantity(exactly(1), unit=first.unit)).span.low:
        return False  # "a year, 365 days" says one thing twice
    whole = larger.plus(smaller)
    per_month = convert(Quantity(exactly(1), unit="month")).span.low
    if joined:
        merged.pop()
    scaled = whole.times(ONE / per_month)
    merged[-1] = replace(before, quantity=replace(first, span=scaled, unit="month", doubt=first.doubt or second.doubt))
    return True
