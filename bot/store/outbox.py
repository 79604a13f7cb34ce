"""The outbox: replies promised with the state in one transaction, and marked once they are out of the door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from bot.dialogue.messages import Reply
from bot.store.tables import OUTBOX


class Promise(NamedTuple):
    """A reply that still has to be delivered."""

    id: int
    reply: Reply


def promise(connection: Connection, conversation: str, revision: int, replies: Iterable[Reply]) -> None:
    """Promise replies, in order."""
    rows = [{"conversation": conversation, "revision": revision, "reply": reply.model_dump_json()} for reply in replies]
    if rows:
        connection.execute(insert(OUTBOX), rows)


def due_promises(connection: Connection, conversation: str) -> tuple[Promise, ...]:
    """The promises of one conversation that are not yet kept, oldest first."""
    due = select(OUTBOX.c.id, OUTBOX.c.reply).where(OUTBOX.c.conversation == conversation).order_by(OUTBOX.c.id)
    return tuple(Promise(row.id, Reply.model_validate_json(row.reply)) for row in connection.execute(due))


def keep_promise(connection: Connection, number: int) -> None:
    """A delivered reply leaves no copy behind: what was said is the person's, not ours."""
    connection.execute(delete(OUTBOX).where(OUTBOX.c.id == number))
