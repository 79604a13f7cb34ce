"""Hearing: from numbers and the words around them to one value, one range, or the reason to ask back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import takewhile

from bot.dialogue.hearing.joining import adopt, close_together
from bot.dialogue.hearing.spans import ZERO, Quantity, Span
from bot.dialogue.hearing.tokens import NUMBER, Token
from bot.dialogue.hearing.words import AFTER, BEFORE, EITHER, SILENT

REFUSING = frozenset({
    *("malformed", "too_large", "not_finite", "foreign", "relative", "question", "unsure", "negated", "vague"),
    *("no_number", "several_numbers", "negative", "not_whole", "needs_today", "future"),
})
"""Reasons after which no reading is worth a yes."""

_LOOSE = Decimal("0.1")
_WIDE = 50
_MOST_SHOWN = 4
_RESTATING = frozenset({"sep", "about"})  # between an amount and the same amount in other words


@dataclass(frozen=True, slots=True)
class Reading:
    """One value (both ends equal), a range (an end may be open), with the first doubt about it.

    ``about`` marks one value said to be rough; its ends are then a tenth around it.
    """

    low: Decimal | None
    high: Decimal | None
    about: bool = False
    doubt: str = ""
    others: tuple[Reading, ...] = ()

    def doubting(self, doubt: str) -> Reading:
        """The same reading with a doubt, unless it has one already."""
        return self if self.doubt else replace(self, doubt=doubt)

    @property
    def refused(self) -> bool:
        """Whether it must be refused rather than confirmed."""
        return self.doubt in REFUSING


def refusal(doubt: str, others: tuple[Reading, ...] = ()) -> Reading:
    """A reading of nothing, with the reason."""
    return Reading(None, None, doubt=doubt, others=others)


@dataclass(slots=True)
class _Side:
    """A number with the words that speak of it, and the roles that stand between it and the number before."""

    quantity: Quantity
    edges: list[str] = field(default_factory=list)
    joints: frozenset[str] = frozenset()


Convert = Callable[[Quantity], Quantity]


def resolve(tokens: Sequence[Token], convert: Convert, *, below_zero: bool = False) -> Reading:
    """What the tokens say, in the unit that ``convert`` turns quantities into.

    Returns a reading; one that must be refused has its doubt in ``REFUSING``. Negative values are refused unless
    ``below_zero``.
    """
    roles = {token.role for token in tokens}
    counted = sum(token.role == NUMBER for token in tokens)
    early = _early_refusal(roles, counted)
    if early:
        return refusal(early)
    if counted == 0:
        return _no_number(roles, tokens)
    sides, left_over = _bind(tokens)
    reading = _combine(sides, roles, convert)
    before_number = takewhile(lambda token: token.role != NUMBER, tokens)
    rough = "about" in roles or any(token.text == "~" for token in before_number)
    if rough and reading.low == reading.high:
        reading = replace(reading, about=True)
    if "unsure" in roles:
        reading = reading.doubting("unsure_words")
    if "mark" in roles:
        reading = reading.doubting("unsure_words")
    if left_over:
        reading = reading.doubting("unknown_words")
    if not below_zero and any(end is not None and end < 0 for end in (reading.low, reading.high)):
        return refusal("negative")
    return reading


def _early_refusal(roles: set[str], counted: int) -> str:
    if "unsure" in roles and not counted:
        return "unsure"
    for role in ("not_finite", "foreign", "relative", "question"):
        if role in roles:
            return role
    if counted:
        return "negated" if roles & {"zero", "negate"} else ""
    if "mark" in roles:
        return "question"
    return "vague" if "vague" in roles else "negated" if "negate" in roles else ""


def _no_number(roles: set[str], tokens: Sequence[Token]) -> Reading:
    if "zero" not in roles:
        return refusal("no_number")
    nothing = Reading(ZERO, ZERO)
    plain = all(token.role == "zero" or token.role in SILENT for token in tokens)
    return nothing if plain else nothing.doubting("unknown_words")


def _bind(tokens: Sequence[Token]) -> tuple[list[_Side], bool]:
    """Numbers with their own words, and whether anything was left that is not understood."""
    sides: list[_Side] = []
    pending: list[str] = []
    between: set[str] = set()
    left_over = False
    for index, token in enumerate(tokens):
        role = _role_here(tokens, index, bool(sides))
        if token.quantity is not None and role == NUMBER:
            sides.append(_Side(token.quantity, pending, frozenset(between)))
            pending, between = [], set()
        elif role in BEFORE:
            pending.append(role)
        elif role in AFTER and sides:
            sides[-1].edges.append(role)
        elif role == "range" and not sides:
            left_over = True
        else:
            between.add(role)
            left_over = left_over or (role not in SILENT and role != "range")
    if pending and sides and set(pending) <= {"under", "over"}:  # "8,000 at most"
        sides[-1].edges.extend(pending)
        pending = []
    return sides, left_over or bool(pending) or "range" in between


def _role_here(tokens: Sequence[Token], index: int, after_number: bool) -> str:
    """The role a word plays in its place: a dash may be a minus, a plus may mean "or more"."""
    token = tokens[index]
    before = tokens[index - 1].role if index else ""
    ahead = tokens[index + 1].role if index + 1 < len(tokens) else ""
    if token.role == "range" and token.text == "-" and ahead == NUMBER and (not after_number or before == "range"):
        return "minus"
    if token.role == "range" and token.text == "~" and not after_number:
        return "about"
    if token.text in "([" and ahead == NUMBER and not after_number:
        return "join"  # a number alone in brackets may be a negative one
    if token.text == "+":
        return "over_after" if after_number and ahead != NUMBER else "join"
    if token.role in EITHER:
        return token.role.removesuffix("_any") + ("" if ahead == NUMBER or not after_number else "_after")
    return token.role


def _combine(sides: list[_Side], roles: set[str], convert: Convert) -> Reading:
    if len(sides) == 1:
        return _single(sides[0], convert)
    if len(sides) == 2:
        joined = _pair(sides[0], sides[1], roles, convert)
        if joined is not None:
            return joined
    readings = tuple(_single(side, convert) for side in sides[:_MOST_SHOWN])
    return refusal("several_numbers", readings)


def _single(side: _Side, convert: Convert) -> Reading:
    quantity = convert(side.quantity)
    span, doubt = quantity.span, quantity.doubt
    if "minus" in side.edges:
        span = Span(-span.high, -span.low)
        doubt = doubt or ("contradicting" if len(side.edges) > 1 else "")
    span = _shifted(span, quantity.place, side.edges)
    edges = {edge.removesuffix("_after") for edge in side.edges} & {"under", "over"}
    others = () if quantity.other is None else (Reading(quantity.other, quantity.other),)
    if len(edges) > 1:
        return Reading(span.low, span.high, doubt=doubt or "contradicting", others=others)
    if "under" in edges:
        return Reading(None, span.high, doubt=doubt, others=others)
    if "over" in edges:
        return Reading(span.low, None, doubt=doubt, others=others)
    return Reading(span.low, span.high, doubt=doubt, others=others)


def _shifted(span: Span, place: Decimal, edges: list[str]) -> Span:
    if "near" in edges:
        return Span(span.low * (1 - _LOOSE), span.high)
    if "past" in edges or "past_before" in edges:
        return Span(span.low, span.high * (1 + _LOOSE))
    if "more" in edges:
        return Span(span.low, span.high + place)
    return span


def _pair(first: _Side, second: _Side, roles: set[str], convert: Convert) -> Reading | None:
    """Two numbers as one range, or None when nothing joins them."""
    edges = [{edge.removesuffix("_after") for edge in side.edges} & {"under", "over"} for side in (first, second)]
    opposite = set(map(frozenset, edges)) == {frozenset({"under"}), frozenset({"over"})}
    listed = "list" in second.joints and close_together(first.quantity, second.quantity)
    joined = second.joints & {"range", "or"} or ("and" in second.joints and "between" in roles) or listed
    left, right, doubt = adopt(first.quantity, second.quantity) if joined else (first.quantity, second.quantity, "")
    low, high = (_single(replace_side(side, it), convert) for side, it in ((first, left), (second, right)))
    same = low.low is not None and (low.low, low.high) == (high.low, high.high)
    if same and (joined or second.joints <= _RESTATING):
        return low
    if not joined and not opposite:
        return None
    doubt = low.doubt or high.doubt or doubt or ("contradicting" if joined and any(edges) else "")
    return _between(low, high, doubt)


def replace_side(side: _Side, quantity: Quantity) -> _Side:
    """The same words around another quantity."""
    return _Side(quantity, side.edges, side.joints)


def _between(low: Reading, high: Reading, doubt: str) -> Reading:
    if low.low is None or high.low is None or low.high is None or high.high is None:
        return _between_edges(low, high, doubt)
    bottom, top = min(low.low, high.low), max(low.high, high.high)
    wide = bottom > 0 and top / bottom > _WIDE
    falling = low.low > high.low
    return Reading(bottom, top, doubt=doubt or ("wide" if wide else "descending" if falling else ""))


def _between_edges(low: Reading, high: Reading, doubt: str) -> Reading:
    """Both ends named apart, "at least 8,000, at most 10,000", in either order."""
    bottom, top = (low.low, high.high) if low.high is None else (high.low, low.high)
    if bottom is None or top is None or bottom > top:
        return refusal("several_numbers", (low, high))
    return Reading(bottom, top, doubt=doubt)
