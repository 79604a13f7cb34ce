"""Secrecy: odd figures that nobody else has, planted in whole borrowers, and the search for them in what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from simulator.vocabulary import FACTS, Facts, FactSpec, FactValue, Unit
from tests.consultation.playing import people

_NUMBERS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TELLING = 4
"""Digits; with fewer of them the number of any message would be taken for somebody's."""

_MONEY = frozenset({Unit.YUAN, Unit.YUAN_PER_MONTH})


def _odd(spec: FactSpec, value: FactValue, chance: Random) -> FactValue:
    """A value near the drawn one that no band ends with and nobody else has."""
    if spec.unit in _MONEY and not isinstance(value, str):
        return float(value) // 1000 * 1000 + chance.randrange(101, 899) + chance.randrange(11, 99) / 100
    return value


def planted(chance: Random, many: int, seed: int = 1000) -> tuple[Facts, ...]:
    """So many whole borrowers whose every amount is odd."""
    drawn = chance.sample(people(seed, 400), many)
    return tuple(
        Facts(one.kind, {name: _odd(FACTS[name], value, chance) for name, value in one.values.items()}) for one in drawn
    )


def forms(facts: Facts) -> set[str]:
    """The planted amounts of somebody as they could be written."""
    money = [value for name, value in facts.values.items() if FACTS[name].unit in _MONEY]
    amounts = [float(value) for value in money if not isinstance(value, str) and value]
    written = {form for one in amounts for form in (f"{one:.2f}", f"{one:,.2f}", f"{one:.0f}", f"{one:,.0f}")}
    return {form for form in written if sum(map(str.isdigit, form)) >= _TELLING}


def leaks(said: str, members: Iterable[Facts]) -> set[str]:
    """The planted amounts that stand in some words."""
    found = set(_NUMBERS.findall(said)) | {number.rstrip(",.") for number in re.findall(r"\d[\d,.]*", said)}
    return {form for facts in members for form in forms(facts) if form in found}
