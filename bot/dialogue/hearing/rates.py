"""Hearing: interest rates as fractions per day, month or year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.phrases import Reading, refusal, resolve
from bot.dialogue.hearing.rate_parts import BARE, PARTS_OF_TENTHS, in_fractions, merge_rates
from bot.dialogue.hearing.rate_words import ONLY_PERIOD, RATES
from bot.dialogue.hearing.readings import Heard, ends, heard_as, refused
from bot.dialogue.hearing.spans import NOTHING, Quantity, exactly
from bot.dialogue.hearing.tokens import NUMBER, Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SHARED

_LEXICON = Lexicon(SHARED, RATES)
_A_YEAR = {"day": Decimal(365), "month": Decimal(12), "year": Decimal(1)}
_LEAST, _MOST = Decimal("0.01"), Decimal(1)  # what lenders charge for a year, from the cheapest bank to a loan shark
_HIGHEST = Decimal(100)
_PLACES = 8
_BARE_PERIODS = frozenset({"年", "个月", "月", "天", "日", "year", "month", "day"})
_CUSTOM = {  # what a quote without a period is customarily for, and whether that custom is firm
    "permyriad": ("day", True),
    "permille": ("month", False),
    "tenths": ("month", True),
}
_FIRM_PERMYRIAD = Decimal("0.001")
_DAILY_PERCENT = Decimal("0.1")  # a bare number up to this is the percentage of a day, as the pages show it
_TEN_LI = Decimal("0.01")
_BY_SIZE = ((Decimal("0.002"), "day"), (Decimal("0.03"), "month"))


def hear_rate(folded: str, asked: Asked) -> Heard:
    """A rate as a fraction with its period as the unit: day, month or year.

    By custom, without a period: so many in ten thousand is per day, fen and li are per month. A bare percentage, or
    one that is not plausible for its period (per day against per year), is asked back with the other periods.
    """
    del asked
    tokens = merge_rates(_without_one(cut_words(folded, _LEXICON)))
    periods = {token.role.removeprefix("a_") for token in tokens if token.role in ONLY_PERIOD}
    forms = {token.quantity.unit for token in tokens if token.quantity is not None}
    if any(token.role == "money" for token in tokens) or ("mao" in forms and "day" in periods):
        return refused("year", "amount_not_rate")
    period = next(iter(periods)) if len(periods) == 1 else ""
    reading = resolve([_silenced(token) for token in tokens], _converter(period))
    if len(periods) > 1:
        reading = reading.doubting("contradicting")
    if reading.refused or reading.high == 0:
        return _heard(reading, period or "year", ())
    return _settled(reading, period, forms)


def _without_one(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the one of "1 year" before a period, as in "18 % for 1 year"."""
    kept: list[Token] = []
    for at, token in enumerate(tokens):
        one = token.quantity is not None and token.quantity.span == exactly(1)
        alone = not kept or not kept[-1].role.endswith(("_before", "_part"))
        if not (one and alone and at + 1 < len(tokens) and tokens[at + 1].text in _BARE_PERIODS):
            kept.append(token)
    return kept


def _silenced(token: Token) -> Token:
    if token.role == "zero":
        return replace(token, role="vague")  # no interest, or no loan?
    if token.role == "free":
        return Token(NUMBER, token.text, Quantity(NOTHING, unit="percent"))
    return replace(token, role="filler") if token.role in ONLY_PERIOD else token


def _converter(period: str) -> Callable[[Quantity], Quantity]:
    return lambda quantity: in_fractions(quantity, period)


def _heard(reading: Reading, period: str, others: Sequence[tuple[Reading, str]]) -> Heard:
    heard = heard_as(replace(reading, others=()), period, lambda low, high: f"{ends(low, high, _PLACES)} per {period}")
    return replace(heard, alternatives=tuple(_heard(replace(other, doubt=""), unit, ()) for other, unit in others))


