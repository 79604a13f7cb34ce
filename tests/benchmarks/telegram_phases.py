"""What is measured of one running bot: the cost of a turn, the wait for it, and how long and how evenly it lasts."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import quantiles

from tests.benchmarks.telegram_bots import Running
from tests.benchmarks.telegram_people import Crowd

_SETTLING = 0.3
"""Seconds after the last card in which a bot may still tidy up; what it costs counts."""


_WARMING = 10
"""People who go first, so that what a bot does only once is behind it."""


@dataclass(frozen=True)
class Load:
    """How much is asked of a bot: people at once, updates a second when paced, and for how many seconds."""

    people: int = 30
    rate: float = 50.0
    seconds: float = 4.0


@dataclass(frozen=True)
class Cost:
    """One round of one bot: CPU milliseconds and calls an update, turns a second, waits in ms, memory in MB."""

    cpu: float
    calls: float
    turns: float
    p50: float
    p99: float
    memory: float
    refused: int


async def cost(run: Running, load: Load) -> Cost:
    """Warm up, then interview a crowd as fast as the bot can, then hand updates over at a steady pace."""
    crowd = Crowd(run.post, run.maker.done())
    await crowd.interview(min(_WARMING, load.people))
    await asyncio.sleep(_SETTLING)
    cpu, updates, calls, begin = run.seconds(), run.post.handed, _calls(run), time.monotonic()
    await crowd.interview(load.people)
    wall = time.monotonic() - begin
    await asyncio.sleep(_SETTLING)
    done = run.post.handed - updates
    spent, called = run.seconds() - cpu, _calls(run) - calls
    run.town.latencies.clear()
    await crowd.paced(load.rate, load.seconds)
    await asyncio.sleep(_SETTLING)
    p50, p99 = waits([wait for _, _, wait in run.town.latencies])
    complaints = len(run.town.complaints) + run.post.failures
    return Cost(1000 * spent / done, called / done, done / wall, p50, p99, run.megabytes(), complaints)


def _calls(run: Running) -> int:
    return sum(number for method, number in run.town.methods.items() if method != "getupdates")


def waits(seconds: list[float]) -> tuple[float, float]:
    """The median and the 99th percentile in milliseconds."""
    if len(seconds) < 2:
        return 0.0, 0.0
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
