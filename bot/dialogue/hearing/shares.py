"""Hearing: shares and percentages as fractions of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.phrases import Reading, refusal, resolve
from bot.dialogue.hearing.readings import Heard, ends, heard_as
from bot.dialogue.hearing.share_words import NAMED_SHARES, PARTS, SHARES
from bot.dialogue.hearing.spans import ONE, ZERO, Quantity, Span, exactly
from bot.dialogue.hearing.tokens import NUMBER, Lexicon, Token, cut_words
from bot.dialogue.hearing.words import SHARED

_NAMED = {word: Span(low, high) for (low, high), words in NAMED_SHARES.items() for word in words.split("|")}
_LEXICON = Lexicon(SHARED, SHARES, {"named": "|".join(_NAMED)})
_HUNDRED = Decimal(100)
_MOST_TIMES = 3  # a bare number up to this may also mean so many times the whole
_PREFIXES = frozenset({"percent_before", "permille_before", "permyriad_before"})
_WHOLE = Quantity(exactly(1))
_SIZES = {
    "percent": Decimal("0.01"),
    "tenth": Decimal("0.1"),
    "fraction": ONE,
    "permille": Decimal("0.001"),
    "permyriad": Decimal("0.0001"),
}


def hear_share(folded: str, asked: Asked) -> Heard:
    """A share as a fraction of one.

    A bare number is asked back: 20 is taken for 20 %, 0.2 for a fifth (it may be 0.2 %). A fall ("down a tenth") is
    negative and refused where the answer cannot be.
    """
    tokens = merge_shares(cut_words(folded, _LEXICON))
    falls = any(token.role == "fall" for token in tokens)
    tokens = [replace(token, role="filler") if token.role == "fall" else token for token in tokens]
    reading = resolve(_settled(tokens, asked), _in_fractions, below_zero=asked.below_zero)
    if falls:
        reading = _fallen(reading, asked)
    return heard_as(_other_share(reading), "fraction", _words)


def _words(low: Decimal, high: Decimal) -> str:
    return f"{ends(low * _HUNDRED, high * _HUNDRED)} %"


def _fallen(reading: Reading, asked: Asked) -> Reading:
    if reading.refused:
        return reading
    if not asked.below_zero:
        return refusal("negative")
    fallen = replace(reading, low=_negative(reading.high), high=_negative(reading.low))
    return fallen.doubting("contradicting") if reading.low is not None and reading.low < 0 else fallen


def _negative(end: Decimal | None) -> Decimal | None:
    return None if end is None else -end


def _settled(tokens: list[Token], asked: Asked) -> list[Token]:
    """The word for "about the same" is no growth when nothing else is said; elsewhere it only means "roughly"."""
    alone = all(token.role in {"flat", "filler", "sep"} for token in tokens)
    if alone and asked.below_zero:
        return [replace(token, role="zero") if token.role == "flat" else token for token in tokens]
    return [replace(token, role="about") if token.role == "flat" else token for token in tokens]


def _other_share(reading: Reading) -> Reading:
    """A bare number with its other meaning: a hundredth of it, or itself where it was taken for a percentage."""
    said = reading.high if reading.high is not None else reading.low
    if reading.doubt != "bare" or said is None:
        return reading
    itself = replace(reading, doubt="")
    hundredth = replace(itself, low=_hundredth(reading.low), high=_hundredth(reading.high))
    first, second = (itself, hundredth) if abs(said) < 1 else (hundredth, itself)
    others = () if abs(said) > _MOST_TIMES else (second,)
    return replace(first, doubt="ambiguous_unit", others=others)


def _hundredth(end: Decimal | None) -> Decimal | None:
    return None if end is None else end / _HUNDRED


def _in_fractions(quantity: Quantity) -> Quantity:
    if not quantity.unit:
        return replace(quantity, doubt=quantity.doubt or ("bare" if quantity.span.high else ""))
    size = _SIZES[quantity.unit]
    return replace(quantity, span=quantity.span.times(size), place=quantity.place * size)


def merge_shares(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every number merged with the share words beside it: percent, tenths, parts, fractions."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.role == "named":
            quantity = Quantity(_NAMED[token.text], unit="fraction", place=Decimal("0.1"))
            merged.append(Token(NUMBER, token.text, quantity))
        elif token.role == "part" and merged and merged[-1].text == "a":
            merged.append(Token(NUMBER, token.text, _part(_WHOLE, exactly(PARTS[token.text]))))
        elif token.role == "slash" and token.text != "/":
            merged.append(replace(token, role="filler"))
        elif token.quantity is not None:
            before = merged.pop() if merged and merged[-1].role in _PREFIXES else None
            token, at = _measured(tokens, at, token.quantity, before)
            merged.append(token)
        else:
            merged.append(token)
        at += 1
    return merged


def _measured(tokens: Sequence[Token], at: int, quantity: Quantity, before: Token | None) -> tuple[Token, int]:
    token = tokens[at]
    if before is not None:
        unit = before.role.removesuffix("_before")
        return replace(token, quantity=replace(quantity, unit=unit)), at
    ahead = tokens[at + 1] if at + 1 < len(tokens) else None
    if ahead is None:
        return token, at
    if ahead.role in {"percent", "permille", "permyriad"}:
        return replace(token, quantity=replace(quantity, unit=ahead.role)), at + 1
    if ahead.role == "tenth":
        return _tenths(tokens, at, quantity)
    if ahead.role == "part":
        return replace(token, quantity=_part(quantity, exactly(PARTS[ahead.text]))), at + 1
    return _fraction(tokens, at, quantity)


def _tenths(tokens: Sequence[Token], at: int, quantity: Quantity) -> tuple[Token, int]:
    """Tenths, with a hundredth after them said as a digit or as "half"."""
    ahead = tokens[at + 2] if at + 2 < len(tokens) else None
    span, end = quantity.span, at + 1
    if ahead is not None and ahead.text == "半":
        span, end = span.plus(exactly(Decimal("0.5"))), at + 2
    elif ahead is not None and ahead.quantity is not None and ahead.quantity.span.high < 10 and not ahead.gap:
        span, end = span.plus(ahead.quantity.span.times(Decimal("0.1"))), at + 2
    return replace(tokens[at], quantity=replace(quantity, span=span, unit="tenth")), end


def _fraction(tokens: Sequence[Token], at: int, quantity: Quantity) -> tuple[Token, int]:
    joint = tokens[at + 1].role
    other = tokens[at + 2].quantity if at + 2 < len(tokens) else None
    if joint not in {"over_part", "slash"} or other is None:
        return tokens[at], at
    top, bottom = (other, quantity) if joint == "over_part" else (quantity, other)
    return replace(tokens[at], quantity=_part(top, bottom.span)), at + 2


def _part(top: Quantity, bottom: Span) -> Quantity:
    whole = bottom.exact and bottom.low > ZERO and 0 <= top.span.high <= bottom.low and not top.doubt
    if not whole:
        return replace(top, unit="fraction", doubt=top.doubt or "malformed")
    return replace(top, span=top.span.times(ONE / bottom.low), unit="fraction", place=Decimal("0.1"), other=None)
