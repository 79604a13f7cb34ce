"""Hearing: times said beside an amount or a count, such as "one month" or "in the last three months"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.hearing.spans import ONE
from bot.dialogue.hearing.tokens import NUMBER, UNKNOWN, Token

SPAN = "over_a_span"
"""Role of a length of time that an amount or a count may be summed over."""

_AVERAGE = ("平均", "月均", "average", "on average")
_PERIOD_OF = {
    **dict.fromkeys(("年", "year", "yr", "y"), "a_year"),
    **dict.fromkeys(("个月", "月", "month", "mo"), "a_month"),
    **dict.fromkeys(("天", "日", "day", "d"), "a_day"),
    **dict.fromkeys(("周", "星期", "个星期", "礼拜", "个礼拜", "week"), "a_week"),
    **dict.fromkeys(("季度", "个季度"), "a_quarter"),
    **dict.fromkeys(("小时", "个小时", "hour"), "an_hour"),
}


def settle_spans(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with times told from amounts.

    "One year" and a lone "year" become the period the amount is for. "In the last three months" is ignored where an
    average or a month is spoken of, and marked as ``SPAN`` elsewhere: the amount may be for all three. Any other length
    of time is left as not understood. In both cases the amount beside it is asked back.
    """
    settled: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        ahead = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.role == NUMBER and ahead is not None and ahead.role == "time":
            settled.append(_span(token, ahead, settled))
            at += 1
        elif token.role == "time":
            settled.append(replace(token, role=_PERIOD_OF.get(token.text, UNKNOWN)))
        else:
            settled.append(token)
        at += 1
    ignored = any(token.role == "a_month" or token.text.startswith(_AVERAGE) for token in settled)
    kept = [token for token in settled if not (ignored and token.role == SPAN)]
    return [_unused_recent(kept, index) for index in range(len(kept))]


def _span(number: Token, unit: Token, before: Sequence[Token]) -> Token:
    one = number.quantity is not None and number.quantity.span.exact and number.quantity.span.low == ONE
    text = number.text + unit.text
    if before and before[-1].role == "recent" and not one:
        return Token(SPAN, text)
    return Token(_PERIOD_OF.get(unit.text, UNKNOWN) if one else UNKNOWN, text)


def _unused_recent(tokens: Sequence[Token], at: int) -> Token:
    token = tokens[at]
    if token.role != "recent":
        return token
    ahead = tokens[at + 1].role if at + 1 < len(tokens) else ""
    return replace(token, role="near" if ahead == NUMBER and token.text == "近" else "filler")
