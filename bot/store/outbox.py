"""The outbox: replies promised with the state in one transaction, leased to who delivers, gone once they are out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.dialogue.messages import Reply
from bot.store.prepared import Cursor, Prepared
from bot.store.tables import CONVERSATIONS, OUTBOX
from bot.store.vault import sealed, unsealed


class Promise(NamedTuple):
    """A reply that still has to be delivered.

    ``edits`` is the message that it may replace in place, ``card`` the message that shows the card until then,
    ``parts`` how many of its messages are out already.
    """

    id: int
    reply: Reply
    revision: int = 0
    edits: int | None = None
    card: int | None = None
    attempts: int = 0
    parts: int = 0


class Lease(NamedTuple):
    """Who may deliver, and until when (milliseconds since 1970)."""

    owner: str
    until_ms: int


_PROMISE = Prepared(
    insert(OUTBOX)
    .values({name: bindparam(name) for name in ("conversation", "revision", "reply", "slot", "edits", "owner")})
    .values(leased_until=bindparam("until"), due_at=0, attempts=0)
    .returning(OUTBOX.c.id)
)


def promise(
    connection: Connection,
    conversation: str,
    revision: int,
    replies: Iterable[Reply],
    *,
    edits: int | None = None,
    lease: Lease | None = None,
) -> tuple[int, ...]:
    """Promise replies, in order; returns their numbers.

    The first of them may replace the message ``edits`` in place, when it may. With a lease they are the
    owner's to deliver at once.
    """
    return numbers_of(promising(connection, conversation, revision, replies, edits=edits, lease=lease))


def promising(
    connection: Connection,
    conversation: str,
    revision: int,
    replies: Iterable[Reply],
    *,
    edits: int | None = None,
    lease: Lease | None = None,
) -> tuple[Cursor, ...]:
    """The same, when the numbers are wanted later: what each of the statements leaves."""
    return tuple(
        _PROMISE.on(
            connection,
            conversation=conversation,
            revision=revision,
            reply=sealed(connection, conversation, reply.model_dump_json()),
            slot=reply.slot,
            edits=edits if place == 0 and reply.in_place else None,
            owner=lease.owner if lease else None,
            until=lease.until_ms if lease else None,
        )
        for place, reply in enumerate(replies)
    )


def numbers_of(promised: Iterable[Cursor]) -> tuple[int, ...]:
    """The numbers of what was promised."""
    return tuple(int(made.fetchone()[0]) for made in promised)


def _reply(connection: Connection, conversation: str, kept: str) -> Reply:
    return Reply.model_validate_json(unsealed(connection, conversation, kept))


_DUE = Prepared(
    select(
        *(OUTBOX.c[name] for name in ("id", "reply", "revision", "edits")),
        CONVERSATIONS.c.card,
        *(OUTBOX.c[name] for name in ("attempts", "parts")),
    )
    .select_from(OUTBOX.outerjoin(CONVERSATIONS, CONVERSATIONS.c.id == OUTBOX.c.conversation))
    .where(OUTBOX.c.conversation == bindparam("name"))
    .order_by(OUTBOX.c.id)
)


def due_promises(connection: Connection, conversation: str) -> tuple[Promise, ...]:
    """The promises of one conversation that are not yet kept, oldest first."""
    rows = _DUE.on(connection, name=conversation).fetchall()
    return tuple(Promise(number, _reply(connection, conversation, kept), *rest) for number, kept, *rest in rows)


def lease_promises(connection: Connection, conversation: str, lease: Lease, now_ms: int) -> tuple[Promise, ...]:
    """Lease all promises of a conversation, unless one is not due yet or somebody else has one; oldest first.

    Rows are locked where the database can do so, and rows that another worker has locked are left alone.
    """
    own = select(OUTBOX.c.id, OUTBOX.c.due_at, OUTBOX.c.owner, OUTBOX.c.leased_until)
    rows = connection.execute(
        own.where(OUTBOX.c.conversation == conversation).order_by(OUTBOX.c.id).with_for_update(skip_locked=True)
    ).all()
    whole = connection.scalar(select(func.count()).where(OUTBOX.c.conversation == conversation))
    foreign = any(row.owner not in {None, lease.owner} and (row.leased_until or 0) > now_ms for row in rows)
    if not rows or len(rows) != whole or foreign or rows[0].due_at > now_ms:
        return ()
    numbers = [row.id for row in rows]
    connection.execute(
        update(OUTBOX).where(OUTBOX.c.id.in_(numbers)).values(owner=lease.owner, leased_until=lease.until_ms)
    )
    return due_promises(connection, conversation)


_KEPT = Prepared(delete(OUTBOX).where(OUTBOX.c.id == bindparam("number")))
_KEPT_BY = Prepared(delete(OUTBOX).where(OUTBOX.c.id == bindparam("number"), OUTBOX.c.owner == bindparam("whose")))


def keep_promise(connection: Connection, number: int, owner: str | None = None) -> bool:
    """A delivered reply leaves no copy behind; False when it is not the owner's any more."""
    if owner is None:
        return _KEPT.on(connection, number=number).rowcount == 1
    return keeping(connection, number, owner).rowcount == 1


