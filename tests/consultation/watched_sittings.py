"""Sittings as somebody sees them who watches the group: who pressed and spoke when, and what lay on the table when."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from bot.consultation.anonymising import Card, anonymous
from bot.consultation.deeds import hear
from bot.consultation.sitting import Deed, Sitting, Way
from simulator.vocabulary import Facts
from tests.consultation.playing import FIRST, NOW, crowd, people

_EARLY = ("current_line", "used_balance", "overdue_now", "lenders_count")
"""What is asked first; whoever is in a hurry tells no more."""


class Drawing(NamedTuple):
    """What came onto the table at a moment: new letters with their cards, and, for the judge, whose they are."""

    at: float
    cards: Mapping[str, Card]
    owners: Mapping[str, str]


@dataclass
class Watched:
    """All that a watcher knows of one sitting; ``pressed`` and ``spoke`` are seconds by member."""

    members: tuple[str, ...]
    pressed: dict[str, float] = field(default_factory=dict)
    spoke: dict[str, list[float]] = field(default_factory=dict)
    drawings: list[Drawing] = field(default_factory=list)
    left: list[tuple[float, str, Card]] = field(default_factory=list)


class _Step(NamedTuple):
    at: float
    member: str
    way: Way


def watched(seed: int) -> Watched:
    """A random sitting: people press in the group, answer unseen, show, take back, show again, leave, and talk."""
    chance = Random(f"watched {seed}")
    members = tuple(f"tg:{FIRST + number}" for number in range(chance.randint(6, 14)))
    seen, steps, cards = Watched(members), [], {}
    for member in members:
        facts, taken = _told(chance)
        cards[member] = anonymous(facts, crowd())
        seen.pressed[member] = chance.uniform(0.0, 400.0)
        seen.spoke[member] = sorted(chance.uniform(0.0, 900.0) for _ in range(chance.randrange(5)))
        steps += _steps_of(chance, member, seen.pressed[member], taken)
    sitting = Sitting(id=f"s{seed}", group="tg:-100", about="a raise", opened_at=NOW, secret=f"{chance.random()}")
    heapq.heapify(steps)
    while steps:
        step = heapq.heappop(steps)
        deed = Deed(way=step.way, card=cards[step.member] if step.way == "show" else None)
        after = hear(sitting, deed, step.member, adviser=False, now=NOW + dt.timedelta(seconds=step.at)).sitting
        _seen(seen, sitting, after, step.at)
        sitting = after
    return seen


def _told(chance: Random) -> tuple[Facts, float]:
    """What somebody has told by the time they decide, and how many seconds that took since their press."""
    facts = chance.choice(people(1000, 400))
    if chance.random() < 0.5:
        return facts, chance.uniform(8.0, 40.0)
    hurried = chance.random() < 0.5
    known = {name: value for name, value in facts.values.items() if not hurried or name in _EARLY}
    return Facts(facts.kind, known), chance.uniform(40.0, 120.0) if hurried else chance.uniform(90.0, 300.0)


def _steps_of(chance: Random, member: str, pressed: float, taken: float) -> list[_Step]:
    """What one member does in private, of which the group is told nothing."""
    ready = pressed + taken
    steps = [_Step(pressed + 2.0, member, "join")]
    if chance.random() < 0.1:
        return steps
    steps.append(_Step(ready, member, "show"))
    change = ready + chance.uniform(30.0, 300.0)
    if chance.random() < 0.3:
        steps += [_Step(change, member, "hide"), _Step(change + chance.uniform(5.0, 90.0), member, "show")]
    elif chance.random() < 0.2:
        steps.append(_Step(change, member, "withdraw"))
    return steps


def _seen(seen: Watched, before: Sitting, after: Sitting, at: float) -> None:
    """What of a step shows on the table."""
    old, new = ({seat.letter or "": seat for seat in sitting.cases} for sitting in (before, after))
    come = {letter: seat for letter, seat in new.items() if letter not in old and seat.card is not None}
    seen.left += [
        (at, letter, seat.card) for letter, seat in old.items() if letter not in new and seat.card is not None
    ]
    if come:
        cards = {letter: seat.card for letter, seat in come.items() if seat.card is not None}
        seen.drawings.append(Drawing(at, cards, {letter: seat.member for letter, seat in come.items()}))
