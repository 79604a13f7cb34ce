"""The inbox: what came in, committed before it is confirmed, and handed to turns in each chat's own order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, NamedTuple

from sqlalchemy import Connection, Integer, bindparam, delete, exists, func, or_, select, text, update

from bot.dialogue.messages import Arrival
from bot.store.prepared import Cursor, Prepared, together
from bot.store.tables import CONVERSATIONS, INBOX, OUTBOX
from bot.store.vault import SealedError, sealed, unsealed

_NO_ROW = 2**62
"""A number that no row has: all rows are before it."""

_LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Letter(NamedTuple):
    """One arrival for one conversation.

    ``number`` orders the arrivals of a conversation, ``message`` is the message typed or pressed, ``digest`` a
    keyed hash of typed words, ``ready_ms`` the moment from which it may be taken (a late neighbour may come before).
    """

    conversation: str
    number: int
    arrival: Arrival
    ready_ms: int
    message: int | None = None
    digest: str | None = None


class Waiting(NamedTuple):
    """The oldest letter of a conversation with all that its turn needs, read at one moment.

    ``state`` is the conversation's JSON (None for a newcomer), ``card`` the message that shows its card, ``owner``
    whoever delivers older promises (None when there are none, "" when nobody does).
    """

    id: int
    letter: Letter
    state: str | None
    revision: int
    card: int | None
    owner: str | None


_KEEP = Prepared(
    text(
        "INSERT INTO inbox (key, conversation, number, arrival, message, digest, ready_at) "
        "VALUES (:key, :conversation, :number, :arrival, :message, :digest, :ready_at) ON CONFLICT (key) DO NOTHING"
    )
)


def accept(connection: Connection, letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Keep the letters that have not come before (by their arrival's key); returns those that are new."""
    return tuple(letter for letter in letters if _kept(connection, letter))


def _kept(connection: Connection, letter: Letter) -> bool:
    words = letter.arrival.model_dump_json(exclude_defaults=True)
    row = _row(letter) | {"arrival": sealed(connection, letter.conversation, words)}
    return _KEEP.on(connection, **row).rowcount == 1


def _row(letter: Letter) -> dict[str, object]:
    return {
        "key": letter.arrival.key,
        "conversation": letter.conversation,
        "number": letter.number,
        "message": letter.message,
        "digest": letter.digest,
        "ready_at": letter.ready_ms,
    }


_OWNER = (
    select(func.coalesce(OUTBOX.c.owner, ""))
    .where(OUTBOX.c.conversation == INBOX.c.conversation)
    .order_by(OUTBOX.c.id.desc())
    .limit(1)
    .scalar_subquery()
)


_NEXT = Prepared(
    select(
        *(INBOX.c[name] for name in ("id", "number", "arrival", "ready_at", "message", "digest")),
        *(CONVERSATIONS.c[name] for name in ("state", "revision", "card")),
        _OWNER,
    )
    .select_from(INBOX.outerjoin(CONVERSATIONS, CONVERSATIONS.c.id == INBOX.c.conversation))
    .where(INBOX.c.conversation == bindparam("name"), INBOX.c.done_at.is_(None))
    .order_by(INBOX.c.number, INBOX.c.id)
    .limit(1)
)


def next_letter(connection: Connection, conversation: str) -> Waiting | None:
    """The letter whose turn it is in one conversation, or None."""
    row = _NEXT.on(connection, name=conversation).fetchone()
    if row is None:
        return None
    inbox_id, number, arrival, ready_ms, message, digest, state, revision, card, owner = row
    said = _said(connection, conversation, arrival)
    letter = Letter(conversation, number, said, ready_ms, message, digest)
    plain = None if state is None else unsealed(connection, conversation, state)
    return Waiting(inbox_id, letter, plain, revision or 0, card, owner)


_CLOSE = Prepared(
    text(
        "INSERT INTO inbox (key, conversation, number, arrival, message, digest, ready_at, done_at) "
        "VALUES (:key, :conversation, :number, '', :message, :digest, :ready_at, :done_at) "
        "ON CONFLICT (key) DO UPDATE SET done_at = excluded.done_at, arrival = '' WHERE inbox.done_at IS NULL"
    )
)


_DONE = Prepared(
    update(INBOX)
    .where(INBOX.c.id == bindparam("number_"), INBOX.c.done_at.is_(None))
    .values(done_at=bindparam("at"), arrival="")
)