def keeping(connection: Connection, number: int, owner: str) -> Cursor:
    """The same, when it is looked at later: what the statement leaves."""
    return _KEPT_BY.on(connection, number=number, whose=owner)


def keep_part(connection: Connection, number: int, owner: str, parts: int) -> None:
    """So many messages of a long reply are out; the rest is still promised."""
    mine = (OUTBOX.c.id == number) & (OUTBOX.c.owner == owner)
    connection.execute(update(OUTBOX).where(mine).values(parts=parts))


def put_off(connection: Connection, conversation: str, owner: str, due_ms: int) -> int:
    """Give the promises of a conversation back until a later moment; the first of them counts one more attempt.

    Returns how many were given back.
    """
    mine = (OUTBOX.c.conversation == conversation) & (OUTBOX.c.owner == owner)
    first = connection.scalar(select(func.min(OUTBOX.c.id)).where(mine))
    connection.execute(update(OUTBOX).where(OUTBOX.c.id == first).values(attempts=OUTBOX.c.attempts + 1))
    return connection.execute(update(OUTBOX).where(mine).values(owner=None, leased_until=None, due_at=due_ms)).rowcount


_TAKE_BACK = Prepared(
    delete(OUTBOX).where(OUTBOX.c.conversation == bindparam("name"), OUTBOX.c.slot == bindparam("of_slot"))
)


def take_back(connection: Connection, conversation: str, slot: str) -> int:
    """Take back what is promised in a slot of a conversation and is not out of the door; returns how much it was."""
    return _TAKE_BACK.on(connection, name=conversation, of_slot=slot).rowcount


def is_promised(connection: Connection, number: int, owner: str) -> bool:
    """Whether a promise still stands, and is the owner's to keep."""
    mine = select(OUTBOX.c.id).where(OUTBOX.c.id == number, OUTBOX.c.owner == owner)
    return connection.scalar(mine) is not None


def superseded(promise: Promise, waiting: Sequence[Promise]) -> bool:
    """Whether a newer card, or the same board anew, waits behind this one: nobody needs to see the older one.

    One that only amends a board cannot stand in for one that would put it up.
    """
    slot, board = promise.reply.slot, promise.reply.board
    later = [behind.reply for behind in list(waiting)[1:]]
    if board is not None:
        return any(reply.board == board and (promise.reply.amends or not reply.amends) for reply in later)
    return slot is not None and any(reply.slot == slot for reply in later)


def drop_promises(connection: Connection, conversation: str, up_to: int, now_ms: int) -> int:
    """Drop what was due by now up to a number: nobody could receive it; returns how much."""
    gone = (OUTBOX.c.conversation == conversation) & (OUTBOX.c.id <= up_to) & (OUTBOX.c.due_at <= now_ms)
    return connection.execute(delete(OUTBOX).where(gone)).rowcount


_CARDS = Prepared(
    select(OUTBOX.c.id, OUTBOX.c.reply).where(
        OUTBOX.c.conversation == bindparam("name"), OUTBOX.c.revision == bindparam("rev"), OUTBOX.c.slot.is_not(None)
    )
)


def settle_card(connection: Connection, conversation: str, revision: int, message: int, action: str) -> bool:
    """A press proves that the card with its button had arrived, as that message, whatever we know of its sending.

    Returns whether such a card of that revision was still promised; other messages of a turn have buttons too.
    """
    cards = _CARDS.on(connection, name=conversation, rev=revision).fetchall()
    mine = next((number for number, kept in cards if _offers(_reply(connection, conversation, kept), action)), None)
    if mine is None:
        return False
    keep_promise(connection, mine)
    show_card(connection, conversation, message)
    return True


def _offers(reply: Reply, action: str) -> bool:
    return any(button.action == action for row in reply.buttons for button in row)


def free_leases(connection: Connection, owner: str | None = None) -> None:
    """Take leases back when a process starts: its own from before, or without an owner everybody's."""
    leased = update(OUTBOX).values(owner=None, leased_until=None)
    connection.execute(leased if owner is None else leased.where(OUTBOX.c.owner == owner))


_SHOWN = Prepared(
    update(CONVERSATIONS).where(CONVERSATIONS.c.id == bindparam("name")).values(card=bindparam("message"))
)


def show_card(connection: Connection, conversation: str, message: int | None) -> None:
    """Remember which message shows the present card."""
    _SHOWN.on(connection, name=conversation, message=message)


_PRESENT = Prepared(select(CONVERSATIONS.c.card).where(CONVERSATIONS.c.id == bindparam("name")))


def shown_card(connection: Connection, conversation: str) -> int | None:
    """The message that shows the present card at this moment, which may be later than when a turn was begun."""
    row = _PRESENT.on(connection, name=conversation).fetchone()
    return None if row is None else row[0]
