"""The postman: delivers what was promised, in order, and marks it only once it is out of the door."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Engine

from bot.dialogue.messages import Reply
from bot.store.outbox import due_promises, keep_promise


def deliver(store: Engine, name: str, door: Callable[[Reply], None]) -> tuple[Reply, ...]:
    """Deliver all due promises of one conversation through a door; returns them in order."""
    with store.begin() as connection:
        due = due_promises(connection, name)
    for waiting in due:
        door(waiting.reply)
        with store.begin() as connection:
            keep_promise(connection, waiting.id)
    return tuple(waiting.reply for waiting in due)
