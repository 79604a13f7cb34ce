"""Broadcasts: what operators write to many people, from the draft to the last message, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Select, func, insert, or_, select, update

from bot.store.engine import reading
from bot.store.tables import CONVERSATIONS, JOURNAL
from bot.store.tables_news import BROADCASTS, RECIPIENTS

DRAFT, SET, GATHERING, RUNNING, PAUSED = "draft", "set", "gathering", "running", "paused"
DONE, CANCELLED = "done", "cancelled"
"""How far a broadcast is: written, set for a moment, its people being found, going out, halted, over, called off."""

HALTED = (PAUSED, CANCELLED)
"""Where nothing more goes out; what was cut off before is looked for all the same."""

UNSURE = "unsure"
"""How a message stands of which nobody knows whether it arrived."""

NOTE = "news"
"""The kind of the journal's notes about broadcasts; the detail says "off" and the number under which it was pressed."""


class Broadcast(NamedTuple):
    """One broadcast; moments in milliseconds since 1970, ``below`` a number under which no message of it can be."""

    id: int
    zh: str
    en: str
    segment: str
    state: str
    author: str
    made_at: int
    starts_at: int | None
    began_at: int | None
    ended_at: int | None
    people: int
    below: int


_ALL = select(*(BROADCASTS.c[name] for name in Broadcast._fields))


def draft_broadcast(connection: Connection, author: str, at_ms: int) -> int:
    """A new draft without words, for everybody who may be written to; its number, one more than the newest.

    Drafts are never deleted, so that none is given twice.
    """
    number = (connection.scalar(select(func.max(BROADCASTS.c.id))) or 0) + 1
    row = {"zh": "", "en": "", "segment": "all", "state": DRAFT, "author": author, "made_at": at_ms}
    connection.execute(insert(BROADCASTS).values(id=number, **row, people=0, below=0))
    return number


def next_number(store: Engine) -> int:
    """The number that the next draft will have, unless somebody else is faster."""
    with reading(store) as connection:
        newest: int | None = connection.scalar(select(func.max(BROADCASTS.c.id)))
    return (newest or 0) + 1


def broadcast_of(connection: Connection, number: int) -> Broadcast | None:
    """The broadcast of a number."""
    row = connection.execute(_ALL.where(BROADCASTS.c.id == number)).first()
    return None if row is None else Broadcast(*row)


def all_broadcasts(connection: Connection, limit: int = 50) -> tuple[Broadcast, ...]:
    """The newest broadcasts first."""
    return tuple(Broadcast(*row) for row in connection.execute(_ALL.order_by(BROADCASTS.c.id.desc()).limit(limit)))


def change_broadcast(connection: Connection, number: int, states: frozenset[str], **values: object) -> bool:
    """Change a broadcast that is in one of these states; False when it is in none of them."""
    mine = update(BROADCASTS).where(BROADCASTS.c.id == number, BROADCASTS.c.state.in_(states))
    return connection.execute(mine.values(**values)).rowcount == 1


def any_to_send(connection: Connection, now_ms: int) -> bool:
    """Whether a broadcast is under way, one falls due by a moment, or a halted one has lost messages to look for."""
    return connection.scalar(_to_send(now_ms).limit(1)) is not None


def lease_broadcasts(
    connection: Connection, owner: str, now_ms: int, until_ms: int, *, alone: bool
) -> tuple[Broadcast, ...]:
    """The broadcasts that are under way, fall due or are halted and not sure of all, and this owner's until a moment.

    Those of another are taken over when its time is out, or at once by somebody who is ``alone``.
    """
    free = or_(BROADCASTS.c.owner.is_(None), BROADCASTS.c.owner == owner, BROADCASTS.c.leased_until <= now_ms)
    numbers = connection.scalars(_to_send(now_ms) if alone else _to_send(now_ms).where(free)).all()
    leased = update(BROADCASTS).where(BROADCASTS.c.id.in_(numbers), BROADCASTS.c.state != DONE)
    leased = leased if alone else leased.where(free)
    connection.execute(leased.values(owner=owner, leased_until=until_ms))
    mine = _ALL.where(BROADCASTS.c.id.in_(numbers), BROADCASTS.c.owner == owner)
    return tuple(Broadcast(*row) for row in connection.execute(mine.order_by(BROADCASTS.c.id)))


def _to_send(now_ms: int) -> Select[tuple[int]]:
    due = (BROADCASTS.c.state == SET) & (BROADCASTS.c.starts_at <= now_ms)
    unsure = (RECIPIENTS.c.broadcast == BROADCASTS.c.id) & (RECIPIENTS.c.state == UNSURE)
    lost = BROADCASTS.c.state.in_(HALTED) & select(RECIPIENTS.c.id).where(unsure).exists()
    return select(BROADCASTS.c.id).where(or_(BROADCASTS.c.state.in_((GATHERING, RUNNING)), due, lost))


def count_recipients(connection: Connection, number: int) -> Mapping[str, int]:
    """How many people a broadcast stands at which state with; who was erased since counts nowhere."""
    counts = select(RECIPIENTS.c.state, func.count()).where(RECIPIENTS.c.broadcast == number)
    return {row[0]: row[1] for row in connection.execute(counts.group_by(RECIPIENTS.c.state))}


def count_stopped(connection: Connection, number: int) -> int:
    """How many people wanted no more of the kind after this broadcast."""
    mine = JOURNAL.c.detail == f"off {number}"
    people = select(func.count(func.distinct(JOURNAL.c.conversation))).where(JOURNAL.c.kind == NOTE, mine)
    return connection.scalar(people) or 0


def newest_card(connection: Connection) -> int:
    """A number under which no message can be that is sent from now on in private: the newest card's; nought for none.

    The platform counts the messages of all private chats with a bot together.
    """
    private = CONVERSATIONS.c.id.contains(":") & ~CONVERSATIONS.c.id.contains(":-")
    cards = connection.scalar(select(func.max(CONVERSATIONS.c.card)).where(private)) or 0
    told = connection.scalar(select(func.max(RECIPIENTS.c.message))) or 0
    return max(cards, told)
