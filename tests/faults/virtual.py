"""An event loop in which no time is lost: it sleeps by turning a clock that tests hold in their hands."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

from bot.channels.playground.clocks import HandClock

T = TypeVar("T")

_TICK = 1e-4
"""Seconds; less would be lost in the rounding of a clock that counts from 1970."""


class StuckError(RuntimeError):
    """Nothing is left to happen, and yet something is waited for."""


class _Turning(selectors.SelectSelector):
    """A selector that turns the clock on instead of waiting; nothing ever comes from outside."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise StuckError("nothing is planned any more")
        if timeout > 0:
            self._clock.advance(max(timeout, _TICK))
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop on a clock turned by hand: equal work gives equal order, and a year passes in no time."""

    def __init__(self, clock: HandClock) -> None:
        super().__init__(_Turning(clock))
        self._clock_by_hand = clock
        self._clock_resolution = _TICK

    def time(self) -> float:
        return self._clock_by_hand()


def live(clock: HandClock, work: Coroutine[Any, Any, T]) -> T:
    """Run work to its end on a loop of its own; what it leaves behind is dropped as by a kill."""
    loop = VirtualLoop(clock)
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(work)
    finally:
        _abandoned(loop)
        asyncio.set_event_loop(None)
        loop.close()


def _abandoned(loop: VirtualLoop) -> None:
    """Cancel what is left; a killed process would not run it on either."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
