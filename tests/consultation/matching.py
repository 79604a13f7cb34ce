"""How well a watcher's guesses name the owners of cards, beside two kinds of chance.

The first is blind naming of anybody who was there. A watcher may beat it by knowing who takes part at all: who came in
a minute before cards came can have none among them. The second is the measure of unlinkability: the very same guesses,
with the cards that came together dealt anew among those who own them. Whoever does no better than that knows nothing
of which card is whose.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from tests.consultation.clues import Knows, candidates
from tests.consultation.watched_sittings import Drawing, Watched
from tests.consultation.watching import Watcher


class Guessed(NamedTuple):
    """Whom a watcher names for the new cards (by letter) of one drawing; nobody's name where nobody comes in question.

    ``many`` is among how many somebody would name blindly: those who were there without a card, or whose card waited.
    """

    sitting: int
    drawing: Drawing
    named: Mapping[str, str]
    many: int


class Measured(NamedTuple):
    """Cards that were guessed, how many rightly, and how many blind guesses would have hit."""

    cards: int = 0
    hits: float = 0.0
    chance: float = 0.0

    def and_(self, other: Measured) -> Measured:
        """Both together."""
        return Measured(self.cards + other.cards, self.hits + other.hits, self.chance + other.chance)

    @property
    def rate(self) -> float:
        """The share of right guesses."""
        return self.hits / max(1, self.cards)

    @property
    def blind(self) -> float:
        """The share that blind guesses would have hit."""
        return self.chance / max(1, self.cards)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 % (Wilson)."""
        z, n, p = 1.96, max(1, self.cards), self.rate
        middle, half = (p + z * z / (2 * n)), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


class Matched(NamedTuple):
    """Guesses beside the very same guesses with cards dealt anew.

    Attributes:
        cards: how many were guessed.
        named: how many guesses named somebody who owns one of the cards that came together, whichever.
        hits: by sitting, how many guesses were right.
        dealt: by sitting, how many of them would be right on average, were the cards dealt anew among their owners.
    """

    cards: int
    named: int
    hits: tuple[int, ...]
    dealt: tuple[float, ...]

    @property
    def rate(self) -> float:
        """The share of right guesses."""
        return sum(self.hits) / max(1, self.cards)

    @property
    def chance(self) -> float:
        """The share that would be right with cards dealt anew."""
        return sum(self.dealt) / max(1, self.cards)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the difference of the two lies with 95 %; sittings are independent, cards of one sitting are not."""
        apart = math.sqrt(sum((hit - dealt) ** 2 for hit, dealt in zip(self.hits, self.dealt, strict=True)))
        gain, half = self.rate - self.chance, 1.96 * apart / max(1, self.cards)
        return gain - half, gain + half


def guesses(sittings: Sequence[Watched], knows: Knows) -> list[Guessed]:
    """What a watcher that learned on every other sitting guesses in the rest."""
    watcher, chance, found = Watcher(knows).learns(sittings[::2]), Random(1), []
    for number, seen in enumerate(sittings[1::2]):
        for drawing, likely in watcher.looks(seen):
            had = {who for one in seen.drawings if one.at < drawing.at for who in one.owners.values()}
            many = len({*candidates(seen, drawing, knows)} - had) or 1  # nobody else waits: a card that is back
            named = {letter: _likeliest(row, chance) for letter, row in likely.items()}
            found.append(Guessed(number, drawing, named, many))
    return found


def _likeliest(row: Mapping[str, float], chance: Random) -> str:
    return max(sorted(row), key=lambda who: (round(row[who], 9), chance.random()), default="")


def measured(told: Iterable[Guessed]) -> Measured:
    """How often owners are named, beside naming blindly one who was there without a card, or whose card waited."""
    total = Measured()
    for one in told:
        for letter, who in one.named.items():
            total = total.and_(Measured(1, who == one.drawing.owners[letter], 1 / one.many))
    return total


def matched(told: Iterable[Guessed], *, by_kind: bool = False) -> Matched:
    """How often owners are named, beside the same guesses with cards dealt anew among their owners.

    Args:
        told: the guesses.
        by_kind: deal anew among people and among businesses apart: who knows of somebody whether they run a business
            gains nothing by that then.
    """
    hits, dealt, named, cards = Counter[int](), Counter[int](), 0, 0
    for one in told:
        kinds = {letter: one.drawing.cards[letter].kind if by_kind else None for letter in one.named}
        for letter, who in one.named.items():
            alike = [one.drawing.owners[other] for other in one.named if kinds[other] is kinds[letter]]
            hits[one.sitting] += who == one.drawing.owners[letter]
            dealt[one.sitting] += alike.count(who) / len(alike)
            named += who in {one.drawing.owners[other] for other in one.named}
            cards += 1
    return Matched(cards, named, tuple(hits.values()), tuple(dealt.values()))
