"""Sittings as somebody sees them who watches the group, and as the judge knows them."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import Literal, NamedTuple

from bot.consultation.anonymising import Band, Card, anonymous, cards_of
from bot.consultation.deeds import hear
from bot.consultation.sitting import Deed, Sitting, Way
from simulator.vocabulary import Facts
from tests.consultation.playing import FIRST, NOW, crowd, people
from tests.consultation.ways_of_laying import Lays, at_its_moments, unslipped

Pace = Literal["evening", "day"]
"""Everybody comes within a quarter of an hour, or people trickle in over hours."""

_EARLY = ("current_line", "used_balance", "overdue_now", "lenders_count")
"""What is asked first; whoever is in a hurry tells no more."""

_SAID: Mapping[str, float] = {"kind": 0.4, "overdue": 0.15, "lenders": 0.15, "line": 0.15}
"""How often somebody lets slip in the group, in words, what kind of borrower they are and in which band they lie."""

_SPEAKS_UP = 0.3
"""How often somebody says a word in the group right after they decided something in private."""


NOBODY: Mapping[str, Facts] = MappingProxyType({})


class Drawing(NamedTuple):
    """What came onto the table at a moment: new letters with their cards, and, for the judge, whose they are."""

    at: float
    cards: Mapping[str, Card]
    owners: Mapping[str, str]


class Gone(NamedTuple):
    """A card that left the table at a moment, and, for the judge, whose it was."""

    at: float
    letter: str
    card: Card
    owner: str


class Step(NamedTuple):
    """What a member does in private at a moment."""

    at: float
    member: str
    way: Way


@dataclass
class Watched:
    """One sitting: ``pressed`` (when they came in) and ``spoke`` are seconds by member, ``said`` what they let slip.

    ``steps`` is what members did in private, which only the watcher knows who knows of every press; ``slipped`` how
    many of them took a card back quietly, which no table says before the end, when all cards go; ``answered`` when a
    case (by letter) was counted as answered and its owner told so, which no table says either.
    """

    members: tuple[str, ...]
    pressed: dict[str, float] = field(default_factory=dict)
    spoke: dict[str, list[float]] = field(default_factory=dict)
    said: dict[str, dict[str, object]] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    left: list[Gone] = field(default_factory=list)
    slipped: int = 0
    answered: dict[str, float] = field(default_factory=dict)


def watched(
    seed: int,
    pace: Pace = "evening",
    lays: Lays = at_its_moments,
    *,
    slips: bool = True,
    cast: Mapping[str, Facts] = NOBODY,
    keep: Collection[str] = (),
) -> Watched:
    """A random sitting: people press in the group, answer unseen, show, take back, show again, leave, and talk.

    Args:
        seed: what it is drawn with.
        pace: how fast people come.
        lays: how the table is laid.
        slips: whether taking back quietly does anything; without it, all is as it would be had nobody done so.
        cast: who takes part, with their facts; where it is empty, some are drawn.
        keep: who of them keeps their card back.
    """
    chance = Random(f"watched {seed} {pace}")
    members = tuple(cast) or tuple(f"tg:{FIRST + number}" for number in range(chance.randint(4, 12)))
    seen, cards, end = Watched(members), {}, 3000.0 if pace == "evening" else 8 * 3600.0
    for member in members:
        facts, told, taken = _told(chance, cast.get(member))
        cards[member] = anonymous(told, crowd())
        seen.said[member] = _slip_of_the_tongue(chance, facts)
        come = chance.uniform(0.0, 900.0) if pace == "evening" else chance.expovariate(1 / 3600.0)
        seen.pressed[member] = come
        seen.steps += [one for one in _steps_of(chance, member, come, taken) if one.way != "show" or member not in keep]
        seen.spoke[member] = _speech(chance, [step for step in seen.steps if step.member == member], end)
    seen.steps.sort()
    sitting = Sitting(id="s", group="tg:-1", opened_at=NOW, secret=f"{chance.random()}")
    _happen(seen, sitting, cards, lays if slips else unslipped(lays), end)
    return seen


def _happen(seen: Watched, sitting: Sitting, cards: Mapping[str, Card | None], lays: Lays, end: float) -> None:
    """Everything in its order, with the table looked at after each step and each minute."""
    ticks = [Step(60.0 * minute, "", "case") for minute in range(1, int(end // 60))]
    for step in heapq.merge(seen.steps, ticks):
        now = NOW + dt.timedelta(seconds=step.at)
        before = sitting
        if step.member:
            deed = Deed(way=step.way, card=cards[step.member] if step.way == "show" else None)
            sitting = hear(sitting, deed, step.member, adviser=False, now=now).sitting
        seen.slipped += sum(seat.leaving for seat in sitting.seats) > sum(seat.leaving for seat in before.seats)
        sitting = lays(sitting, now)
        _look(seen, before, sitting, step.at)
    chance = Random(f"answered {sitting.secret}")
    for drawing in seen.drawings:
        _answer(chance, seen, drawing, end)


def _answer(chance: Random, seen: Watched, drawing: Drawing, end: float) -> None:
    """An adviser answers most cases, one after the other; now and then somebody who is told so says thanks aloud."""
    at = drawing.at
    for letter in chance.sample(sorted(drawing.owners), len(drawing.owners)):
        at += chance.uniform(60.0, 400.0)
        gone = any(one.letter == letter and one.at <= at for one in seen.left)
        if at < end and not gone:
            seen.answered[letter] = at
            owner = drawing.owners[letter]
            thanks = [at + chance.uniform(2.0, 30.0)] if chance.random() < _SPEAKS_UP else []
            seen.spoke[owner] = sorted([*seen.spoke[owner], *thanks])


def _told(chance: Random, known: Facts | None) -> tuple[Facts, Facts, float]:
    """Somebody's facts, what they have told by the time they decide, and how many seconds that took since they came."""
    facts = known or chance.choice(people(1000, 400))
    if chance.random() < 0.5:
        return facts, facts, chance.uniform(8.0, 40.0)
    hurried = chance.random() < 0.5
    answers = {name: value for name, value in facts.values.items() if not hurried or name in _EARLY}
    taken = chance.uniform(40.0, 120.0) if hurried else chance.uniform(90.0, 300.0)
    return facts, Facts(facts.kind, answers), taken


