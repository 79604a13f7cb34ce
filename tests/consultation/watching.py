"""A watcher's best guess: for each card on the table, how likely it is whose, from all that was learned and seen.

The watcher knows the program and everything but the sitting's secret. From as many sittings whose truth is known it
learns what shows when somebody's card comes (how long ago they came in, spoke, or pressed in private, how long they
answered), and what of a member goes with what of a card among those that came together: any band, the kind, the place
of the letter. Likelihoods multiply; a member has one card, and a card one member.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

from bot.consultation.anonymising import Card
from tests.consultation.clues import Clue, Knows, candidates, clues, fresh, manners, marks_of, thanked
from tests.consultation.watched_sittings import Drawing, Watched, fits

_ROUNDS = 12
_SURE = 6.0
"""So many sightings are taken for granted on either side, so that few of them prove nothing."""

T = TypeVar("T")
Pair: TypeAlias = tuple[Clue, Clue]
Likely: TypeAlias = Mapping[str, Mapping[str, float]]
"""How likely a card (by letter) is each member's."""


@dataclass
class Odds(Generic[T]):
    """How much something seen speaks for an owner: how often it was seen of owners, and of all others."""

    yes: Counter[T] = field(default_factory=Counter)
    no: Counter[T] = field(default_factory=Counter)
    seen: list[int] = field(default_factory=lambda: [0, 0])

    def learn(self, things: Iterable[T], owner: bool) -> None:
        """Count one member of whom these things were seen."""
        (self.yes if owner else self.no).update(things)
        self.seen[0 if owner else 1] += 1

    def tells(self, thing: T) -> float:
        """The logarithm of odds; nothing where it was never seen."""
        if not all(self.seen):
            return 0.0
        expected = self.no[thing] * self.seen[0] / self.seen[1]
        return math.log((self.yes[thing] + _SURE) / (expected + _SURE))


@dataclass
class Watcher:
    """One who has learned from sittings whose truth is known."""

    knows: Knows
    comes: Odds[Clue] = field(default_factory=Odds)
    goes_with: Odds[Pair] = field(default_factory=Odds)
    thanks: Odds[Clue] = field(default_factory=Odds)
    cards: Counter[Card] = field(default_factory=Counter)

    def learns(self, sittings: Iterable[Watched]) -> Watcher:
        """Count what was seen of owners and of all others who might have been."""
        for seen in sittings:
            for drawing in seen.drawings:
                letters = fresh(seen, drawing)
                self._learns_who_comes(seen, drawing, letters)
                self._learns_what_goes_together(seen, drawing, letters)
                self.cards.update(drawing.cards[letter] for letter in letters)
        return self

    def _learns_who_comes(self, seen: Watched, drawing: Drawing, letters: Sequence[str]) -> None:
        owners = {drawing.owners[letter] for letter in letters}
        for member in candidates(seen, drawing, self.knows):
            self.comes.learn(clues(seen, drawing, member, self.knows), member in owners)

    def _learns_what_goes_together(self, seen: Watched, drawing: Drawing, letters: Sequence[str]) -> None:
        """Among the owners of cards that came together: the true pairs beside all others."""
        members = candidates(seen, drawing, self.knows)
        seemed = manners(seen, drawing, members, self.knows)
        for letter in letters:
            marks = tuple(marks_of(drawing, letters, letter))
            for who in {drawing.owners[other] for other in letters} & {*members}:
                owner = who == drawing.owners[letter]
                self.goes_with.learn(((mark, clue) for mark in marks for clue in seemed[who]), owner)
                self.thanks.learn((thanked(seen, letter, who),), owner)

    def looks(self, seen: Watched) -> Iterator[tuple[Drawing, Likely]]:
        """How likely each new card of each drawing is whose; who has a card already is less likely to get another."""
        has: Counter[str] = Counter()
        for drawing in seen.drawings:
            raw = self._weights(seen, drawing)
            for row in raw.values():
                for who in row:
                    row[who] *= max(0.02, 1.0 - has[who])
            likely = settled(raw)
            for row in likely.values():
                has.update(row)
            yield drawing, likely

    def _weights(self, seen: Watched, drawing: Drawing) -> dict[str, dict[str, float]]:
        letters, members = fresh(seen, drawing), candidates(seen, drawing, self.knows)
        seemed = manners(seen, drawing, members, self.knows)
        comes = {who: sum(map(self.comes.tells, clues(seen, drawing, who, self.knows))) for who in members}
        rows: dict[str, dict[str, float]] = {}
        for letter in letters:
            marks = tuple(marks_of(drawing, letters, letter))
            rows[letter] = {who: self._heard(seen, drawing.cards[letter], who) for who in members}
            for who in members if self.knows.times else ():
                told = comes[who] + sum(self.goes_with.tells((mark, clue)) for mark in marks for clue in seemed[who])
                told += self.thanks.tells(thanked(seen, letter, who)) if self.knows.marks else 0.0
                rows[letter][who] *= math.exp(told)
        return rows

    def _heard(self, seen: Watched, card: Card, who: str) -> float:
        """How much what somebody let slip speaks for a card."""
        if not self.knows.heeds or not seen.said[who]:
            return 1.0
        alike = sum(many for one, many in self.cards.items() if fits(one, seen.said[who]))
        return fits(card, seen.said[who]) * (self.cards.total() + 1) / (alike + 1)


def settled(raw: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Weights of cards for members as shares: a card is surely somebody's, and nobody has more than one."""
    likely = {letter: dict(row) for letter, row in raw.items()}
    for _ in range(_ROUNDS):
        for row in likely.values():
            total = sum(row.values()) or 1.0
            for who in row:
                row[who] /= total
        columns: Counter[str] = Counter()
        for row in likely.values():
            columns.update(row)
        for row in likely.values():
            for who in row:
                row[who] /= max(1.0, columns[who])
    return likely
