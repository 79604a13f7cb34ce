"""Recipients: who gets a broadcast, and how far its message to each of them is, so that none gets it twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, delete, func, literal, select, text, update

from bot.store.broadcasts import UNSURE, newest_card
from bot.store.prepared import Prepared
from bot.store.tables import CONVERSATIONS, INBOX, JOURNAL, OUTBOX
from bot.store.tables_news import BARRED, BROADCASTS, RECIPIENTS

WAITING, PROMISED, GOING = "waiting", "promised", "going"
"""Not begun; in the outbox; on its way to the platform. Once nobody knows if it arrived it is ``UNSURE``."""

SENT, REFUSED, GONE, DECLINED, SKIPPED, UNKNOWN = "sent", "refused", "gone", "declined", "skipped", "unknown"
"""How it ends: there; refused by the platform; nobody there; not wanted; not fit; never known, and not sent again."""

OPEN = (WAITING, PROMISED, GOING, UNSURE)

_CLEARLY_MS = 25_000
"""What arrived so much later surely has a higher number than what was on its way before: no call takes longer."""

_ADD = Prepared(
    text(
        "INSERT INTO recipients (broadcast, conversation, state, due_at, changed_at) "
        "VALUES (:broadcast, :conversation, 'waiting', :due_at, :at) ON CONFLICT (broadcast, conversation) DO NOTHING"
    )
)


class Recipient(NamedTuple):
    """One person of a broadcast, and what is known of the message."""

    id: int
    conversation: str
    changed_at: int
    revision: int | None
    above: int | None


_ONE = select(*(RECIPIENTS.c[name] for name in Recipient._fields))


def add_recipients(connection: Connection, broadcast: int, people: Iterable[tuple[str, int]], at_ms: int) -> None:
    """People who are to get a broadcast, each not before a moment of their own; who is there already stays."""
    for name, due_ms in people:
        _ADD.on(connection, broadcast=broadcast, conversation=name, due_at=due_ms, at=at_ms)


def people_after(connection: Connection, name: str, limit: int) -> tuple[tuple[str, str, int], ...]:
    """Whoever can be written to and comes after a name, in order: their name, sealed state, and when last heard."""
    reachable = CONVERSATIONS.c.id.contains(":") & ~CONVERSATIONS.c.id.contains(":-")
    rows = select(CONVERSATIONS.c.id, CONVERSATIONS.c.state, CONVERSATIONS.c.updated_at)
    rows = rows.where(CONVERSATIONS.c.id > name, reachable, CONVERSATIONS.c.id.not_in(select(BARRED.c.id)))
    found = connection.execute(rows.order_by(CONVERSATIONS.c.id).limit(limit))
    return tuple((row.id, row.state, round(row.updated_at.timestamp() * 1000)) for row in found)


def due_recipients(connection: Connection, broadcast: int, now_ms: int, limit: int) -> tuple[Recipient, ...]:
    """People whose turn it is, and to whom nothing else is on its way."""
    due = (RECIPIENTS.c.broadcast == broadcast) & (RECIPIENTS.c.state == WAITING) & (RECIPIENTS.c.due_at <= now_ms)
    free = ~select(OUTBOX.c.id).where(OUTBOX.c.conversation == RECIPIENTS.c.conversation).exists()
    found = _ONE.where(due, free).order_by(RECIPIENTS.c.due_at, RECIPIENTS.c.id).limit(limit)
    return tuple(Recipient(*row) for row in connection.execute(found))


def count_under_way(connection: Connection, broadcast: int, now_ms: int) -> tuple[int, int]:
    """How many messages of a broadcast stand in the outbox, and how many of them may go out now."""
    mine = (RECIPIENTS.c.broadcast == broadcast) & RECIPIENTS.c.state.in_((PROMISED, GOING))
    joined = RECIPIENTS.join(OUTBOX, OUTBOX.c.id == RECIPIENTS.c.promise)
    counts = select(func.count(), func.count().filter(OUTBOX.c.due_at <= now_ms))
    whole, now = connection.execute(counts.select_from(joined).where(mine)).one()
    return whole, now


def is_over(connection: Connection, broadcast: int) -> bool:
    """Whether nobody of a broadcast waits for anything any more."""
    mine = (RECIPIENTS.c.broadcast == broadcast) & RECIPIENTS.c.state.in_(OPEN)
    return connection.scalar(select(RECIPIENTS.c.id).where(mine).limit(1)) is None


def settle_recipient(
    connection: Connection, number: int, before: str, state: str, at_ms: int, **values: int | None
) -> bool:
    """Bring one person's message from one state to another; False when it is not in the first any more."""
    mine = update(RECIPIENTS).where(RECIPIENTS.c.id == number, RECIPIENTS.c.state == before)
    return connection.execute(mine.values(state=state, changed_at=at_ms, **values)).rowcount == 1


