"""A watcher's best guess: for each card on the table, how likely it is whose, from all that was learned and seen.

The watcher knows the program and everything but the sitting's secret. What shows when somebody's card comes is learned
from as many sittings whose truth is known: how long ago they came in, spoke, or pressed in private, how long they
answered, and what kind of card such people have. Likelihoods multiply; a member has one card, and a card one member.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.consultation.anonymising import Card
from tests.consultation.watched_sittings import Drawing, Watched, fits

_ROUNDS = 12
_PRIOR = 2.0
"""So many sightings of each kind are taken for granted, so that one of them proves nothing."""


class Knows(NamedTuple):
    """What a watcher knows besides the group: every press in private, and whether it heeds what people let slip."""

    presses: bool = False
    heeds: bool = False
    times: bool = True


Clue = tuple[str, int]
Likely = Mapping[str, Mapping[str, float]]
"""How likely a card (by letter) is each member's."""


def waiting(seen: Watched, at: float) -> dict[str, float]:
    """Whose card waits at a moment, as presses tell, and since when."""
    since: dict[str, float] = {}
    for step in seen.steps:
        if step.at > at:
            break
        if step.way == "show":
            since.setdefault(step.member, step.at)
        elif step.way in {"hide", "withdraw"}:
            since.pop(step.member, None)
    return since


def candidates(seen: Watched, drawing: Drawing, knows: Knows) -> list[str]:
    """Who can be the owner of a card that came at a moment: who was there, or whose card waited."""
    if knows.presses:
        return sorted(waiting(seen, drawing.at))
    return [member for member in seen.members if seen.pressed[member] < drawing.at]


def _bin(seconds: float | None) -> int:
    if seconds is None:
        return -1
    return int(2 * math.log2(max(seconds, 0.0) + 1.0))


def clues(seen: Watched, drawing: Drawing, member: str, knows: Knows) -> Iterator[Clue]:
    """What can be seen of a member around the moment at which cards came."""
    at, came = drawing.at, seen.pressed[member]
    yield "since they came", _bin(at - came)
    before = [one for one in seen.spoke[member] if one <= at]
    after = [one for one in seen.spoke[member] if one > at]
    yield "spoke last", _bin(at - before[-1] if before else None)
    yield "speaks next", _bin(after[0] - at if after else None)
    silent = [one - came for one in seen.spoke[member] if one > came]
    yield "silent after coming", _bin(silent[0] if silent else None)
    if knows.presses:
        agreed = waiting(seen, at).get(member, at)
        yield "since they agreed", _bin(at - agreed)
        earlier = [one.at for one in seen.drawings if one.at < at]
        yield "agreed after the last laying", int(not earlier or agreed > earlier[-1])


def shape(card: Card) -> tuple[object, ...]:
    """What kind of things a card says."""
    return (card.kind, *(band.name for band in card.bands))


def _pace(seen: Watched, member: str) -> int:
    """How long somebody took from coming in to agreeing."""
    shows = [step.at for step in seen.steps if step.member == member and step.way == "show"]
    return _bin(shows[0] - seen.pressed[member]) if shows else -1


def fresh(seen: Watched, drawing: Drawing) -> list[str]:
    """Letters of cards that do not look like one that had left the table before and has not come back since."""
    gone = Counter(one.card for one in seen.left if one.at <= drawing.at)
    for earlier in (one for one in seen.drawings if one.at < drawing.at):
        gone -= Counter(earlier.cards[letter] for letter in _back(earlier, gone))
    back = _back(drawing, gone)
    return [letter for letter in drawing.cards if letter not in back]


def _back(drawing: Drawing, gone: Counter[Card]) -> set[str]:
    left, found = Counter(gone), set()
    for letter, card in drawing.cards.items():
        if left[card] > 0:
            left[card] -= 1
            found.add(letter)
    return found


@dataclass
class Watcher:
    """One who has learned from sittings whose truth is known."""

    knows: Knows
    yes: Counter[Clue] = field(default_factory=Counter)
    no: Counter[Clue] = field(default_factory=Counter)
    shapes: defaultdict[int, Counter[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(Counter))
    cards: Counter[Card] = field(default_factory=Counter)

    def learns(self, sittings: Iterable[Watched]) -> Watcher:
        """Count what was seen of owners and of all others who might have been."""
        for seen in sittings:
            for drawing in seen.drawings:
                self._learns(seen, drawing)
        return self

    def _learns(self, seen: Watched, drawing: Drawing) -> None:
        owners = {drawing.owners[letter] for letter in fresh(seen, drawing)}
        for member in candidates(seen, drawing, self.knows):
            (self.yes if member in owners else self.no).update(clues(seen, drawing, member, self.knows))
        for letter in fresh(seen, drawing):
            self.cards[drawing.cards[letter]] += 1
            self.shapes[_pace(seen, drawing.owners[letter])][shape(drawing.cards[letter])] += 1

    def looks(self, seen: Watched) -> Iterator[tuple[Drawing, Likely]]:
        """How likely each new card of each drawing is whose; who has a card already is less likely to get another."""
        has: Counter[str] = Counter()
        for drawing in seen.drawings:
            letters = fresh(seen, drawing)
            members = candidates(seen, drawing, self.knows)
            raw = {letter: {who: self._weight(seen, drawing, letter, who) for who in members} for letter in letters}
            for row in raw.values():
                for who in row:
                    row[who] *= max(0.02, 1.0 - has[who])
            likely = settled(raw)
            for row in likely.values():
                has.update(row)
            yield drawing, likely

    def _weight(self, seen: Watched, drawing: Drawing, letter: str, who: str) -> float:
        card, weight = drawing.cards[letter], 1.0
        if self.knows.times:
            weight = math.exp(sum(self._tells(clue) for clue in clues(seen, drawing, who, self.knows)))
        if self.knows.times and self.knows.presses:
            weight *= self._share_of_shape(_pace(seen, who), card)
        if self.knows.heeds and seen.said[who]:
            alike = sum(many for one, many in self.cards.items() if fits(one, seen.said[who]))
            weight *= fits(card, seen.said[who]) * (self.cards.total() + 1) / (alike + 1)
        return weight

    def _tells(self, clue: Clue) -> float:
        """How much a clue speaks for an owner, as the logarithm of odds; nothing where it was never seen."""
        sums = [sum(many for (name, _), many in told.items() if name == clue[0]) for told in (self.yes, self.no)]
        share = [
            (told[clue] + _PRIOR) / (total + _PRIOR) for told, total in zip((self.yes, self.no), sums, strict=True)
        ]
        return math.log(share[0] / share[1]) if min(sums) else 0.0

    def _share_of_shape(self, pace: int, card: Card) -> float:
        here, every = self.shapes[pace], sum(self.shapes.values(), Counter[tuple[object, ...]]())
        usual = every[shape(card)] / max(1, every.total())
        return (here[shape(card)] + 4 * usual + 0.01) / (here.total() + 4) / (usual + 0.01)


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