def _said(connection: Connection, conversation: str, kept: str) -> Arrival:
    """A letter's arrival; one whose person was forgotten or moved away meanwhile says nothing that can be read."""
    try:
        return Arrival.model_validate_json(unsealed(connection, conversation, kept))
    except SealedError:
        return Arrival(key="", at=_LONG_AGO, media="unknown")


def mark_done(connection: Connection, inbox_id: int, at_ms: int) -> bool:
    """Mark a letter as taken and drop its words; False when somebody else took it before."""
    return _DONE.on(connection, number_=inbox_id, at=at_ms).rowcount == 1


def close_letter(connection: Connection, waiting: Waiting, at_ms: int) -> Cursor:
    """Keep a letter as taken, whether or not it has been accepted, without its words.

    What is left touched no row when it was taken before.
    """
    if waiting.id:
        return _DONE.on(connection, number_=waiting.id, at=at_ms)
    return _CLOSE.on(connection, **_row(waiting.letter), done_at=at_ms)


_MINE = INBOX.c.conversation == bindparam("name")
_STANDING = Prepared(
    select(
        select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.id == bindparam("name")).scalar_subquery(),
        select(CONVERSATIONS.c.revision).where(CONVERSATIONS.c.id == bindparam("name")).scalar_subquery(),
        select(CONVERSATIONS.c.card).where(CONVERSATIONS.c.id == bindparam("name")).scalar_subquery(),
        select(func.coalesce(OUTBOX.c.owner, ""))
        .where(OUTBOX.c.conversation == bindparam("name"))
        .order_by(OUTBOX.c.id.desc())
        .limit(1)
        .scalar_subquery(),
        select(INBOX.c.id).where(INBOX.c.key == bindparam("key"), INBOX.c.done_at.is_not(None)).scalar_subquery(),
        select(func.min(INBOX.c.number)).where(_MINE, INBOX.c.done_at.is_(None)).scalar_subquery(),
    )
)


def standing_letter(connection: Connection, letter: Letter) -> Waiting | Literal["taken", "behind"]:
    """What the turn of a letter needs that may not be in the inbox yet.

    "taken" when it has had its turn, "behind" when an older letter of its conversation waits in the inbox.
    """
    with together(connection):
        standing = _STANDING.on(connection, name=letter.conversation, key=letter.arrival.key)
    found = standing.fetchone()
    state, revision, card, owner, taken, oldest = found
    if taken is not None:
        return "taken"
    if oldest is not None and oldest < letter.number:
        return "behind"
    plain = None if state is None else unsealed(connection, letter.conversation, state)
    return Waiting(0, letter, plain, revision or 0, card, owner)


_BEFORE = Prepared(
    select(INBOX.c.digest)
    .where(_MINE, INBOX.c.number < bindparam("below"), INBOX.c.id < bindparam("row"))
    .order_by(INBOX.c.number.desc())
    .limit(1)
)


def digest_before(connection: Connection, waiting: Waiting) -> str | None:
    """The digest of the letter that was taken in a conversation just before a given one."""
    letter, row = waiting.letter, waiting.id or _NO_ROW
    found = _BEFORE.on(connection, name=letter.conversation, below=letter.number, row=row).fetchone()
    return None if found is None else found[0]


_UNFINISHED = Prepared(
    select(INBOX.c.conversation)
    .where(INBOX.c.done_at.is_(None), INBOX.c.ready_at <= bindparam("before"))
    .union(
        select(OUTBOX.c.conversation).where(
            OUTBOX.c.due_at <= bindparam("now"),
            or_(OUTBOX.c.leased_until.is_(None), OUTBOX.c.leased_until <= bindparam("now")),
        )
    )
    .limit(bindparam("most", type_=Integer))
)
"""Asked every second, also while nothing happens."""


def unfinished(connection: Connection, now_ms: int, before_ms: int, limit: int = 500) -> tuple[str, ...]:
    """Conversations with letters ready since before a moment, or with promises due now that nobody delivers."""
    found = _UNFINISHED.on(connection, now=now_ms, before=before_ms, most=limit).fetchall()
    return tuple(name for (name,) in found)


def all_taken(connection: Connection) -> bool:
    """Whether no letter waits and no promise is open."""
    waits = connection.scalar(select(exists().where(INBOX.c.done_at.is_(None))))
    return not waits and not connection.scalar(select(exists().where(OUTBOX.c.id.is_not(None))))


def forget_old_keys(connection: Connection, before_ms: int) -> int:
    """Drop keys of letters done before a moment: the platform repeats nothing that is older than a day."""
    return connection.execute(delete(INBOX).where(INBOX.c.done_at < before_ms)).rowcount
