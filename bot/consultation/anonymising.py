"""Anonymising: what a group may see of a borrower, in bands so wide that several others would give the same card."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from simulator.vocabulary import Facts, Kind

ALIKE = 5
"""So many people of the drawn population at least must give the very same card."""

Cuts: TypeAlias = tuple[float, ...]
Level: TypeAlias = Mapping[str, Cuts]


class Band(NamedTuple):
    """One thing that a card says: between which round values it lies, None where it has no end."""

    name: str
    low: float | None = None
    high: float | None = None


class Card(NamedTuple):
    """A banded card: the kind of borrower, how far it was widened (0 is finest), and its bands in a fixed order."""

    kind: Kind
    width: int
    bands: tuple[Band, ...] = ()


Wide: TypeAlias = Literal["", "rare", "unanswered"]

TOLD_OF = ("current_line", "used_balance", "overdue_now", "lenders_count")
"""What everybody who shows a card has told, in the order of asking; a group's cards tell of nothing else.

Were there more on the cards of those who have told more, whoever knows how long somebody answered would know theirs.
"""

_TELLING = 3
"""Up to this width a group's card says everything that it can say."""

Crowd: TypeAlias = frozenset[Card]
"""The cards that may be shown at all; whatever fits none of them is not shown."""


def _use(facts: Facts) -> float | None:
    line, used = facts.number("current_line"), facts.number("used_balance")
    return None if line is None or used is None or line <= 0 else used / line


def _income(facts: Facts) -> float | None:
    return facts.number("monthly_income" if facts.kind is Kind.PERSON else "monthly_turnover")


def _plainly(name: str) -> Callable[[Facts], float | None]:
    return lambda facts: facts.number(name)


_MEASURES: Mapping[str, Callable[[Facts], float | None]] = MappingProxyType({
    "line": _plainly("current_line"),
    "use": _use,
    "overdue": _plainly("overdue_now"),
    "streak": _plainly("on_time_months"),
    "lenders": _plainly("lenders_count"),
    "income": _income,
})

_LINE: Mapping[Kind, tuple[Cuts, ...]] = MappingProxyType({
    Kind.PERSON: ((5e3, 1e4, 2e4, 5e4, 1e5, 2e5), (1e4, 5e4, 1e5), (5e4,)),
    Kind.BUSINESS: ((2e4, 5e4, 1e5, 2e5, 5e5, 1e6), (5e4, 2e5, 5e5), (2e5,)),
})
_INCOME: Mapping[Kind, Cuts] = MappingProxyType({
    Kind.PERSON: (5e3, 1e4, 2e4, 5e4),
    Kind.BUSINESS: (2e4, 1e5, 5e5, 2e6),
})
_USE: Cuts = (0.3, 0.7)
_STREAK: Cuts = (6, 12, 24)
_LENDERS: Cuts = (1, 3)
_OVERDUE: Cuts = (0.5,)


def _levels(kind: Kind) -> tuple[Level, ...]:
    fine, coarse, coarsest = _LINE[kind]
    short = {"use": _USE, "overdue": _OVERDUE}
    every = {"streak": _STREAK, "lenders": _LENDERS}
    levels: tuple[Level, ...] = (
        {"line": fine, **short, **every, "income": _INCOME[kind]},
        {"line": fine, **short, **every},
        {"line": coarse, **short, **every},
        {"line": coarse, **short, "lenders": _LENDERS},
        {"line": coarse, **short, "streak": _STREAK},
        {"line": coarse, **short},
        {"line": coarse, "use": _USE},
        {"line": coarsest, "overdue": _OVERDUE},
        {"line": coarsest},
        {},
    )
    return levels


_LEVELS: Mapping[Kind, tuple[Level, ...]] = MappingProxyType({kind: _levels(kind) for kind in Kind})
"""How much is told, from most to least, by kind of borrower."""


def crowd_of(people: Iterable[Facts]) -> Crowd:
    """The cards that at least five of these people give, each at the narrowest width at which they are so many.

    Who gives a narrower card does not count for a wider one: that is why a wider card hides among those who really
    would get it.
    """
    left = list(people)
    shown: set[Card] = set()
    for width in range(max(len(levels) for levels in _LEVELS.values())):
        cards = [(facts, _card_at(width, facts)) for facts in left]
        alike = Counter(card for _, card in cards if card is not None)
        shown |= {card for card, many in alike.items() if many >= ALIKE}
        left = [facts for facts, card in cards if card not in shown]
    return frozenset(shown)


def group_crowd(people: Iterable[Facts]) -> Crowd:
    """The cards that a group may see of anybody: those that at least five of these people would give there."""
    return crowd_of(_told_of(facts) for facts in people)


def _told_of(facts: Facts) -> Facts:
    return Facts(facts.kind, {name: value for name, value in facts.values.items() if name in TOLD_OF})


def cards_of(facts: Facts) -> Iterator[Card]:
    """Every card that a borrower's facts can give, the narrowest first."""
    for width in range(len(_LEVELS[facts.kind])):
        card = _card_at(width, facts)
        if card is not None:
            yield card


def anonymous(facts: Facts, crowd: Crowd) -> Card | None:
    """The narrowest card of a group's crowd that fits a borrower; None where none does, and then nothing may be shown.

    What is not known is never guessed: a card that says something about it is not theirs.
    """
    return next((card for card in cards_of(_told_of(facts)) if card in crowd), None)


def untold(facts: Facts) -> tuple[str, ...]:
    """What a card tells of and a borrower has not told, in the order of asking."""
    return tuple(name for name in TOLD_OF if name not in facts.values)


def why_wide(facts: Facts, card: Card) -> Wide:
    """Why a card says little of a borrower: too few are like them, or they have told little."""
    if card.width <= _TELLING:
        return ""
    return "rare" if next(cards_of(_told_of(facts))).width < card.width else "unanswered"


def _card_at(width: int, facts: Facts) -> Card | None:
    """The card at a width; None where something that it tells of is not known."""
    told: list[Band] = []
    for name, cuts in _LEVELS[facts.kind][width].items():
        band = _band(name, cuts, facts)
        if band is None:
            return None
        told.append(band)
    return Card(facts.kind, width, tuple(told))


def _band(name: str, cuts: Cuts, facts: Facts) -> Band | None:
    value = _MEASURES[name](facts)
    if value is None:
        return None
    at = bisect_right(cuts, value)
    return Band(name, cuts[at - 1] if at else None, cuts[at] if at < len(cuts) else None)
