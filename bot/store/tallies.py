"""Tallies by the hour: what became of updates, turns and promises, added up by any number of processes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, select, text

from bot.store.tables import TALLIES

DAYS_OF_TALLIES = 35
_LONGEST = 64
_ADD = text(
    "INSERT INTO tallies (id, hour, kind, count) VALUES (:id, :hour, :kind, :count) "
    "ON CONFLICT (id) DO UPDATE SET count = tallies.count + excluded.count"
)


class Tally(NamedTuple):
    """So many of a kind within the hour that began at a moment."""

    hour: dt.datetime
    kind: str
    many: int


def add_tallies(connection: Connection, counts: Mapping[str, int], at: dt.datetime) -> None:
    """Add counts by kind to those of the hour."""
    hour = _hour(at)
    told = ((kind[:_LONGEST], counts[kind]) for kind in sorted(counts) if counts[kind])
    rows = [{"id": f"{hour} {kind}", "hour": hour, "kind": kind, "count": count} for kind, count in told]
    if rows:
        connection.execute(_ADD, rows)


def read_tallies(connection: Connection, since: dt.datetime) -> tuple[Tally, ...]:
    """What was counted since the hour of a moment, oldest first."""
    columns = (TALLIES.c.hour, TALLIES.c.kind, TALLIES.c.count)
    query = select(*columns).where(TALLIES.c.hour >= _hour(since)).order_by(TALLIES.c.hour, TALLIES.c.kind)
    return tuple(
        Tally(dt.datetime.fromtimestamp(hour * 3600, dt.UTC), kind, many)
        for hour, kind, many in connection.execute(query)
    )


def drop_old_tallies(connection: Connection, now: dt.datetime) -> int:
    """Drop what is older than anybody looks back; returns how many rows there were."""
    return connection.execute(delete(TALLIES).where(_is_old(now))).rowcount


def count_old_tallies(connection: Connection, now: dt.datetime) -> int:
    """How many rows that would drop."""
    return connection.scalar(select(func.count()).select_from(TALLIES).where(_is_old(now))) or 0


def _is_old(now: dt.datetime) -> ColumnElement[bool]:
    return TALLIES.c.hour < _hour(now - dt.timedelta(days=DAYS_OF_TALLIES))


def _hour(at: dt.datetime) -> int:
    return int(at.timestamp() // 3600)