def put_off_recipient(connection: Connection, number: int, due_ms: int) -> None:
    """Let somebody who waits wait until a later moment."""
    mine = update(RECIPIENTS).where(RECIPIENTS.c.id == number, RECIPIENTS.c.state == WAITING)
    connection.execute(mine.values(due_at=due_ms))


_OTHERS = RECIPIENTS.alias("others")
_OF_PROMISE = RECIPIENTS.c.promise == bindparam("number")
_NEWEST = select(func.max(_OTHERS.c.message)).where(_OTHERS.c.broadcast == RECIPIENTS.c.broadcast)
_BELOW = select(BROADCASTS.c.below).where(BROADCASTS.c.id == RECIPIENTS.c.broadcast)
_BEFORE = func.coalesce(_NEWEST.scalar_subquery(), _BELOW.scalar_subquery(), literal(0))
_CARD = select(CONVERSATIONS.c.card).where(CONVERSATIONS.c.id == RECIPIENTS.c.conversation).scalar_subquery()
"""An answer may have gone out to the same person after everybody's newest: it is another message of ours there."""
_BEGIN = Prepared(
    update(RECIPIENTS)
    .where(_OF_PROMISE, RECIPIENTS.c.state == PROMISED)
    .values(
        state=GOING,
        changed_at=bindparam("moment"),
        above=case((_CARD > _BEFORE, _CARD), else_=_BEFORE),
    )
)
_AGAIN = Prepared(update(RECIPIENTS).where(_OF_PROMISE, RECIPIENTS.c.state == GOING).values(state=UNSURE))
_STANDS = Prepared(select(RECIPIENTS.c.state).where(_OF_PROMISE))
_END = Prepared(
    update(RECIPIENTS)
    .where(_OF_PROMISE, RECIPIENTS.c.state.in_((bindparam("first"), bindparam("second"))))
    .values(state=bindparam("after"), changed_at=bindparam("moment"), message=bindparam("shown"))
)


def begin_sending(connection: Connection, promise: int, at_ms: int) -> str:
    """Note that a promise is handed to the platform now, and behind which message; returns where it stood before.

    Where it was begun before and nobody told how that ended, it is unsure from now on. Empty for no such promise.
    """
    if _BEGIN.on(connection, number=promise, moment=at_ms).rowcount:
        return PROMISED
    if _AGAIN.on(connection, number=promise).rowcount:
        return GOING
    row = _STANDS.on(connection, number=promise).fetchone()
    return "" if row is None else str(row[0])


def end_sending(connection: Connection, promise: int, state: str, at_ms: int, message: int | None = None) -> None:
    """Note how a promise that was begun has ended: there, refused, nobody there, or back to where it was."""
    told = {"after": state, "moment": at_ms, "shown": message, "first": PROMISED, "second": GOING}
    _END.on(connection, number=promise, **told)


def take_back_promises(connection: Connection, broadcast: int, state: str, at_ms: int) -> int:
    """Take back what stands in the outbox and is not on its way yet; from then on it stands at a state."""
    mine = (RECIPIENTS.c.broadcast == broadcast) & (RECIPIENTS.c.state == PROMISED)
    promises = connection.scalars(select(RECIPIENTS.c.promise).where(mine)).all()
    connection.execute(delete(OUTBOX).where(OUTBOX.c.id.in_(promises)))
    connection.execute(update(RECIPIENTS).where(mine).values(state=state, changed_at=at_ms, promise=None))
    return len(promises)


