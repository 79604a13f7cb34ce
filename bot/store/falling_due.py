"""What falls due though nobody said a word: found by its moment, and put into the inbox once, in one transaction."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sqlalchemy import Connection, bindparam, func, select, update

from bot.dialogue.footing import Happening
from bot.dialogue.messages import Arrival, Reply
from bot.store.inbox import Letter, accept
from bot.store.outbox import shown_card
from bot.store.prepared import Prepared
from bot.store.tables import CONVERSATIONS, DUE, OUTBOX, SITTINGS
from bot.store.vault import unsealed

_MOST = 200
_FIRST = 0
"""The number of such letters: they come before whatever their person has sent and nobody has read yet."""

_MINUTE = 60_000
_REACHABLE = CONVERSATIONS.c.id.contains(":") & ~CONVERSATIONS.c.id.contains(":-")
"""People to whom somebody can go: a terminal's conversation has no door in its name, and groups are never asked."""

_SOONEST = Prepared(
    select(func.min(CONVERSATIONS.c.due_at)).where(CONVERSATIONS.c.due_at <= bindparam("now"), _REACHABLE)
)

TABLES_APART_MS = 4_000
"""A table that changes often is drawn once in so many milliseconds, unless a card has to leave it."""

_LATELY = SITTINGS.c.drawn_at > bindparam("now") - TABLES_APART_MS
_STALE = (SITTINGS.c.drawn < SITTINGS.c.revision) & (SITTINGS.c.drawn_at.is_(None) | ~_LATELY)
_TABLES = Prepared(select(SITTINGS.c.id).where(_STALE | (SITTINGS.c.wakes_at <= bindparam("now"))).limit(1))


def anything_due(connection: Connection, now_ms: int) -> bool:
    """Whether something may have fallen due by a moment."""
    return _SOONEST.on(connection, now=now_ms).fetchone()[0] is not None


def call_in(connection: Connection, at: dt.datetime) -> tuple[str, ...]:
    """Put what has fallen due by a moment into the inbox; returns whose turn it is now.

    From then on the inbox answers for it: its keys are unique, so that any number of workers may call at once. Rows
    that another one has in hand are left to that one where the database can do so.
    """
    now_ms = round(at.timestamp() * 1000)
    due = CONVERSATIONS.c.due_at <= now_ms
    found = select(CONVERSATIONS.c.id, CONVERSATIONS.c.due_at).where(due).order_by(CONVERSATIONS.c.due_at)
    rows = connection.execute(found.where(_REACHABLE).limit(_MOST).with_for_update(skip_locked=True)).all()
    letters = [_letter(row.id, f"{row.due_at // _MINUTE}", "checkin", at) for row in rows]
    connection.execute(
        update(CONVERSATIONS).where(CONVERSATIONS.c.id.in_([row.id for row in rows])).values(due_at=None)
    )
    return tuple(letter.conversation for letter in accept(connection, letters))


def tell_of_promise(
    connection: Connection, conversation: str, number: int, what: Literal["lapsed", "gone"], at: dt.datetime
) -> None:
    """Let a conversation know that a promise of its own lapsed, or that nobody was there, in a turn of its own."""
    accept(connection, [_letter(conversation, f"{what[0]}{number}", what, at)])


def put_to_work(connection: Connection, conversation: str, line: str, mark: str, at: dt.datetime) -> None:
    """Let a command line that takes seconds be carried out in a turn of its own, before whatever comes after it."""
    begun = _letter(conversation, f"w{mark}", "work", at)
    accept(connection, [begun._replace(arrival=begun.arrival.model_copy(update={"text": line}))])


def tell_of_topic(connection: Connection, group: str, topic: int, what: Happening, at: dt.datetime) -> None:
    """Let a group know, in a turn of its own and once a minute at most, what has become of a topic of its forum."""
    now_ms = round(at.timestamp() * 1000)
    key = f"{DUE}{group}:{what}:{topic}:{now_ms // _MINUTE}"
    arrival = Arrival(key=key, at=at, public=True, happened=what, topic=topic)
    accept(connection, [Letter(group, _FIRST, arrival, now_ms)])


def tell_of_office(connection: Connection, number: int, at: dt.datetime) -> None:
    """Let every group with an open sitting know that somebody's office is not what it was: they may lead no more."""
    now_ms = round(at.timestamp() * 1000)
    held_in = select(SITTINGS.c.conversation).where(SITTINGS.c.closed_at.is_(None)).distinct()
    for group in connection.scalars(held_in).all():
        key = f"{DUE}{group}:o{number}:{now_ms // 1000}"
        arrival = Arrival(key=key, at=at, public=True, happened="demoted", speaker=f"tg:{number}")
        accept(connection, [Letter(group, _FIRST, arrival, now_ms)])


