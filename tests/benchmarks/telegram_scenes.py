"""One person's trouble, and how the others fare beside it: a turn that takes long, and a platform that refuses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.benchmarks.peers.interview import SLOW, SLOW_SECONDS
from tests.benchmarks.telegram_bots import Running
from tests.benchmarks.telegram_people import Crowd, Person
from tests.benchmarks.telegram_phases import Load, waits
from tests.benchmarks.telegram_town import RETRY_AFTER

_GIVEN_UP = 7.5
"""Seconds after which nobody expects the card any more."""

_BEGIN = 0.2
"""Seconds of even load before the trouble begins."""

Trouble = Callable[[Running, Person], Awaitable[float]]


@dataclass(frozen=True)
class Beside:
    """The others' waits in ms: the 99th percentile before the trouble, the median and the 99th percentile during it.

    ``trouble`` is the seconds until the person in trouble had their card, ``arrived`` whether it ever came, ``early``
    the calls that came although the platform had said to wait.
    """

    before: float
    p50: float
    p99: float
    trouble: float
    arrived: bool
    early: int

    @property
    def added(self) -> float:
        """The ms that the trouble added to the others' 99th percentile."""
        return self.p99 - self.before


async def beside_a_slow_turn(run: Running, load: Load) -> Beside:
    """One person's turn takes three seconds."""
    return await _beside(run, load, _slow_turn, SLOW_SECONDS)


async def beside_a_refusal(run: Running, load: Load) -> Beside:
    """The platform refuses one person's card for five seconds."""
    return await _beside(run, load, _refusal, float(RETRY_AFTER))


async def _beside(run: Running, load: Load, trouble: Trouble, lasts: float) -> Beside:
    crowd = Crowd(run.post, run.maker.done(), typed_every=3)
    one = crowd.newcomer()
    await one.answers()
    there = await crowd.gather(round(load.rate))
    run.town.latencies.clear()
    await crowd.paced(there, load.rate, load.seconds)
    before = waits([wait for _, _, wait in run.town.waits()])[1]
    run.town.latencies.clear()
    others = asyncio.create_task(crowd.paced(there, load.rate, _BEGIN + _GIVEN_UP))
    await asyncio.sleep(_BEGIN)
    begin = time.monotonic()
    took = await trouble(run, one)
    await others
    await asyncio.sleep(_BEGIN)
    during = [wait for chat, at, wait in run.town.waits() if chat != one.chat.id and begin <= at < begin + lasts]
    p50, p99 = waits(during)
    return Beside(before, p50, p99, took, took < _GIVEN_UP, one.chat.too_early)


async def _slow_turn(run: Running, one: Person) -> float:
    begin = time.monotonic()
    run.post.says(one.chat, SLOW)
    while time.monotonic() < begin + _GIVEN_UP:
        await asyncio.sleep(0.02)
        took = next((wait for chat, _, wait in run.town.latencies if chat == one.chat.id), None)
        if took is not None:
            return took
    return _GIVEN_UP


async def _refusal(_run: Running, one: Person) -> float:
    begin = time.monotonic()
    one.chat.refuse_next = True
    one.steps_on()
    try:
        await asyncio.wait_for(one.chat.news.wait(), _GIVEN_UP)
    except TimeoutError:
        return _GIVEN_UP
    return time.monotonic() - begin
