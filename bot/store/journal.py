"""The journal: which arrivals have been taken in, and what happened, as codes without anyone's words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select

from bot.dialogue.scene import Note
from bot.store.prepared import Prepared
from bot.store.tables import JOURNAL

_TURN = "turn"

_WRITE = Prepared(
    insert(JOURNAL).values({
        name: bindparam(name) for name in ("conversation", "key", "kind", "detail", "revision", "at")
    })
)
_SEEN = Prepared(
    select(JOURNAL.c.id).where(JOURNAL.c.conversation == bindparam("name"), JOURNAL.c.key == bindparam("key"))
)


def seen_before(connection: Connection, conversation: str, key: str) -> bool:
    """Whether an arrival with this key was already turned into a turn."""
    return _SEEN.on(connection, name=conversation, key=key).fetchone() is not None


def write_journal(
    connection: Connection, conversation: str, key: str | None, revision: int, at: dt.datetime, notes: Sequence[Note]
) -> None:
    """Record the notes of one turn, and behind them the turn itself under its key, if it has one.

    A note of the kind "turn" says where it ended.
    """
    row = {"conversation": conversation, "revision": revision, "at": at}
    told = {note.kind: note.detail[:200] for note in notes if note.kind == _TURN}
    beside = [note for note in notes if note.kind != _TURN]
    rows: list[dict[str, object]] = [
        {**row, "key": None, "kind": note.kind, "detail": note.detail[:200]} for note in beside
    ]
    rows.append({**row, "key": key, "kind": _TURN, "detail": told.get(_TURN, "")})
    for one in rows:
        _WRITE.on(connection, **one)
