"""Unfit: what an adviser's words must not hold before they reach a group or a member, whoever wrote them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Literal

from bot.dialogue.hearing.english import magnified
from bot.dialogue.hearing.numerals import read_numeral
from bot.dialogue.hearing.own_numbers import own_number
from knowledge.folding import fold
from knowledge.library import Library
from simulator.vocabulary import FACTS, Facts, Unit

LONGEST = 1000
"""Letters of one message; what is longer nobody reads in a group."""

Fault = Literal["empty", "long", "personal", "advice", "figure"]

_LEAST = 100.0
_NEAR = 0.005
"""As a share: a number so near to a member's own is theirs, however it is rounded."""


def unfit(words: str, library: Library) -> Fault | None:
    """Why nobody here may say some words, or None where they are fine.

    They may hold no numbers of anybody's papers, no offer, and no advice that nobody here may give.
    """
    if not words.strip():
        return "empty"
    if len(words) > LONGEST:
        return "long"
    if own_number(words) is not None:
        return "personal"
    banned = library.banned.heard("zh", words) or library.banned.heard("en", words)
    return "advice" if banned or library.lures.judged(words) == "offer" else None


def unfit_for_group(words: str, members: Iterable[Facts], library: Library) -> Fault | None:
    """The same before a group, where no member's own figure may stand either; round ones may."""
    fault = unfit(words, library)
    if fault is not None:
        return fault
    own = [value for facts in members for value in _own_figures(facts)]
    said = [*_said(words)]
    return "figure" if any(abs(one - other) <= _NEAR * other for one in said for other in own) else None


def _own_figures(facts: Facts) -> Iterator[float]:
    """Amounts that somebody told, but for those so round that they tell nothing."""
    for name, value in facts.values.items():
        money = FACTS[name].unit in {Unit.YUAN, Unit.YUAN_PER_MONTH}
        if money and not isinstance(value, str) and value >= _LEAST and not _round(float(value)):
            yield float(value)


def _round(value: float) -> bool:
    """Whether an amount has one digit and noughts."""
    return value == float(f"{value:.0e}")


def _said(words: str) -> Iterator[float]:
    """Amounts in some words, in digits or in Chinese, in yuan, but for those of one digit and noughts."""
    plain, at = fold(words), 0
    while at < len(plain):
        found = read_numeral(plain, at)
        if found is None:
            at += 1
            continue
        numeral = magnified(plain, found)
        at = max(numeral.end, at + 1)
        for value in {float(numeral.quantity.span.low), float(numeral.quantity.span.high)}:
            if math.isfinite(value) and value >= _LEAST and not _round(value):
                yield value
