"""Hearing: what the two ends of a range lend each other: the unit, and the magnitude word said only once."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.dialogue.hearing.spans import ONE, Quantity

_SURE_SCALE = 1000
_MOST_TIMES = 20
_PREFIXED = frozenset({"percent", "permille", "permyriad"})
_HALF_AGAIN = Decimal("1.5")


def adopt(left: Quantity, right: Quantity) -> tuple[Quantity, Quantity, str]:
    """Both ends with unit and magnitude completed from each other, and why that must be asked back, if so."""
    doubt = ""
    if not left.unit and right.unit:
        left = replace(left, unit=right.unit)
    elif left.unit and not right.unit:
        doubt = "" if left.unit in _PREFIXED else "ambiguous_unit"
        right = replace(right, unit=left.unit)
    if left.scale == ONE and right.scale > ONE:
        return _scaled_left(left, right, doubt)
    raised = right.span.times(left.scale)
    shared = right.scale == ONE and left.scale > ONE and right.span.high < left.span.low
    if shared and raised.high <= left.span.low * _MOST_TIMES:
        return left, replace(right, span=raised), doubt or "ambiguous_unit"
    return left, right, doubt


def _scaled_left(left: Quantity, right: Quantity, doubt: str) -> tuple[Quantity, Quantity, str]:
    raised = left.span.times(right.scale)
    if left.span.low == 0 or raised.high > right.span.high:
        return left, right, doubt
    unclear = right.scale < _SURE_SCALE or right.scale == 10**6
    return replace(left, span=raised), right, doubt or ("ambiguous_unit" if unclear else "")


def close_together(left: Quantity, right: Quantity) -> bool:
    """Whether "7, 8 thousand" is one vague number: a single digit, and the next one with a magnitude word or none."""
    first, last, _ = adopt(left, right)
    alone = left.scale == ONE and 0 < left.span.low < 10 and not left.unit
    next_digit = right.span.low == left.span.low + 1
    return alone and (next_digit or (right.scale > ONE and ONE < last.span.low / first.span.high <= _HALF_AGAIN))
