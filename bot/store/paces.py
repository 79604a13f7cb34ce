"""Paces: when a chat was written to within the last minute, for all workers; no row says which chat it is."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, select, text, update

from bot.store.prepared import Prepared
from bot.store.tables import PACES

_BEGIN = Prepared(text("INSERT INTO paces (id, moments, until_ms) VALUES (:code, '', 0) ON CONFLICT (id) DO NOTHING"))
_MOMENTS = Prepared(select(PACES.c.moments).where(PACES.c.id == bindparam("code")).with_for_update())
_NOTE = Prepared(
    update(PACES).where(PACES.c.id == bindparam("code")).values(moments=bindparam("told"), until_ms=bindparam("until"))
)


def moments_of(connection: Connection, name: str) -> list[int]:
    """The moments that are noted of a chat, oldest first; until the transaction ends nobody else changes them."""
    code = _code(name)
    while (row := _MOMENTS.on(connection, code=code).fetchone()) is None:  # what is old is dropped at any moment
        _BEGIN.on(connection, code=code)
    return [int(at) for at in row[0].split()]


def note_moments(connection: Connection, name: str, moments: Sequence[int], until_ms: int) -> None:
    """Note moments of a chat in place of those before; the last of them counts until a moment."""
    _NOTE.on(connection, code=_code(name), told=" ".join(map(str, moments)), until=until_ms)


def move_pace(connection: Connection, old: str, new: str) -> None:
    """A chat has moved to another number: what counts of the old counts of the new."""
    row = connection.execute(select(PACES).where(PACES.c.id == _code(old))).one_or_none()
    if row is not None:
        both = sorted([*moments_of(connection, old), *moments_of(connection, new)])
        until = connection.scalar(select(PACES.c.until_ms).where(PACES.c.id == _code(new))) or 0
        note_moments(connection, new, both, max(until, row.until_ms))
        connection.execute(delete(PACES).where(PACES.c.id == row.id))


def drop_old_paces(connection: Connection, now_ms: int) -> None:
    """Drop what counts no more."""
    connection.execute(delete(PACES).where(PACES.c.until_ms < now_ms))


def _code(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]
