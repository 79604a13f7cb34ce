"""Sharing on disk: outcomes that people let be counted, kept beside their talk and gone with it; editors' verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, distinct, func, insert, select

from bot.dialogue.conversation import Conversation
from bot.dialogue.sharing import Shared, shared
from bot.store.tables import JOURNAL
from bot.store.tables_of_truth import SHARED, VERDICTS
from bot.store.vault import SealedError, sealed, unsealed


class Contacted(NamedTuple):
    """How many people were asked for their line, told it after a forecast, and let that be counted."""

    asked: int
    told: int
    counted: int


def keep_shared(connection: Connection, before: Conversation, after: Conversation) -> None:
    """Let what may be counted of a person be what they let be counted now; most turns change nothing of it."""
    now = shared(after)
    if now == shared(before):
        return
    connection.execute(delete(SHARED).where(SHARED.c.conversation == after.id))
    for one in now:
        kept = sealed(connection, after.id, one.model_dump_json())
        row = {"conversation": after.id, "example": int(one.what == "case"), "kept": kept}
        connection.execute(insert(SHARED).values(row))


def all_shared(connection: Connection) -> Iterator[tuple[str, Shared]]:
    """Every outcome that may be counted, with whose it is; what no key opens any more is nobody's."""
    yield from _opened(connection, connection.execute(select(SHARED).order_by(SHARED.c.id)).all())


def offered(connection: Connection) -> Mapping[str, tuple[Shared, ...]]:
    """The outcomes on which a case may rest, by whose they are, oldest first."""
    rows = connection.execute(select(SHARED).where(SHARED.c.example == 1).order_by(SHARED.c.id)).all()
    found: dict[str, tuple[Shared, ...]] = {}
    for name, one in _opened(connection, rows):
        found[name] = (*found.get(name, ()), one)
    return found


def _opened(connection: Connection, rows: Iterable[Row[Any]]) -> Iterator[tuple[str, Shared]]:
    for row in rows:
        try:
            words = unsealed(connection, row.conversation, row.kept)
        except SealedError:
            continue
        yield row.conversation, Shared.model_validate_json(words)


def contacted(connection: Connection) -> Contacted:
    """How many people were asked, told and let it be counted, as the journal and the table say."""
    people = func.count(distinct(JOURNAL.c.conversation))

    def noted(kind: str, detail: str) -> int:
        found = select(people).where(JOURNAL.c.kind == kind, JOURNAL.c.detail == detail)
        return connection.scalar(found) or 0

    counted = connection.scalar(select(func.count(distinct(SHARED.c.conversation)))) or 0
    return Contacted(noted("checkin", "asked"), noted("outcome", "told"), counted)


def verdicts(connection: Connection) -> Mapping[str, str]:
    """What editors have said of candidates, by their code."""
    return {row.id: row.verdict for row in connection.execute(select(VERDICTS))}


def judge(connection: Connection, code: str, verdict: str, actor: str, at_ms: int) -> None:
    """Keep what an editor says of a candidate, in place of what was said before."""
    connection.execute(delete(VERDICTS).where(VERDICTS.c.id == code))
    connection.execute(insert(VERDICTS).values(id=code, verdict=verdict, actor=actor, at_ms=at_ms))
