"""The audit trail: what operators did, each row bound to the one before by a hash, so that no change goes unseen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, text, update

from bot.store.tables import AUDIT, AUDIT_HEAD

_FIRST = "0" * 64
_ONLY = 1
_BATCH = 1000


class Deed(NamedTuple):
    """One row: who did what, when (milliseconds since 1970), with a detail that holds nobody's values."""

    number: int
    at_ms: int
    actor: str
    act: str
    detail: str
    before: str
    hash: str


class Verdict(NamedTuple):
    """How the trail stands: rows read, the newest hash, and the number of the first row that is wrong, if any is."""

    rows: int
    head: str
    broken: int | None


def record(connection: Connection, at_ms: int, actor: str, act: str, detail: str) -> Deed:
    """Add a row in the caller's transaction; whoever adds one at the same moment waits."""
    connection.execute(
        text("INSERT INTO audit_head (id, number, hash) VALUES (:id, 0, :hash) ON CONFLICT (id) DO NOTHING"),
        {"id": _ONLY, "hash": _FIRST},
    )
    head = connection.execute(select(AUDIT_HEAD).with_for_update()).one()
    number, detail = head.number + 1, detail[:200]
    made = Deed(number, at_ms, actor, act, detail, head.hash, _hash(number, at_ms, actor, act, detail, head.hash))
    connection.execute(insert(AUDIT).values(id=number, **{key: made._asdict()[key] for key in Deed._fields[1:]}))
    connection.execute(update(AUDIT_HEAD).values(number=number, hash=made.hash))
    return made


def newest(connection: Connection, most: int) -> tuple[Deed, ...]:
    """The newest rows, the newest first."""
    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.id.desc()).limit(most))
    return tuple(Deed(*row) for row in rows)


def verify(connection: Connection, noted: str = "") -> Verdict:
    """Read the whole trail and find the first row that was changed, removed, moved or added by another hand.

    The table itself cannot show that it was cut and its head set back: a hash that was ``noted`` elsewhere has to
    stand in the trail still, or the trail counts as broken behind its end.
    """
    number, before, seen = 0, _FIRST, not noted
    for deed in _all(connection):
        number += 1
        whole = deed.number == number and deed.before == before and deed.hash == _hash(*deed[:6])
        if not whole:
            return Verdict(number, before, number)
        before = deed.hash
        seen = seen or deed.hash == noted
    head = connection.execute(select(AUDIT_HEAD)).all()
    stands = [(row.id, row.number, row.hash) for row in head] == ([(_ONLY, number, before)] if number or head else [])
    return Verdict(number, before, None if stands and seen else number + 1)


def _all(connection: Connection) -> Iterator[Deed]:
    """Every row in the order of its number, some at a time."""
    last: int | None = None
    while True:
        query = select(AUDIT).order_by(AUDIT.c.id).limit(_BATCH)
        rows = connection.execute(query if last is None else query.where(AUDIT.c.id > last)).all()
        if not rows:
            return
        yield from (Deed(*row) for row in rows)
        last = rows[-1].id


def _hash(*told: int | str) -> str:
    """Number, moment, actor, act, detail and the hash before, in one way of writing."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=True).encode()).hexdigest()
