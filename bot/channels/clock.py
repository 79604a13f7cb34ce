"""The clock on the doors' wall: the only place that asks what time it is."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo


def wall_clock(zone: str) -> dt.datetime:
    """The present moment in a named zone, aware."""
    return dt.datetime.now(ZoneInfo(zone))  # noqa: TID251  a door may read the clock; rooms get it as an argument
