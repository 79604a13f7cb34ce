"""Conversations on disk: loaded by id, saved whole over the revision they were read at, forgotten without a trace."""

from __future__ import annotations

import datetime as dt
import zlib

from sqlalchemy import Connection, delete, insert, select, update

from bot.dialogue.conversation import Conversation
from bot.store.tables import CONVERSATIONS, INBOX, JOURNAL, OUTBOX

_ROWS = ((CONVERSATIONS, "id"), (JOURNAL, "conversation"), (OUTBOX, "conversation"))


def newcomer(name: str) -> Conversation:
    """A new conversation; its seed is a stable number of its id."""
    return Conversation(id=name, seed=zlib.crc32(name.encode()) % 100_000 + 1)


def read_state(name: str, state: str | None) -> Conversation:
    """A stored state as a conversation; a newcomer's for None."""
    return newcomer(name) if state is None else Conversation.model_validate_json(state)


def load_conversation(connection: Connection, name: str) -> Conversation:
    """The stored conversation, or a new one."""
    return read_state(name, connection.scalar(select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.id == name)))


def known_conversation(connection: Connection, name: str) -> bool:
    """Whether this conversation has been saved before."""
    return connection.scalar(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == name)) is not None


def save_conversation(
    connection: Connection, conversation: Conversation, at: dt.datetime, *, over: int | None = None
) -> bool:
    """Save the whole state; the caller's transaction decides whether it stays.

    With ``over`` it replaces that revision only: False when another writer was faster, and nothing is changed.
    """
    values = {
        "state": conversation.model_dump_json(exclude_defaults=True),
        "revision": conversation.revision,
        "updated_at": at,
    }
    own = update(CONVERSATIONS).where(CONVERSATIONS.c.id == conversation.id)
    changed = connection.execute((own if over is None else own.where(CONVERSATIONS.c.revision == over)).values(values))
    if changed.rowcount == 1:
        return True
    if known_conversation(connection, conversation.id):
        return False
    connection.execute(insert(CONVERSATIONS).values(id=conversation.id, **values))
    return True


def forget_conversation(connection: Connection, name: str) -> None:
    """Delete everything kept about one conversation: state, journal and promised replies.

    Of letters that were taken only the key stays, without a name, so that the platform's repeats are still known;
    letters that wait still have their turn.
    """
    for table, column in _ROWS:
        connection.execute(delete(table).where(table.c[column] == name))
    taken = update(INBOX).where(INBOX.c.conversation == name, INBOX.c.done_at.is_not(None))
    connection.execute(taken.values(conversation="", number=0, message=None, digest=None))


def rename_conversation(connection: Connection, old: str, new: str) -> None:
    """Let everything of one conversation follow a chat that has moved to another number."""
    forget_conversation(connection, new)
    for table, column in (*_ROWS, (INBOX, "conversation")):
        connection.execute(update(table).where(table.c[column] == old).values({column: new}))
