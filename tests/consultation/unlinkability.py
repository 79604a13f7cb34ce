"""Whose card is it? A watcher's best guesses, measured: ``python -m tests.consultation.unlinkability --sittings 500``.

The watcher knows every card, every drawing of the table with its moment, and who pressed and spoke in the group when;
besides that it is told, for each drawing, who are the people whose cards came with it, in no order, but for those whose
card had lain on the table before. It knows the program: it tries many orders, learns on one half of the sittings which
of them serves best, and is measured on the other half. Chance is to deal these cards to these people blindly.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.consultation.anonymising import Card
from tests.consultation.watched_sittings import Drawing, Watched, watched

Order = Callable[[Watched, Drawing, str], float]
"""A number for a member; the watcher deals the cards to the members in the order of their numbers."""


def _spoke(seen: Watched, drawing: Drawing, member: str) -> float:
    return max((at for at in seen.spoke[member] if at <= drawing.at), default=-1.0)


def _spoke_after(seen: Watched, drawing: Drawing, member: str) -> float:
    return min((at for at in seen.spoke[member] if at > drawing.at), default=math.inf)


def _digest(_seen: Watched, _drawing: Drawing, member: str) -> float:
    return int(hashlib.sha256(f" {member}".encode()).hexdigest(), 16)


PEOPLE: Mapping[str, Order] = MappingProxyType({
    "who pressed first": lambda seen, _drawing, member: seen.pressed[member],
    "who pressed nearest to a minute before": lambda s, d, m: abs(d.at - s.pressed[m] - 60.0),
    "who spoke last": _spoke,
    "who spoke next": _spoke_after,
    "who speaks most": lambda seen, _drawing, member: len(seen.spoke[member]),
    "whose number is lowest": lambda _seen, _drawing, member: int(member.removeprefix("tg:")),
    "whose digest is lowest": _digest,
})
CARDS: Mapping[str, Callable[[str, Card], object]] = MappingProxyType({
    "by letter": lambda letter, _card: (len(letter), letter),
    "by width": lambda letter, card: (card.width, letter),
    "by kind": lambda letter, card: (card.kind, letter),
    "by line": lambda letter, card: (next((b.low or 0.0 for b in card.bands if b.name == "line"), 0.0), letter),
})
GUESSES: tuple[tuple[str, str, bool], ...] = tuple(
    (people, cards, back) for people in PEOPLE for cards in CARDS for back in (False, True)
)


class Measured(NamedTuple):
    """Cards that were guessed, how many rightly, and how many blind dealing would have hit."""

    cards: int = 0
    hits: int = 0
    chance: float = 0.0

    def and_(self, other: Measured) -> Measured:
        """Both together."""
        return Measured(self.cards + other.cards, self.hits + other.hits, self.chance + other.chance)

    @property
    def rate(self) -> float:
        """The share of right guesses."""
        return self.hits / max(1, self.cards)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the true share lies with 95 % (Wilson)."""
        z, n, p = 1.96, max(1, self.cards), self.rate
        middle, half = (p + z * z / (2 * n)), z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def recognised(seen: Watched, drawing: Drawing) -> set[str]:
    """Letters whose card looks like one that had left the table before and has not come back since."""
    gone = [card for at, _, card in seen.left if at <= drawing.at]
    for earlier in seen.drawings:
        if earlier.at < drawing.at:
            for letter in recognised(seen, earlier):
                gone.remove(earlier.cards[letter])
    found = set()
    for letter, card in drawing.cards.items():
        if card in gone:
            gone.remove(card)
            found.add(letter)
    return found


def measured(seen: Watched, guess: tuple[str, str, bool]) -> Measured:
    """How well one way of guessing does in one sitting."""
    people, cards, back = guess
    total = Measured()
    for drawing in seen.drawings:
        known = recognised(seen, drawing)
        letters = sorted(drawing.cards.keys() - known, key=lambda one, d=drawing: CARDS[cards](one, d.cards[one]))
        if not letters:
            continue
        owners = sorted(drawing.owners[letter] for letter in letters)
        order = sorted(owners, key=lambda one, d=drawing: PEOPLE[people](seen, d, one), reverse=back)
        hits = sum(drawing.owners[letter] == member for letter, member in zip(letters, order, strict=True))
        total = total.and_(Measured(len(letters), hits, 1.0))
    return total


def summed(sittings: Sequence[Watched], guess: tuple[str, str, bool]) -> Measured:
    """How well one way of guessing does in many sittings."""
    total = Measured()
    for seen in sittings:
        total = total.and_(measured(seen, guess))
    return total


def by_time_alone(sittings: Sequence[Watched]) -> tuple[Measured, float]:
    """A watcher who is told nothing deals each drawing to those who pressed earliest; beside it, one of all present."""
    total, blind = Measured(), 0.0
    for seen in sittings:
        waiting = sorted(seen.members, key=seen.pressed.__getitem__)
        for drawing in seen.drawings:
            letters = sorted(drawing.cards.keys() - recognised(seen, drawing))
            guessed, waiting = waiting[: len(letters)], waiting[len(letters) :]
            hits = sum(drawing.owners[one] == who for one, who in zip(letters, guessed, strict=False))
            total = total.and_(Measured(len(letters), hits))
            blind += len(letters) / len(seen.members)
    return total, blind / max(1, total.cards)


def best_guess(sittings: Sequence[Watched]) -> tuple[tuple[str, str, bool], Measured]:
    """The way of guessing that serves best on one half, and what it does on the other."""
    learned, judged = sittings[::2], sittings[1::2]
    best = max(GUESSES, key=lambda guess: summed(learned, guess).rate)
    return best, summed(judged, best)


def main() -> int:
    """Read the command line, measure, and say it; 1 when a watcher does better than chance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sittings", type=int, default=500, help="how many are judged; as many are learned from")
    told = parser.parse_args()
    sittings = [watched(seed) for seed in range(2 * told.sittings)]
    best, found = best_guess(sittings)
    alone, blind = by_time_alone(sittings)
    low, high = found.interval
    fewest = min(len(d.cards) - len(recognised(s, d)) or 99 for s in sittings for d in s.drawings)
    lines = [
        f"{found.cards} cards in {told.sittings} sittings; best of {len(GUESSES)} ways: {best}",
        f"hit rate {found.rate:.1%} (95 %: {low:.1%} to {high:.1%}), chance {found.chance / found.cards:.1%}",
        f"fewest new cards that came together: {fewest}",
        f"by the moments alone, told nothing: {alone.rate:.1%}; one of all who are there: {blind:.1%}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(low > found.chance / found.cards)


if __name__ == "__main__":
    sys.exit(main())