def tell_of_demotion(connection: Connection, group: str, name: str, at: dt.datetime) -> None:
    """Let a group know that somebody leads there no more, though the platform told nothing of it."""
    now_ms = round(at.timestamp() * 1000)
    arrival = Arrival(key=f"{DUE}{group}:l{name}:{now_ms}", at=at, public=True, happened="demoted", speaker=name)
    accept(connection, [Letter(group, _FIRST, arrival, now_ms)])


def tell_of_away(connection: Connection, group: str, name: str, number: int, at: dt.datetime) -> None:
    """Let the group in whose sitting somebody talks in private know that nothing reaches them since that promise."""
    now_ms = round(at.timestamp() * 1000)
    arrival = Arrival(key=f"{DUE}{group}:a{number}", at=at, public=True, happened="away", speaker=name)
    accept(connection, [Letter(group, _FIRST, arrival, now_ms)])


def coming_card(connection: Connection, conversation: str, slot: str) -> int | None:
    """The message that shows the card once all that is promised is out; None where a fresh one is on its way."""
    mine = (OUTBOX.c.conversation == conversation) & (OUTBOX.c.slot == slot)
    row = connection.execute(select(OUTBOX.c.edits).where(mine).order_by(OUTBOX.c.id.desc()).limit(1)).first()
    return shown_card(connection, conversation) if row is None else row.edits


def any_table(connection: Connection, now_ms: int) -> bool:
    """Whether some sitting's table has to be drawn anew by a moment."""
    return _TABLES.on(connection, now=now_ms).fetchone() is not None


def call_to_tables(connection: Connection, at: dt.datetime) -> tuple[str, ...]:
    """Let groups draw the tables of sittings that have changed, or whose sleep is over; returns which were called."""
    now_ms = round(at.timestamp() * 1000)
    due = select(SITTINGS).where(_STALE | (SITTINGS.c.wakes_at <= now_ms)).limit(_MOST)
    rows = connection.execute(due, {"now": now_ms}).all()
    slept = [row.wakes_at is not None and row.wakes_at <= now_ms for row in rows]
    marks = [f"{row.id}:{row.revision}{'w' if woken else ''}" for row, woken in zip(rows, slept, strict=True)]
    letters = [_letter(row.conversation, mark, "table", at) for row, mark in zip(rows, marks, strict=True)]
    return tuple(letter.conversation for letter in accept(connection, letters))


def call_to_table(connection: Connection, group: str, sitting: str, at: dt.datetime, *, soon: bool = True) -> None:
    """Let a group draw a sitting's table as it stands by then, unless it has been called already.

    One that need not be ``soon`` and was drawn a moment ago is left to be called later.
    """
    row = connection.execute(select(SITTINGS).where(SITTINGS.c.id == sitting)).one()
    lately = row.drawn_at is not None and round(at.timestamp() * 1000) - row.drawn_at < TABLES_APART_MS
    if soon or not lately:
        accept(connection, [_letter(group, f"{sitting}:{row.revision}", "table", at)])


def hold_answers(connection: Connection, conversation: str, up_to: int, due_ms: int) -> int:
    """Put answers to somebody's words that nobody could receive off until a moment, once each; returns how many."""
    fresh = (OUTBOX.c.conversation == conversation) & (OUTBOX.c.id <= up_to) & (OUTBOX.c.due_at == 0)
    rows = connection.execute(select(OUTBOX.c.id, OUTBOX.c.reply).where(fresh)).all()
    held = [row.id for row in rows if _answers(connection, conversation, row.reply)]
    waits = {"owner": None, "leased_until": None, "due_at": due_ms}
    return connection.execute(update(OUTBOX).where(OUTBOX.c.id.in_(held)).values(waits)).rowcount


def hasten(connection: Connection, conversation: str) -> int:
    """Let what was put off in a conversation be delivered now; returns how much it was."""
    late = (OUTBOX.c.conversation == conversation) & (OUTBOX.c.due_at > 0) & OUTBOX.c.owner.is_(None)
    return connection.execute(update(OUTBOX).where(late).values(due_at=0)).rowcount


def _answers(connection: Connection, conversation: str, kept: str) -> bool:
    return Reply.model_validate_json(unsealed(connection, conversation, kept)).answers is not None


def is_followed(connection: Connection, conversation: str) -> bool:
    """Whether anything is planned for this conversation."""
    planned = select(CONVERSATIONS.c.due_at).where(CONVERSATIONS.c.id == conversation)
    return connection.scalar(planned) is not None


def _letter(
    conversation: str, mark: str, what: Literal["checkin", "lapsed", "gone", "table", "work"], at: dt.datetime
) -> Letter:
    arrival = Arrival(key=f"{DUE}{conversation}:{mark}", at=at, due=what)
    return Letter(conversation, _FIRST, arrival, round(at.timestamp() * 1000))
