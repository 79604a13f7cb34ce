"""Conversations on disk: loaded by id, saved whole, forgotten without a trace."""

from __future__ import annotations

import datetime as dt
import zlib

from sqlalchemy import Connection, delete, insert, select, update

from bot.dialogue.conversation import Conversation
from bot.store.tables import CONVERSATIONS, JOURNAL, OUTBOX


def load_conversation(connection: Connection, name: str) -> Conversation:
    """The stored conversation, or a new one whose seed is a stable number of its id."""
    state = connection.scalar(select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.id == name))
    if state is None:
        return Conversation(id=name, seed=zlib.crc32(name.encode()) % 100_000 + 1)
    return Conversation.model_validate_json(state)


def known_conversation(connection: Connection, name: str) -> bool:
    """Whether this conversation has been saved before."""
    return connection.scalar(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == name)) is not None


def save_conversation(connection: Connection, conversation: Conversation, at: dt.datetime) -> None:
    """Save the whole state; the caller's transaction decides whether it stays."""
    values = {
        "state": conversation.model_dump_json(exclude_defaults=True),
        "revision": conversation.revision,
        "updated_at": at,
    }
    changed = connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation.id).values(values))
    if changed.rowcount == 0:
        connection.execute(insert(CONVERSATIONS).values(id=conversation.id, **values))


def forget_conversation(connection: Connection, name: str) -> None:
    """Delete everything kept about one conversation: state, journal and promised replies."""
    for table, column in ((CONVERSATIONS, "id"), (JOURNAL, "conversation"), (OUTBOX, "conversation")):
        connection.execute(delete(table).where(table.c[column] == name))
