"""Hearing: the number part of a rate: percent, in a thousand, in ten thousand, fen and li."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.spans import ONE, Quantity, exactly
from bot.dialogue.hearing.tokens import Token

BARE = "bare"
"""The doubt of a number without any sign of what it is a part of."""

PARTS_OF_TENTHS = {"mao": Decimal(10), "fen": ONE, "li": Decimal("0.1"), "hao": Decimal("0.01")}
"""Old parts of interest, in fen."""

_FEN = {"day": Decimal("0.001"), "month": Decimal("0.01"), "year": Decimal("0.1"), "": Decimal("0.01")}
_SMALLER = {"mao": "fen", "fen": "li", "li": "hao"}
_SIZES = {"percent": Decimal("0.01"), "permille": Decimal("0.001"), "permyriad": Decimal("0.0001")}
_FORM_OF_BOTTOM = {100: "percent", 1000: "permille", 10000: "permyriad"}


def in_fractions(quantity: Quantity, period: str) -> Quantity:
    """A rate's quantity as a fraction; fen and li mean other sizes per day, month and year."""
    size = _SIZES.get(quantity.unit)
    if size is None and quantity.unit in PARTS_OF_TENTHS:
        size = PARTS_OF_TENTHS[quantity.unit] * _FEN[period]
        doubt = quantity.doubt or ("ambiguous_unit" if quantity.unit == "mao" else "")
        quantity = replace(quantity, doubt=doubt)
    if size is None:
        return replace(quantity, doubt=quantity.doubt or (BARE if quantity.span.high else ""))
    return replace(quantity, span=quantity.span.times(size), place=quantity.place * size)


def merge_rates(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with every number merged with the words before or after it that say what it is a part of."""
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.quantity is not None:
            before = merged.pop() if _is_prefix(merged) else None
            token, at = _measured(tokens, at, token.quantity, before)
        elif token.role == "slash" and token.text != "/":
            token = replace(token, role="filler")
        merged.append(token)
        at += 1
    return merged


def _is_prefix(merged: Sequence[Token]) -> bool:
    return bool(merged) and merged[-1].role in {"percent_before", "permille_before", "permyriad_before"}


def _measured(tokens: Sequence[Token], at: int, quantity: Quantity, before: Token | None) -> tuple[Token, int]:
    token = tokens[at]
    if before is not None:
        doubt = quantity.doubt or ("malformed" if quantity.scale >= 1000 else "")
        return replace(token, quantity=replace(quantity, unit=before.role.removesuffix("_before"), doubt=doubt)), at
    ahead = tokens[at + 1].role if at + 1 < len(tokens) else ""
    if ahead in _SIZES:
        return replace(token, quantity=replace(quantity, unit=ahead)), at + 1
    if ahead in PARTS_OF_TENTHS:
        return _tenths(tokens, at, quantity)
    if ahead in {"over_part", "slash"} and at + 2 < len(tokens):
        return _part(tokens, at, quantity)
    return token, at


def _tenths(tokens: Sequence[Token], at: int, quantity: Quantity) -> tuple[Token, int]:
    """Fen with li after it, the last word perhaps unsaid ("1 fen 2" is 1.2 fen)."""
    part, span, end = tokens[at + 1].role, quantity.span, at + 1
    unit, size, doubt = part, ONE, quantity.doubt
    while end + 1 < len(tokens) and part in _SMALLER:
        small = tokens[end + 1]
        size /= 10
        if small.role == "half":
            span, end = span.plus(exactly(size * 5)), end + 1
            break
        named = tokens[end + 2].role if end + 2 < len(tokens) else ""
        if small.quantity is None or not _single(small.quantity) or named in {"percent", "over_part"}:
            break
        part = _SMALLER[part]
        if named in PARTS_OF_TENTHS and named != part:
            doubt = doubt or "malformed"
        span, end = span.plus(small.quantity.span.times(size)), end + 1 + (named in PARTS_OF_TENTHS)
    return replace(tokens[at], quantity=replace(quantity, span=span, unit=unit, doubt=doubt)), end


def _single(quantity: Quantity) -> bool:
    return quantity.span.high < 10 and quantity.span.low == quantity.span.low.to_integral_value()


def _part(tokens: Sequence[Token], at: int, quantity: Quantity) -> tuple[Token, int]:
    other = tokens[at + 2].quantity
    if other is None:
        return tokens[at], at
    top, bottom = (other, quantity) if tokens[at + 1].role == "over_part" else (quantity, other)
    form = _FORM_OF_BOTTOM.get(int(bottom.span.low)) if bottom.span.exact else None
    if form is None or top.span.high > bottom.span.low:
        return replace(tokens[at], quantity=replace(top, doubt="malformed")), at + 2
    return replace(tokens[at], quantity=replace(top, unit=form, scale=ONE)), at + 2