def _slip_of_the_tongue(chance: Random, facts: Facts) -> dict[str, object]:
    bands: dict[str, object] = {"kind": facts.kind, **{band.name: band for band in next(cards_of(facts)).bands}}
    return {name: bands[name] for name, share in _SAID.items() if chance.random() < share and name in bands}


def fits(card: Card, said: Mapping[str, object]) -> bool:
    """Whether a card does not contradict what somebody said."""
    if said.get("kind", card.kind) is not card.kind:
        return False
    pairs = ((band, said.get(band.name)) for band in card.bands)
    return all(_meet(band, other) for band, other in pairs if isinstance(other, Band))


def _meet(one: Band, other: Band) -> bool:
    low = max(one.low or 0.0, other.low or 0.0)
    return all(band.high is None or low < band.high for band in (one, other))


def _steps_of(chance: Random, member: str, come: float, taken: float) -> list[Step]:
    """What one member does in private, of which the group is told nothing."""
    ready = come + taken
    steps = [Step(come + 2.0, member, "join")]
    if chance.random() < 0.1:
        return steps
    steps.append(Step(ready, member, "show"))
    change = ready + chance.uniform(30.0, 2400.0)
    kind = chance.random()
    if kind < 0.12:
        steps += _taken_back(chance, member, change, ("slip", "hide"))
        change = steps[-1].at
        steps += [Step(change + chance.uniform(5.0, 1200.0), member, "show")] if chance.random() < 0.3 else []
    elif kind < 0.3:
        steps += _taken_back(chance, member, change, ("part", "withdraw"))
    return steps


def _taken_back(chance: Random, member: str, at: float, ways: tuple[Way, Way]) -> list[Step]:
    """Quietly, and in half of all cases at once a little later, for which one presses twice."""
    quietly = [Step(at, member, ways[0])]
    return [*quietly, Step(at + chance.uniform(2.0, 20.0), member, ways[1])] if chance.random() < 0.5 else quietly


def _speech(chance: Random, steps: list[Step], end: float) -> list[float]:
    """When somebody speaks: seldom while they answer in private, and often right after they decided something."""
    answering = (steps[0].at, steps[1].at if len(steps) > 1 else steps[0].at + 120.0)
    anyhow = (chance.uniform(0.0, end) for _ in range(chance.randrange(6)))
    spoke = [at for at in anyhow if not answering[0] <= at <= answering[1]]
    spoke += [step.at + chance.uniform(2.0, 30.0) for step in steps[1:] if chance.random() < _SPEAKS_UP]
    return sorted(spoke)


def _look(seen: Watched, before: Sitting, after: Sitting, at: float) -> None:
    """What of a step shows on the table."""
    old, new = ({seat.letter or "": seat for seat in sitting.cases} for sitting in (before, after))
    gone = [seat for letter, seat in old.items() if letter not in new]
    seen.left += [Gone(at, seat.letter or "", seat.card, seat.member) for seat in gone if seat.card is not None]
    come = {letter: seat for letter, seat in new.items() if letter not in old}
    if come:
        cards = {letter: seat.card for letter, seat in come.items() if seat.card is not None}
        seen.drawings.append(Drawing(at, cards, {letter: seat.member for letter, seat in come.items()}))
