"""Hearing: amounts of money in yuan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.money_words import MONEY, MONTHS_IN, NAMED_AMOUNTS, OVER_ROUND
from bot.dialogue.hearing.phrases import Reading, refusal, resolve
from bot.dialogue.hearing.readings import Heard, ends, heard_as
from bot.dialogue.hearing.spans import ONE, Quantity, Span, exactly
from bot.dialogue.hearing.timespans import SPAN, settle_spans
from bot.dialogue.hearing.tokens import NUMBER, Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SHARED

_LEXICON = Lexicon(SHARED, MONEY)
_WAN = Decimal(10**4)
_NAMED = {word: Span(low, high) for words, (low, high) in NAMED_AMOUNTS.items() for word in words.split("|")}
_PARTS = {"yuan": ONE, "jiao": Decimal("0.1"), "fen": Decimal("0.01")}
_NEXT_PART = {"yuan": "jiao", "jiao": "fen"}
_SMALL_BARE = 100  # a bare number below this is as likely to be meant in wan
_SLANG_BELOW = 1000
_ODD_CHANGE = 1000  # from here on, "8000 yuan 5" is more likely a slip than fifty fen
_MOST = Decimal(10**12)
_MOST_FIGURES = 12
_SCALED = {
    "slang": (_WAN, "slang"),
    "million": (Decimal(10**6), "ambiguous_unit"),
    "slang_kw": (Decimal(10**7), "slang"),
    "slang_e": (Decimal(10**8), "slang"),
}
_SLIP_FROM = Decimal(10**8)  # ten thousand wan and more: the wan was likely one too many


def hear_money(folded: str, asked: Asked) -> Heard:
    """An amount in yuan.

    A bare number under 100 is asked back (yuan or wan); "20 of them" is slang for 200,000 and asked back; an amount
    per year, quarter, week or day is asked back with its equivalent per month.
    """
    tokens = _measured(settle_spans(cut_words(folded, _LEXICON)))
    periods = {token.role for token in tokens} & {*MONTHS_IN, SPAN}
    tokens = [replace(token, role="filler") if token.role in {*MONTHS_IN, SPAN} else token for token in tokens]
    reading = resolve(tokens, _in_yuan, below_zero=asked.below_zero)
    if reading.high is not None and abs(reading.high) > _MOST:
        reading = refusal("too_large")
    return _with_period(_bare_in_wan(reading), periods)


def _words(low: Decimal, high: Decimal) -> str:
    return f"{ends(low, high)} yuan"


def _bare_in_wan(reading: Reading) -> Reading:
    if reading.doubt != "bare":
        return reading
    scaled = Reading(_times(reading.low, _WAN), _times(reading.high, _WAN))
    return replace(reading, doubt="ambiguous_unit", others=(scaled,))


def _times(value: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if value is None else value * factor


def _with_period(reading: Reading, periods: set[str]) -> Heard:
    period = next(iter(periods)) if len(periods) == 1 else ""
    if len(periods) > 1:
        reading = reading.doubting("contradicting")
    if SPAN in periods:
        return heard_as(reading.doubting(SPAN), "yuan", _words)
    months = MONTHS_IN.get(period)
    if reading.refused or months in {None, ONE}:
        return heard_as(reading, "yuan", _words)
    said = heard_as(
        reading.doubting(period), "yuan", lambda low, high: f"{ends(low, high)} yuan {period.replace('_', ' ')}"
    )
    if not months:
        return said
    monthly = [_a_month(said_as, months) for said_as in (reading, *reading.others)]
    return replace(said, alternatives=(*said.alternatives, *monthly))


def _a_month(reading: Reading, months: Decimal) -> Heard:
    cents = Decimal("0.01")
    low, high = (None if end is None else (end / months).quantize(cents) for end in (reading.low, reading.high))
    monthly = Reading(low, high, about=reading.about)
    return heard_as(monthly, "yuan", lambda bottom, top: f"{ends(bottom, top)} yuan a month")


def _in_yuan(quantity: Quantity) -> Quantity:
    if quantity.unit in _SCALED:
        factor, doubt = _SCALED[quantity.unit]
        other = quantity.span.low if quantity.unit == "slang" else None
        return replace(quantity, span=quantity.span.times(factor), doubt=quantity.doubt or doubt, other=other)
    if quantity.scale == _WAN and quantity.span.exact and quantity.span.low >= _SLIP_FROM:
        return replace(quantity, doubt=quantity.doubt or "unit_slip", other=quantity.span.low / _WAN)
    bare = not quantity.unit and quantity.scale == ONE and 0 < quantity.span.high < _SMALL_BARE
    return replace(quantity, doubt="bare") if bare and not quantity.doubt else quantity


def _measured(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every number merged with the units beside it."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.role == NUMBER and token.quantity is not None:
            token, at = _with_units(tokens, at, token.quantity, bool(merged) and merged[-1].text == "¥")
        elif token.role == "over_round":
            merged.append(replace(token, role="over"))
            token = Token(NUMBER, token.text, Quantity(exactly(OVER_ROUND[token.text]), unit="yuan"))
        elif token.role == "named":
            token = Token(NUMBER, token.text, Quantity(_NAMED[token.text], unit="yuan"))
        elif token.role == "yuan":
            token = replace(token, role="filler", text="¥")
        merged.append(token)
        at += 1
    return merged


def _with_units(tokens: Sequence[Token], at: int, quantity: Quantity, signed: bool) -> tuple[Token, int]:
    ahead = tokens[at + 1].role if at + 1 < len(tokens) else ""
    if ahead in _PARTS:
        return _with_parts(tokens, at, quantity)
    if ahead == "figures":
        return replace(tokens[at], quantity=_figures(quantity)), at + 1
    if ahead in {"million", "slang_kw", "slang_e"} or (ahead == "slang" and quantity.span.high < _SLANG_BELOW):
        unit = "malformed" if quantity.scale != ONE else ahead
        doubt = "malformed" if unit == "malformed" else quantity.doubt
        return replace(tokens[at], quantity=replace(quantity, unit=unit, doubt=doubt)), at + 1
    unit = "yuan" if signed else quantity.unit
    return replace(tokens[at], quantity=replace(quantity, unit=unit)), at


def _figures(quantity: Quantity) -> Quantity:
    """So many figures as the amounts that have them."""
    fewest, most = quantity.span
    if fewest != int(fewest) or not 1 <= fewest <= most <= _MOST_FIGURES:
        return replace(quantity, doubt="malformed")
    return replace(quantity, unit="yuan", span=Span(Decimal(10) ** int(fewest - 1), Decimal(10) ** int(most) - 1))


def _with_parts(tokens: Sequence[Token], at: int, quantity: Quantity) -> tuple[Token, int]:
    """A number with yuan, then perhaps jiao and fen, the last one possibly without its word ("80 yuan 5")."""
    part = tokens[at + 1].role
    whole, doubt, end = quantity.span.times(_PARTS[part]), quantity.doubt, at + 1
    while end + 1 < len(tokens) and (small := tokens[end + 1].quantity) is not None:
        named = tokens[end + 2].role if end + 2 < len(tokens) else ""
        smaller = named if named in {"jiao", "fen"} else _NEXT_PART.get(part, "")
        if not _is_change(small, named) or _PARTS.get(smaller, ONE) >= _PARTS[part]:
            break
        whole = whole.plus(small.span.times(_PARTS[smaller]))
        doubt = doubt or ("elided" if named != smaller and whole.low >= _ODD_CHANGE else "")
        part, end = smaller, end + 1 + (named == smaller)
    unclear = part == "fen" and end == at + 1 and quantity.span.high >= 10  # points of a score are called so too
    whole_unit = replace(quantity, span=whole, unit="yuan", doubt=doubt or ("ambiguous_unit" if unclear else ""))
    return Token(NUMBER, tokens[at].text, replace(whole_unit, place=quantity.place * _PARTS[tokens[at + 1].role])), end


def _is_change(quantity: Quantity, ahead: str) -> bool:
    return quantity.span.high < 10 and quantity.scale == ONE and ahead not in {"time", "slang", "yuan", "figures"}
