"""Sharing on disk: outcomes that people let be counted, kept beside their talk and gone with it; editors' verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, distinct, func, insert, select

from bot.dialogue.conversation import Conversation
from bot.dialogue.sharing import Banded, Shared, shared
from bot.store.tables import JOURNAL
from bot.store.tables_of_truth import SHARED, VERDICTS
from bot.store.vault import SealedError, sealed, unsealed

_CARD = 2
"""How a card from a consultation stands in the table."""


class Contacted(NamedTuple):
    """How many people were asked for their line, told it after a forecast, and let that be counted."""

    asked: int
    told: int
    counted: int


def keep_shared(connection: Connection, before: Conversation, after: Conversation) -> None:
    """Let what may be counted of a person be what they let be counted now; most turns change nothing of it."""
    if before.following is after.following and before.consent_at == after.consent_at:
        return
    if before.following.sharing.case and not after.following.sharing.case:
        take_back_card(connection, after.id)
    now = shared(after)
    if now == shared(before):
        return
    connection.execute(delete(SHARED).where(SHARED.c.conversation == after.id, SHARED.c.example != _CARD))
    for one in now:
        _keep(connection, after.id, int(one.what == "case"), one.model_dump_json())


def offer_card(connection: Connection, person: str, card: Banded) -> None:
    """Let somebody's card become part of an example, in place of one that they let before."""
    take_back_card(connection, person)
    _keep(connection, person, _CARD, card.model_dump_json())


def take_back_card(connection: Connection, person: str) -> None:
    """Somebody's card becomes part of nothing any more."""
    connection.execute(delete(SHARED).where(SHARED.c.conversation == person, SHARED.c.example == _CARD))


def _keep(connection: Connection, person: str, example: int, words: str) -> None:
    row = {"conversation": person, "example": example, "kept": sealed(connection, person, words)}
    connection.execute(insert(SHARED).values(row))


def all_shared(connection: Connection) -> Iterator[tuple[str, Shared]]:
    """Every outcome that may be counted, with whose it is; what no key opens any more is nobody's."""
    for name, words in _opened(connection, SHARED.c.example != _CARD):
        yield name, Shared.model_validate_json(words)


def offered(connection: Connection) -> Mapping[str, Shared]:
    """The newest outcome on which a case may rest, by whose it is."""
    return {name: Shared.model_validate_json(words) for name, words in _opened(connection, SHARED.c.example == 1)}


def offered_cards(connection: Connection) -> Mapping[str, Banded]:
    """The cards from consultations that may become part of an example, by whose they are."""
    return {name: Banded.model_validate_json(words) for name, words in _opened(connection, SHARED.c.example == _CARD)}


def _opened(connection: Connection, which: ColumnElement[bool]) -> Iterator[tuple[str, str]]:
    for row in connection.execute(select(SHARED).where(which).order_by(SHARED.c.id)).all():
        try:
            yield row.conversation, unsealed(connection, row.conversation, row.kept)
        except SealedError:
            continue


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
