"""Counting what waits: for those who keep the bot up."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, func, select

from bot.store.tables import INBOX, OUTBOX


class Waiting(NamedTuple):
    """Letters and promises that wait, and the age of the oldest letter in milliseconds."""

    letters: int
    promises: int
    oldest_ms: int


def count_waiting(connection: Connection, now_ms: int) -> Waiting:
    """What waits at a moment."""
    open_letters = select(func.count(), func.min(INBOX.c.ready_at)).where(INBOX.c.done_at.is_(None))
    letters, oldest = connection.execute(open_letters).one()
    promises = connection.scalar(select(func.count()).select_from(OUTBOX)) or 0
    return Waiting(letters, promises, max(0, now_ms - oldest) if oldest is not None else 0)
