"""Hastened: a process in which all clocks run so many times as fast, and all waiting is shorter by as much.

Whoever is hastened from the same moment on agrees on the time. Nothing else changes: to a bot it is as if its machine
were slower.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import selectors
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch
from zoneinfo import ZoneInfo

from bot.channels import clock as wall


class Haste:
    """So many seconds in each real one since a moment (real seconds since 1970); it can be asked for the time."""

    def __init__(self, speed: float, begun: float) -> None:
        self.speed, self.begun = speed, begun

    def __call__(self) -> float:
        """The seconds since 1970."""
        return self.begun + (time.time() - self.begun) * self.speed

    def now(self, zone: ZoneInfo) -> dt.datetime:
        """The present moment in a zone."""
        return dt.datetime.fromtimestamp(self(), zone)


@contextmanager
def hastened(haste: Haste) -> Iterator[None]:
    """All event loops and the clock on the doors' wall run faster as long as the block lasts."""
    real, select = asyncio.BaseEventLoop.time, selectors.DefaultSelector.select

    def quick(loop: asyncio.BaseEventLoop) -> float:
        return real(loop) * haste.speed

    def short(chosen: selectors.BaseSelector, timeout: float | None = None) -> object:
        return select(chosen, timeout if timeout is None else timeout / haste.speed)

    clocks = SimpleNamespace(datetime=SimpleNamespace(now=haste.now))
    with (
        patch.object(asyncio.BaseEventLoop, "time", quick),
        patch.object(selectors.DefaultSelector, "select", short),
        patch.object(wall, "dt", clocks),
    ):
        yield


def told(arguments: list[str] | None = None) -> Haste:
    """The haste that a command line tells of: its speed, and since when."""
    speed, begun = (sys.argv[1:] if arguments is None else arguments)[:2]
    return Haste(float(speed), float(begun))
