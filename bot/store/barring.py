"""Barring: whose words are not taken in any more, and to whom nothing goes out, until somebody lifts it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.store.prepared import Prepared
from bot.store.tables import CONVERSATIONS, INBOX, OUTBOX
from bot.store.tables_news import BARRED


class Bar(NamedTuple):
    """Since when somebody is barred, and who said so."""

    since: dt.datetime
    author: str


def bar(connection: Connection, name: str, author: str, at_ms: int) -> bool:
    """Bar a person: what of theirs waits has no turn, what was promised is taken back, nothing falls due.

    Returns False when they are barred already. What is kept of them stays until they or somebody else erase it.
    """
    if bar_of(connection, name) is not None:
        return False
    connection.execute(insert(BARRED).values(id=name, at_ms=at_ms, author=author))
    waiting = update(INBOX).where(INBOX.c.conversation == name, INBOX.c.done_at.is_(None))
    connection.execute(waiting.values(done_at=at_ms, arrival=""))
    connection.execute(delete(OUTBOX).where(OUTBOX.c.conversation == name))
    connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.id == name).values(due_at=None))
    return True


def unbar(connection: Connection, name: str) -> bool:
    """Hear a person again; False when they are not barred."""
    return connection.execute(delete(BARRED).where(BARRED.c.id == name)).rowcount == 1


_BAR = Prepared(select(BARRED.c.at_ms, BARRED.c.author).where(BARRED.c.id == bindparam("name")))


def bar_of(connection: Connection, name: str) -> Bar | None:
    """Since when and by whom a person is barred; None for whoever is not."""
    row = _BAR.on(connection, name=name).fetchone()
    return None if row is None else Bar(dt.datetime.fromtimestamp(row[0] / 1000, dt.UTC), row[1])


def all_barred(connection: Connection) -> frozenset[str]:
    """Everybody who is barred."""
    return frozenset(connection.scalars(select(BARRED.c.id)))
