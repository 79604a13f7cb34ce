"""The clock on the doors' wall: the only place that asks what time it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass
class _Passed:
    """How far this process is ahead of the world: nought, but where a playground lets time pass."""

    by: dt.timedelta = dt.timedelta()


_PASSED = _Passed()


def wall_clock(zone: str) -> dt.datetime:
    """The present moment in a named zone, aware."""
    return dt.datetime.now(ZoneInfo(zone)) + _PASSED.by  # noqa: TID251  a door may read the clock; rooms get it as an argument


def let_pass(seconds: float) -> None:
    """Turn this process's clock on, so that whoever tries things out need not wait.

    Raises:
        ValueError: when asked to turn back.
    """
    if seconds < 0:
        raise ValueError("a clock does not turn back")
    _PASSED.by += dt.timedelta(seconds=seconds)
