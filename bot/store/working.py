"""Workers as the store knows them: which edition each has in use, and when it last said so."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from bot.store.tables import CHORES

_PREFIX = "edition:"
_DAY = dt.timedelta(days=1)


class InUse(NamedTuple):
    """One worker by a short code of its name, the number of its edition, and when it was last heard of (aware)."""

    worker: str
    number: int
    at: dt.datetime


def note_edition(connection: Connection, worker: str, number: int, at: dt.datetime) -> None:
    """A worker of a name uses an edition at a moment; whoever was silent for a day is forgotten."""
    code = code_of(worker)
    forget_worker(connection, worker)
    old = CHORES.c.id.startswith(_PREFIX) & (CHORES.c.done_at < at - _DAY)
    connection.execute(delete(CHORES).where(old))
    connection.execute(insert(CHORES).values(id=f"{_PREFIX}{code}:{number}", done_at=at))


def forget_worker(connection: Connection, worker: str) -> None:
    """A worker of a name has ended."""
    connection.execute(delete(CHORES).where(CHORES.c.id.startswith(f"{_PREFIX}{code_of(worker)}:")))


def editions_in_use(connection: Connection) -> tuple[InUse, ...]:
    """Every worker that was heard of within a day, in the order of their codes."""
    wanted = select(CHORES.c.id, CHORES.c.done_at).where(CHORES.c.id.startswith(_PREFIX)).order_by(CHORES.c.id)
    told = ((name.split(":"), at) for name, at in connection.execute(wanted))
    return tuple(InUse(code, int(number), at) for (_, code, number), at in told)


def code_of(worker: str) -> str:
    """Eight letters in place of a worker's name, which may be long."""
    return hashlib.sha256(worker.encode()).hexdigest()[:8]