def _settled(reading: Reading, period: str, forms: set[str]) -> Heard:
    """The reading with its period: the one said, the customary one, or the likeliest by its size."""
    if reading.doubt == BARE:
        return _bare(reading, period)
    tenths = bool(forms & set(PARTS_OF_TENTHS))
    if tenths and period in {"year", "day"}:
        return _old_custom(reading, period)
    if period:
        return _checked(reading, period)
    if forms == {"li"}:
        return _li(reading)
    form = next(iter(forms & set(_CUSTOM)), "tenths" if tenths else "")
    unit, firm = _CUSTOM.get(form, (_by_size(reading), False))
    unusual = form == "permyriad" and _top(reading) > _FIRM_PERMYRIAD
    return _checked(reading, unit) if firm and not unusual else _unsure(reading, unit)


def _top(reading: Reading) -> Decimal:
    return next((end for end in (reading.high, reading.low) if end is not None), Decimal(0))


def _by_size(reading: Reading) -> str:
    return next((unit for most, unit in _BY_SIZE if _top(reading) <= most), "year")


def _plausible(reading: Reading, period: str) -> bool:
    return all(_LEAST <= end * _A_YEAR[period] <= _MOST for end in (reading.low, reading.high) if end)


def _others(reading: Reading, period: str) -> tuple[tuple[Reading, str], ...]:
    return tuple((reading, unit) for unit in ("year", "month", "day") if unit != period and _plausible(reading, unit))


def _unsure(reading: Reading, period: str) -> Heard:
    if not _plausible(reading, period):
        period = next((unit for unit in ("year", "month", "day") if _plausible(reading, unit)), period)
    return _checked(reading.doubting("ambiguous_unit"), period)


def _checked(reading: Reading, period: str) -> Heard:
    """The reading, asked back when nobody charges that much or that little for such a period."""
    if _top(reading) * _A_YEAR[period] > _HIGHEST:
        return _heard(refusal("too_large"), period, ())
    if _plausible(reading, period):
        others = _others(reading, period) if reading.doubt == "ambiguous_unit" else ()
        return _heard(reading, period, others)
    return _heard(reading.doubting("unit_slip"), period, _others(reading, period))


def _scaled(reading: Reading, factor: Decimal) -> Reading:
    low, high = (None if end is None else end * factor for end in (reading.low, reading.high))
    return replace(reading, low=low, high=high, doubt="")


def _bare(reading: Reading, period: str) -> Heard:
    """A number without a percent sign: a percentage where that is plausible, else a fraction; always asked back."""
    itself, hundredth = replace(reading, doubt=""), _scaled(reading, Decimal("0.01"))
    units = (period,) if period else ("year", "month", "day")
    fits = [(each, unit) for each in (hundredth, itself) for unit in units if _plausible(each, unit)]
    if not period:
        unlikely = _DAILY_PERCENT < _top(itself) < 1
        fits.sort(key=lambda fit: (fit[1] != _by_size(fit[0]), fit[0] is hundredth and unlikely))
    if not fits:
        return refused(period or "year", "ambiguous_unit")
    first, unit = fits[0]
    return _heard(first.doubting("ambiguous_unit"), unit, fits[1:])


def _old_custom(reading: Reading, period: str) -> Heard:
    """Fen and li "per year" are tens of percent by old custom, or the monthly rate people mean; per day likewise."""
    other = (_scaled(reading, Decimal("0.1")), "month") if period == "year" else (_scaled(reading, Decimal(10)), "day")
    others = (other,) if _plausible(other[0], other[1]) else ()
    return _heard(reading.doubting("ambiguous_unit"), period, others)


def _li(reading: Reading) -> Heard:
    """Li alone: tenths of a percent a month, or percents a year; from ten on the year is the likelier."""
    monthly, yearly = (replace(reading, doubt=""), "month"), (_scaled(reading, Decimal(10)), "year")
    first, second = (yearly, monthly) if _top(reading) >= _TEN_LI else (monthly, yearly)
    return _heard(first[0].doubting("ambiguous_unit"), first[1], (second,))
