"""The plan of a simulated life: who does what when, and what befalls the bot meanwhile, all drawn from one seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from bot.channels.playground.town.faults import Mishap
from tests.faults.mishaps import FULL, LOCKED
from tests.faults.people import WEIGHTS

DAY = 86_400.0
_CALLS: tuple[Mishap, ...] = ("drop_before", "drop_after", "too_many", "bad_gateway", "slow", "reset_midway")


@dataclass(frozen=True)
class Act:
    """After a pause of so many seconds somebody does something, or something happens to everybody (who is -1)."""

    gap: float
    who: int
    kind: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Plan:
    """One life: people (their language, and whether they are in the middle of an interview already), acts, mishaps."""

    seed: int
    people: tuple[tuple[str, bool], ...]
    acts: tuple[Act, ...]
    rates: Mapping[Mishap, float] = field(default_factory=dict)
    seconds: int = 1
    deaths: tuple[int, ...] = ()
    downs: tuple[float, ...] = ()
    webhook: bool = False
    dawdling: float = 0.0

    @property
    def fair(self) -> bool:
        """Whether nothing disturbs the calls and nobody dies."""
        storms = any(act.who < 0 for act in self.acts)
        return not self.deaths and not storms and not any(self.rates.get(kind) for kind in _CALLS)


def drawn(seed: int) -> Plan:
    """The plan of a seed."""
    chance = Random(seed)
    people = tuple(_person(chance) for _ in range(chance.choice((1, 2, 2, 2, 3, 3, 5))))
    acts = [_act(chance, len(people)) for _ in range(chance.randint(3, 8))]
    stormy = chance.random() < 0.75
    deaths = tuple(_step(chance) for _ in range(chance.choice((0, 0, 1, 1, 2, 3)))) if stormy else ()
    if stormy:
        for _ in range(chance.choice((0, 0, 0, 1, 1, 2))):
            acts.insert(chance.randrange(len(acts)), _storm(chance))
    rates = _rates(chance, stormy=stormy and chance.random() < 0.7)
    return Plan(
        seed,
        people,
        tuple(acts),
        rates,
        seconds=chance.choice((1, 2, 3, 8, 20)),
        deaths=deaths,
        downs=tuple(chance.choice((0.2, 1.0, 3.0, 12.0, 200.0)) for _ in deaths),
        webhook=chance.random() < 0.3,
        dawdling=chance.choice((0.0, 0.005, 0.05, 0.4)),
    )


def _person(chance: Random) -> tuple[str, bool]:
    return chance.choice(("zh-hans", "zh-hant", "en", "de")), chance.random() < 0.7


def _step(chance: Random) -> int:
    """The step of a death: early ones as likely as late ones."""
    return round(2 ** (chance.random() * 8)) + chance.randrange(4)


def _act(chance: Random, people: int) -> Act:
    gap = chance.choice((0.0, 0.02, 0.1, 0.5, 1.5, 3.0)) * (0.5 + chance.random())
    kind = chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
    return Act(gap, chance.randrange(people), kind)


def _storm(chance: Random) -> Act:
    """Something that happens to the whole process."""
    gap, kind = chance.random(), chance.choice(("pause", "silence", FULL, LOCKED))
    if kind == "pause":
        return Act(gap, -1, kind, chance.choice((15.0, 60.0, 160.0)))
    if kind == "silence":
        return Act(gap, -1, kind, chance.choice((3600.0, DAY, 8 * DAY, 30 * DAY)))
    return Act(gap, -1, kind, chance.choice((0.3, 2.0, 15.0)))


def _rates(chance: Random, *, stormy: bool) -> dict[Mishap, float]:
    rates: dict[Mishap, float] = {}
    if stormy:
        strength = chance.choice((0.02, 0.05, 0.12))
        rates |= dict.fromkeys(chance.sample(_CALLS, chance.randint(1, 4)), strength)
    if chance.random() < 0.4:
        rates |= {"duplicate": 0.2, "swap": 0.2}
    return rates