class Lost(NamedTuple):
    """Somebody of whom nobody knows whether the message arrived: above which it must be, and how things stand now.

    ``known`` are messages of the same broadcast above that one, ``below`` the first of them that arrived when every
    call of before was over, if one did, ``newest`` the newest card of anybody's, ``moved`` whether something else was
    said in the conversation since, ``pressed`` whether its button was. ``spoke`` is the message with which the person
    was the first to say something since, and when that came: no other message of ours can be before it.
    """

    one: Recipient
    known: frozenset[int]
    below: int | None
    newest: int
    moved: bool
    pressed: bool
    spoke: tuple[int, int] | None = None


def lost_recipients(connection: Connection, broadcast: int, before_ms: int, limit: int) -> tuple[Lost, ...]:
    """People of whom nobody knows whether the message arrived, begun before a moment; the earliest first."""
    lost = (RECIPIENTS.c.broadcast == broadcast) & (RECIPIENTS.c.state == UNSURE)
    found = _ONE.where(lost, RECIPIENTS.c.changed_at <= before_ms).order_by(RECIPIENTS.c.id).limit(limit)
    rows = connection.execute(found).all()
    newest = newest_card(connection) if rows else 0
    return tuple(_lost(connection, broadcast, Recipient(*row), newest) for row in rows)


def _lost(connection: Connection, broadcast: int, one: Recipient, newest: int) -> Lost:
    above = select(RECIPIENTS.c.message, RECIPIENTS.c.changed_at).where(RECIPIENTS.c.broadcast == broadcast)
    rows = connection.execute(above.where(RECIPIENTS.c.message > (one.above or 0))).all()
    below = min((row.message for row in rows if row.changed_at > one.changed_at + _CLEARLY_MS), default=None)
    now = connection.scalar(select(CONVERSATIONS.c.revision).where(CONVERSATIONS.c.id == one.conversation))
    pressed = (JOURNAL.c.conversation == one.conversation) & (JOURNAL.c.detail == f"off {broadcast}")
    stopped = connection.scalar(select(JOURNAL.c.id).where(JOURNAL.c.kind == "news", pressed).limit(1))
    moved, known = now != one.revision, frozenset(row.message for row in rows)
    return Lost(one, known, below, newest, moved, stopped is not None, _spoke(connection, one) if moved else None)


def nobody_spoke(connection: Connection, one: Recipient) -> bool:
    """Whether nothing was said in a conversation since its message was begun, and nothing waits for its turn."""
    now = connection.scalar(select(CONVERSATIONS.c.revision).where(CONVERSATIONS.c.id == one.conversation))
    waiting = select(INBOX.c.id).where(INBOX.c.conversation == one.conversation, INBOX.c.done_at.is_(None))
    return now == one.revision and connection.scalar(waiting.limit(1)) is None


def _spoke(connection: Connection, one: Recipient) -> tuple[int, int] | None:
    """The first words of a person since their message was begun; None where a turn came before them.

    So it is too where the first words are forgotten by now: the journal keeps their turn for longer.
    """
    letters = select(INBOX.c.message, INBOX.c.ready_at).where(INBOX.c.conversation == one.conversation)
    since = letters.where(INBOX.c.ready_at > one.changed_at).order_by(INBOX.c.ready_at, INBOX.c.id)
    first = connection.execute(since.limit(1)).first()
    if first is None or (first.message or 0) <= (one.above or 0):
        return None
    come = dt.datetime.fromtimestamp((first.ready_at - 1) / 1000, dt.UTC)
    earlier = (JOURNAL.c.revision > (one.revision or 0)) & (JOURNAL.c.at < come)
    turn = select(JOURNAL.c.id).where(JOURNAL.c.conversation == one.conversation, earlier)
    return None if connection.scalar(turn.limit(1)) is not None else (first.message, first.ready_at)
