"""The journal: which arrivals have been taken in, and what happened, as codes without anyone's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, insert, select

from bot.dialogue.scene import Note
from bot.store.tables import JOURNAL


def seen_before(connection: Connection, conversation: str, key: str) -> bool:
    """Whether an arrival with this key was already turned into a turn."""
    row = select(JOURNAL.c.id).where(JOURNAL.c.conversation == conversation, JOURNAL.c.key == key)
    return connection.scalar(row) is not None


def write_journal(
    connection: Connection, conversation: str, key: str, revision: int, at: dt.datetime, notes: Iterable[Note]
) -> None:
    """Record one turn under its key and its notes beside it."""
    row = {"conversation": conversation, "revision": revision, "at": at}
    rows = [{**row, "key": key, "kind": "turn", "detail": ""}]
    rows += [{**row, "key": None, "kind": note.kind, "detail": note.detail[:200]} for note in notes]
    connection.execute(insert(JOURNAL), rows)
