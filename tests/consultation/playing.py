"""Random sittings: members with odd figures, an adviser, onlookers, and whatever they do in any order."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from functools import cache
from itertools import islice

from bot.consultation.anonymising import Crowd, anonymous, group_crowd
from bot.consultation.deeds import hear
from bot.consultation.laying import laid
from bot.consultation.sitting import Deed, Heard, Sitting, Way
from simulator.loading import read_packs
from simulator.population import population
from simulator.vocabulary import Facts, Kind

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
ADVISER = "tg:990099"
FIRST = 730_100
WAYS: tuple[Way, ...] = (
    "join",
    "show",
    "hide",
    "slip",
    "part",
    "withdraw",
    "case",
    "resolve",
    "reopen",
    "snooze",
    "wake",
    "close",
)
_LAYS = 0.1
WEIGHTS = (30, 40, 5, 5, 4, 6, 8, 8, 3, 2, 2, 1)


@cache
def people(seed: int, many: int) -> tuple[Facts, ...]:
    """So many whole borrowers of both kinds, drawn with a seed."""
    packs, problems = read_packs()
    assert not problems
    drawn = islice(population(tuple(packs.values()), seed), many)
    return tuple(Facts(Kind(one["kind"]), one["facts"]) for one in drawn)


@cache
def crowd() -> Crowd:
    """The crowd that cards hide in."""
    return group_crowd(people(7, 8192))


def opened(seed: int = 1) -> Sitting:
    """A sitting that has just been opened."""
    return Sitting(id="s1", group="tg:-100", about="raising a line", opened_at=NOW, secret=f"secret {seed}")


def at_laying(sitting: Sitting) -> Sitting:
    """The sitting after its next laying; the one that sleeps, too."""
    moment = sitting.lays_at or NOW
    return laid(sitting.model_copy(update={"snoozed_until": None}), moment).sitting


def moves(seed: int, members: int, many: int) -> Iterator[tuple[Deed, str, bool]]:
    """Deeds of members, the adviser and onlookers in a random order: what, who, and whether they may lead."""
    chance = random.Random(seed)
    facts = people(1000 + seed % 5, 400)
    for _ in range(many):
        number = chance.randrange(members + 2)
        who = ADVISER if number == members else f"tg:{FIRST + number}"
        (way,) = chance.choices(WAYS, WEIGHTS)
        card = anonymous(facts[(seed * 31 + number) % 400], crowd()) if way == "show" else None
        until = NOW + dt.timedelta(hours=1) if way == "snooze" else None
        yield Deed(way=way, letter=chance.choice("ABCDEa "), card=card, until=until), who, who == ADVISER


def walked(seed: int, members: int = 20, many: int = 120) -> Iterator[tuple[Sitting, Deed, str, Heard]]:
    """A random sitting step by step: before, what was done, by whom, and after; now and then the table is laid."""
    sitting, chance = opened(seed), random.Random(f"laying {seed}")
    for deed, who, adviser in moves(seed, members, many):
        heard = hear(sitting, deed, who, adviser=adviser, now=NOW)
        yield sitting, deed, who, heard
        sitting = at_laying(heard.sitting) if chance.random() < _LAYS else heard.sitting
