"""Hearing: how many: whole numbers of times, lenders, loans, points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.count_words import COUNTS
from bot.dialogue.hearing.money_words import PERIODS
from bot.dialogue.hearing.phrases import Reading, refusal, resolve
from bot.dialogue.hearing.readings import Heard, ends, heard_as
from bot.dialogue.hearing.spans import Quantity, exactly
from bot.dialogue.hearing.timespans import SPAN, settle_spans
from bot.dialogue.hearing.tokens import NUMBER, Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SHARED

_LEXICON = Lexicon(SHARED, PERIODS, COUNTS)
_NAMED = {"once": 1, "twice": 2, "thrice": 3}
_MOST = Decimal(10**9)


def hear_count(folded: str, asked: Asked) -> Heard:
    """A whole number; "3 a year" is asked back where a bare count or a count per month is wanted."""
    tokens = _measured(settle_spans(cut_words(folded, _LEXICON)))
    periods = {token.role for token in tokens} & {*PERIODS, SPAN} - {"a_month"}
    tokens = [replace(token, role="filler") if token.role in {*PERIODS, SPAN} else token for token in tokens]
    reading = _whole(resolve(tokens, _counted, below_zero=asked.below_zero))
    if periods:
        reading = reading.doubting(min(periods))
    return heard_as(reading, "count", ends, whole=True)


def _counted(quantity: Quantity) -> Quantity:
    return quantity


def _whole(reading: Reading) -> Reading:
    low, high = reading.low, reading.high
    if reading.refused or all(end is None or end == end.to_integral_value() for end in (low, high)):
        return refusal("too_large") if high is not None and high > _MOST else reading
    if low is not None and low == high:
        below = low.to_integral_value(rounding="ROUND_FLOOR")
        return refusal("not_whole", (Reading(below, below), Reading(below + 1, below + 1)))
    bottom = None if low is None else low.to_integral_value(rounding="ROUND_FLOOR")
    top = None if high is None else high.to_integral_value(rounding="ROUND_CEILING")
    return replace(reading, low=bottom, high=top)


def _measured(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without counters after numbers, and with "once" and "twice" as numbers."""
    merged: list[Token] = []
    for token in tokens:
        if token.role in _NAMED:
            merged.append(Token(NUMBER, token.text, Quantity(exactly(_NAMED[token.role]))))
        elif token.role == "counter" and merged and (merged[-1].role == NUMBER or merged[-1].text == "+"):
            continue
        else:
            merged.append(token)
    return merged
