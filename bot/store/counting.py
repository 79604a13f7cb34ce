"""Counting what waits and what it took: for those who keep the bot up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from bot.store.tables import INBOX, OUTBOX

_HOUR_MS = 3_600_000


class Waiting(NamedTuple):
    """Letters and promises that wait, and the age of the oldest letter in milliseconds."""

    letters: int
    promises: int
    oldest_ms: int


class Tries(NamedTuple):
    """Promises whose delivery has failed so far, and how often the most unlucky was tried."""

    promises: int
    most: int


class Hour(NamedTuple):
    """Turns of an hour by its end (milliseconds since 1970): how many, and within how many milliseconds they ended."""

    end_ms: int
    turns: int
    half_ms: int
    most_ms: int
    nearly_all_ms: int


class Delays(NamedTuple):
    """Turns of the last hour, and milliseconds within which half and 99 percent of them were done."""

    turns: int
    half_ms: int
    most_ms: int


def count_waiting(connection: Connection, now_ms: int) -> Waiting:
    """What waits at a moment."""
    open_letters = select(func.count(), func.min(INBOX.c.ready_at)).where(INBOX.c.done_at.is_(None))
    letters, oldest = connection.execute(open_letters).one()
    promises = connection.scalar(select(func.count()).select_from(OUTBOX)) or 0
    return Waiting(letters, promises, max(0, now_ms - oldest) if oldest is not None else 0)


def count_tries(connection: Connection) -> Tries:
    """What could not be delivered yet."""
    failed = select(func.count(), func.max(OUTBOX.c.attempts)).where(OUTBOX.c.attempts > 0)
    promises, most = connection.execute(failed).one()
    return Tries(promises, most or 0)


def count_delays(connection: Connection, now_ms: int) -> Delays:
    """How long letters waited for the end of their turns within the last hour."""
    waited = INBOX.c.done_at - INBOX.c.ready_at
    lately = select(waited).where(INBOX.c.done_at > now_ms - _HOUR_MS).order_by(waited)
    told = connection.scalars(lately).all()
    return Delays(len(told), _at(told, 0.5), _at(told, 0.99))


def count_hours(connection: Connection, now_ms: int, hours: int) -> tuple[Hour, ...]:
    """The same for each of the latest hours, oldest first, as far as letters are remembered: 50, 95 and 99 percent."""
    query = select(INBOX.c.done_at, INBOX.c.done_at - INBOX.c.ready_at).where(
        INBOX.c.done_at > now_ms - hours * _HOUR_MS
    )
    waited: dict[int, list[int]] = {}
    for done, took in connection.execute(query):
        waited.setdefault((now_ms - done) // _HOUR_MS, []).append(took)
    return tuple(
        Hour(
            now_ms - ago * _HOUR_MS, len(waited[ago]), *(_at(sorted(waited[ago]), share) for share in (0.5, 0.95, 0.99))
        )
        for ago in sorted(waited, reverse=True)
    )


def _at(ordered: Sequence[int], share: float) -> int:
    return max(0, ordered[min(len(ordered) - 1, int(share * len(ordered)))]) if ordered else 0
