"""Whose card is it, after many sittings of one group: ``python -m tests.consultation.again --groups 300``.

Twenty people, of whom some take part each time; whoever shows a card shows much the same one as before. Whoever has
shown one is asked to keep it back from then on: measured is what becomes of those who do, and of those who do not. The
watcher compares sittings: who spoke on the evenings on which a card lay on the table, and who on those on which it did
not. It learns on one half of the groups and is measured on the other. Chance is what the same guesses hit with the
cards dealt anew among all who showed one on the evening on which they lay there first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from random import Random
from typing import NamedTuple

from bot.consultation.anonymising import Card
from tests.consultation.clues import Clue
from tests.consultation.matching import Matched
from tests.consultation.playing import FIRST, people
from tests.consultation.watched_sittings import Watched, watched
from tests.consultation.watching import Odds

MEMBERS, COME = 20, (6, 12)
"""People in a group, and how many of them take part in a sitting."""

_WORDS = 3
"""So many words or more count alike."""


class Group(NamedTuple):
    """One group: who is in it, and its sittings, oldest first."""

    members: tuple[str, ...]
    sittings: tuple[Watched, ...]


def group(seed: int, many: int, *, once: bool) -> Group:
    """A group with so many sittings; whether each shows a card ``once`` and keeps it back from then on, as advised."""
    chance, met = Random(f"group {seed}"), list[Watched]()
    known = {f"tg:{FIRST + number}": chance.choice(people(1000, 400)) for number in range(MEMBERS)}
    for nth in range(many):
        come = sorted(chance.sample(sorted(known), chance.randint(*COME)))
        had = {who for seen in met for drawing in seen.drawings for who in drawing.owners.values()}
        cast = {name: known[name] for name in come}
        met.append(watched(seed * 100 + nth, cast=cast, keep=had if once else ()))
    return Group(tuple(known), tuple(met))


def owners(one: Group) -> dict[Card, set[str]]:
    """Who ever showed which card; people with equal cards share one."""
    found: dict[Card, set[str]] = {}
    for seen in one.sittings:
        for drawing in seen.drawings:
            for letter, card in drawing.cards.items():
                found.setdefault(card, set()).add(drawing.owners[letter])
    return found


def first_evening(one: Group, card: Card) -> set[str]:
    """Who showed a card on the evening on which this one first lay on the table."""
    evenings = (seen.drawings for seen in one.sittings)
    first = next(drawings for drawings in evenings if any(card in drawing.cards.values() for drawing in drawings))
    return {who for drawing in first for who in drawing.owners.values()}


def clues(one: Group, card: Card, who: str) -> Iterator[Clue]:
    """What can be seen of a member on the evenings of a card, and on the others."""
    for seen in one.sittings:
        lay = any(card in drawing.cards.values() for drawing in seen.drawings)
        yield "spoke while it lay there" if lay else "spoke without it", min(_WORDS, len(seen.spoke.get(who, ())))


def matched_over(groups: Sequence[Group]) -> Matched:
    """How often the watcher names an owner of a card, beside the same guesses with cards dealt anew."""
    odds, chance, hits, dealt, named = _learned(groups[::2]), Random(3), list[int](), list[float](), 0
    for one in groups[1::2]:
        cards = owners(one)
        right, expected = 0, 0.0
        for card, names in cards.items():
            told = {who: sum(map(odds.tells, clues(one, card, who))) for who in one.members}
            best = max(one.members, key=lambda who: (round(told[who], 9), chance.random()))
            beside = first_evening(one, card)
            right += best in names & beside
            expected += (best in beside) * len(names & beside) / len(beside)
            named += best in beside
        hits.append(right)
        dealt.append(expected)
    return Matched(sum(len(owners(one)) for one in groups[1::2]), named, tuple(hits), tuple(dealt))


def _learned(groups: Sequence[Group]) -> Odds[Clue]:
    odds: Odds[Clue] = Odds()
    for one in groups:
        for card, names in owners(one).items():
            for who in one.members:
                odds.learn(tuple(clues(one, card, who)), who in names)
    return odds


def main() -> int:
    """Read the command line, measure, and say it; 1 where who keeps to the advice is named more than by chance."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--groups", type=int, default=300, help="how many are judged; as many are learned from")
    told, better = parser.parse_args(), False
    for many, once in product((1, 2, 4, 8), (True, False)):
        found = matched_over([group(seed, many, once=once) for seed in range(2 * told.groups)])
        low, high = (100 * end for end in found.interval)
        ahead = 100 * (found.rate - found.chance)
        how = "cards shown once" if once else "cards shown again and again"
        words = f"{found.rate:.1%} of {found.cards}, dealt anew {found.chance:.1%}"
        gain = f"ahead by {ahead:+.1f} points (95 %: {low:+.1f} to {high:+.1f})"
        sys.stdout.write(f"{many} sittings, {how}: {words}, {gain}\n")
        sys.stdout.flush()
        better |= once and found.interval[0] > 0.0
    return int(better)


if __name__ == "__main__":
    sys.exit(main())
