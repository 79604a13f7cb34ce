"""Clocks for the street: one that tests turn by hand and one that follows the wall."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.clock import wall_clock

Clock = Callable[[], float]
"""Anything that tells the seconds since 1970."""

A_MONDAY = 1_790_000_000.0
"""Where a clock turned by hand starts: a day in autumn 2026."""


class HandClock:
    """A clock that moves only when told to."""

    def __init__(self, now: float = A_MONDAY) -> None:
        """A clock that shows ``now``, in seconds since 1970."""
        self._now = now

    def __call__(self) -> float:
        """The seconds since 1970 that it shows."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Turn it on by some seconds.

        Raises:
            ValueError: when asked to turn back.
        """
        if seconds < 0:
            raise ValueError("a clock does not turn back")
        self._now += seconds


def wall_seconds() -> float:
    """The real present, in seconds since 1970."""
    return wall_clock("UTC").timestamp()
