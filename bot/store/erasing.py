"""Erasing: whatever any table keeps of one person goes, and nothing of it can be dug up or opened afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Connection, Table, delete, exists, func, select, update

from bot.store.tables import CONVERSATIONS, DUE, INBOX, METADATA, OUTBOX, PERSON_KEYS, SEATS, SITTINGS
from bot.store.vault import MARK, SealedError, sealed, unsealed


def personal_tables() -> Iterator[tuple[Table, Column[str]]]:
    """Every table that keeps something of a person, with the column that says whose it is; conversations first."""
    yield CONVERSATIONS, CONVERSATIONS.c.id
    for table in METADATA.sorted_tables:
        if "conversation" in table.c:
            yield table, table.c.conversation


def forget_conversation(connection: Connection, name: str) -> None:
    """Delete everything kept about one conversation: state, journal, promised replies and all else.

    Of letters that were taken only the key stays, without a name, so that the platform's repeats are still known;
    letters that wait still have their turn, unless it was us who put them there. The person's key goes too: what is
    sealed in old copies stays shut.
    """
    said = _waiting_words(connection, name)
    connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.id == name))
    _forget_the_rest(connection, name, said)


def forget_the_past(connection: Connection, name: str) -> None:
    """Delete everything kept about one conversation but its present state, which has to be saved anew.

    It is for who stays after taking back what was told: the person gets a new key with the next words that are kept.
    """
    _forget_the_rest(connection, name, _waiting_words(connection, name))


def _waiting_words(connection: Connection, name: str) -> list[tuple[int, str | None]]:
    """What letters say that wait; None for words that no key opens any more."""
    waiting = select(INBOX.c.id, INBOX.c.arrival).where(INBOX.c.conversation == name, INBOX.c.done_at.is_(None))
    waiting = waiting.where(~INBOX.c.key.startswith(DUE))
    return [(row.id, _opened(connection, name, row.arrival)) for row in connection.execute(waiting).all()]


def _opened(connection: Connection, name: str, kept: str) -> str | None:
    try:
        return unsealed(connection, name, kept)
    except SealedError:
        return None


def _forget_the_rest(connection: Connection, name: str, said: list[tuple[int, str | None]]) -> None:
    _leave_the_table(connection, name)
    for table, whose in personal_tables():
        if table not in {CONVERSATIONS, INBOX}:
            connection.execute(delete(table).where(whose == name))
    connection.execute(delete(INBOX).where(INBOX.c.conversation == name, INBOX.c.key.startswith(DUE)))
    for number, words in said:
        one = INBOX.c.id == number
        if words is None:
            connection.execute(delete(INBOX).where(one))
        else:
            connection.execute(update(INBOX).where(one).values(arrival=sealed(connection, name, words)))
    taken = update(INBOX).where(INBOX.c.conversation == name, INBOX.c.done_at.is_not(None))
    connection.execute(taken.values(arrival="", conversation="", number=0, message=None, digest=None))


def _leave_the_table(connection: Connection, name: str) -> None:
    """Whatever consultation they sit in has changed: its table in the group is to be drawn without their card."""
    theirs = select(SEATS.c.sitting).where(SEATS.c.conversation == name)
    connection.execute(update(SITTINGS).where(SITTINGS.c.id.in_(theirs)).values(revision=SITTINGS.c.revision + 1))


def take_leave(connection: Connection, name: str) -> None:
    """Let the farewell to an erased person lie open: it says nothing of theirs, and no key is made for it.

    Where letters wait, their writer goes on, and the key stays with them.
    """
    if connection.scalar(select(exists().where(INBOX.c.conversation == name, INBOX.c.done_at.is_(None)))):
        return
    for row in connection.execute(select(OUTBOX.c.id, OUTBOX.c.reply).where(OUTBOX.c.conversation == name)).all():
        words = unsealed(connection, name, row.reply)
        connection.execute(update(OUTBOX).where(OUTBOX.c.id == row.id).values(reply=words))
    connection.execute(delete(PERSON_KEYS).where(PERSON_KEYS.c.conversation == name))


def forget_lost_keys(connection: Connection) -> int:
    """Delete the keys of people of whom nothing else is kept; returns how many there were."""
    return connection.execute(delete(PERSON_KEYS).where(*_lost())).rowcount


def count_lost_keys(connection: Connection) -> int:
    """How many that would delete."""
    return connection.scalar(select(func.count()).select_from(PERSON_KEYS).where(*_lost())) or 0


def _lost() -> Iterator[ColumnElement[bool]]:
    for table, whose in personal_tables():
        if table is not PERSON_KEYS:
            yield ~exists().where(whose == PERSON_KEYS.c.conversation)


def forget_the_erased(connection: Connection) -> int:
    """After an older copy was put back beside newer keys: forget whoever was erased since; returns how many.

    Their rows are sealed and no key is left that opens them; met again, these people are newcomers.
    """
    keys = select(PERSON_KEYS.c.conversation)
    columns = ((CONVERSATIONS.c.id, CONVERSATIONS.c.state), (OUTBOX.c.conversation, OUTBOX.c.reply))
    shut = {
        name
        for whose, words in (*columns, (INBOX.c.conversation, INBOX.c.arrival))
        for name in connection.scalars(select(whose).where(words.startswith(MARK), whose.not_in(keys)).distinct())
    }
    for name in shut:
        forget_conversation(connection, name)
    return len(shut)
