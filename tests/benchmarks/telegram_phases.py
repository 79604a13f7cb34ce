"""What is measured of one running bot: the cost of a turn, the wait for it, and how long and how evenly it lasts."""

from __future__ import annotations

import asyncio
import math
import time
from dataclasses import asdict, dataclass
from statistics import median, quantiles

from tests.benchmarks.telegram_bots import Running
from tests.benchmarks.telegram_people import Crowd

_SETTLING = 0.3
"""Seconds after the last card in which a bot may still tidy up; what it costs counts."""


_WARMING = 10
"""People who go first, so that what a bot does only once is behind it."""


_READERS = 0.8
"""People for each update a second, so that everybody has time to read."""


@dataclass(frozen=True)
class Load:
    """How much is asked of a bot: people at once, updates a second when paced, and for how many seconds."""

    people: int = 30
    rate: float = 50.0
    seconds: float = 4.0


@dataclass(frozen=True)
class Price:
    """What turns cost: CPU milliseconds and calls an update, turns a second, and calls or updates that were refused."""

    cpu: float
    calls: float
    turns: float
    refused: int


@dataclass(frozen=True)
class Wait:
    """How long updates wait for the first call about them, in ms, at a steady pace, and the memory then, in MB."""

    p50: float
    p99: float
    memory: float


@dataclass(frozen=True)
class Round:
    """One round of one bot."""

    price: Price
    wait: Wait

    @property
    def figures(self) -> dict[str, float]:
        """All figures by name."""
        return {**asdict(self.price), **asdict(self.wait)}


async def price(run: Running, load: Load) -> Price:
    """Warm up, then interview a crowd as fast as the bot can."""
    crowd = Crowd(run.post, run.maker.done())
    await crowd.interview(min(_WARMING, load.people))
    await asyncio.sleep(_SETTLING)
    cpu, updates, calls, begin = run.seconds(), run.post.handed, _calls(run), time.monotonic()
    await crowd.interview(load.people)
    wall = time.monotonic() - begin
    await asyncio.sleep(_SETTLING)
    done = run.post.handed - updates
    spent, called = run.seconds() - cpu, _calls(run) - calls
    return Price(1000 * spent / done, called / done, done / wall, len(run.town.complaints) + run.post.failures)


async def wait(run: Running, load: Load) -> Wait:
    """Hand updates over at a steady pace to people at all stages of the interview, one answer of three typed."""
    crowd = Crowd(run.post, run.maker.done(), typed_every=3)
    there = await crowd.gather(max(1, round(load.rate * _READERS)))
    run.town.latencies.clear()
    await crowd.paced(there, load.rate, load.seconds)
    await asyncio.sleep(_SETTLING)
    p50, p99 = waits([one for _, _, one in run.town.waits()])
    return Wait(p50, p99, run.megabytes())


def _calls(run: Running) -> int:
    return sum(number for method, number in run.town.methods.items() if method != "getupdates")


def waits(seconds: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds; not a number where there is nothing to tell from."""
    if len(seconds) < 2:
        return math.nan, math.nan
    cuts = quantiles(seconds, n=100, method="inclusive")
    return 1000 * cuts[49], 1000 * cuts[98]


async def long_talk(run: Running, turns: int = 400, width: int = 40) -> tuple[float, float]:
    """CPU milliseconds a turn around turn 10 to 50 and around the last, when one person goes on changing answers."""
    crowd = Crowd(run.post, run.maker.done())
    await crowd.interview(_WARMING)
    one = crowd.newcomer()
    marks: dict[int, float] = {}
    for turn in range(1, turns + width // 2 + 1):
        await one.answers()
        marks[turn] = run.seconds()
    first, last = 10, turns - width // 2
    return tuple(1000 * (marks[at + width] - marks[at]) / width for at in (first, last))


async def result_turn(run: Running, people: int = 5) -> tuple[float, float]:
    """CPU and wait in milliseconds of the turn in which the answers are accepted and the result is worked out."""
    crowd = Crowd(run.post, run.maker.done())
    await crowd.interview(_WARMING)
    spent = []
    run.town.latencies.clear()
    for _ in range(people):
        person = crowd.newcomer()
        await person.holds_the_interview()
        await asyncio.sleep(_SETTLING)
        del run.town.latencies[len(spent) :]
        before = run.seconds()
        await person.accepts()
        await asyncio.sleep(_SETTLING)
        spent.append(run.seconds() - before)
    return 1000 * median(spent), 1000 * median(wait for _, _, wait in run.town.latencies)
