"""An event loop in which no time is lost: it sleeps by turning a clock that tests hold in their hands."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from bot.channels.playground.clocks import HandClock
from tests.faults.mishaps import Killed

T = TypeVar("T")

_TICK = 1e-4
"""Seconds; less would be lost in the rounding of a clock that counts from 1970."""


_MOST_TURNS = 200_000


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
        self.turns = 0

    def _run_once(self) -> None:
        """One round of callbacks; a loop that goes round for ever must end some day."""
        self.turns += 1
        if self.turns > _MOST_TURNS:
            raise StuckError("the loop went round and round")
        super()._run_once()

    def time(self) -> float:
        """The seconds that the clock shows."""
        return self._clock_by_hand()


def live(clock: HandClock, work: Coroutine[Any, Any, T], escaped: list[str] | None = None) -> T:
    """Run work to its end on a loop of its own.

    What it leaves behind is cancelled; after a kill it is dropped where it stands. Errors that nobody waited for
    are noted in ``escaped``.
    """
    loop = VirtualLoop(clock)
    if escaped is not None:
        loop.set_exception_handler(lambda _loop, context: _noted(escaped, context))
    asyncio.set_event_loop(loop)
    try:
        result = loop.run_until_complete(work)
        _abandoned(loop)
    except BaseException:
        _dropped(loop)
        raise
    else:
        return result
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def _noted(escaped: list[str], context: dict[str, Any]) -> None:
    if not isinstance(context.get("exception"), Killed):
        escaped.append(f"{context.get('message')}: {context.get('exception')!r}")


def _abandoned(loop: VirtualLoop) -> None:
    """Cancel what is left; a killed process would not run it on either."""
    tasks = asyncio.all_tasks(loop)
    for task in tasks:
        task.cancel()
    if tasks:
        loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))


def _dropped(loop: VirtualLoop) -> None:
    """Let everything stop where it stands: nothing is awaited any more, nothing is told to anybody."""
    for task in asyncio.all_tasks(loop):
        task._log_destroy_pending = False  # the dead leave tasks behind, and that is no mistake
        with suppress(Killed, RuntimeError):
            task.get_coro().close()
