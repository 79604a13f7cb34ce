"""Retaining: what is not needed any more goes by itself, every night, by the hand of one worker of any number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.dialogue.consenting import DAYS_OF_KEYS, DAYS_UNDECIDED, MONTHS_KEPT, undecided
from bot.store.conversations import load_conversation
from bot.store.engine import reading, wipe_log, writing
from bot.store.erasing import count_lost_keys, forget_conversation, forget_lost_keys
from bot.store.inbox import forget_old_keys
from bot.store.tables import CHORES, CONVERSATIONS, JOURNAL
from bot.store.tallies import count_old_tallies, drop_old_tallies
from bot.store.unanswered import count_old_unanswered, drop_old_unanswered
from bot.store.unnaming import count_named_recipients, unname_recipients
from bot.store.vault import SealedError

_MONTH = dt.timedelta(days=30.44)
UNUSED = MONTHS_KEPT * _MONTH
UNDECIDED = dt.timedelta(days=DAYS_UNDECIDED)
KEYS = dt.timedelta(days=DAYS_OF_KEYS)

_CHORE = "retention"
_NIGHT = range(3, 6)
_A_NIGHT_APART = dt.timedelta(hours=20)
_TWO_DAYS = dt.timedelta(hours=44)
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Tidied(NamedTuple):
    """What went in one night: conversations, rows of the journal, keys of nobody, old questions, and old tallies.

    ``old_recipients`` are people of broadcasts that ended long ago; what became of the messages is still counted.
    """

    conversations: int
    journal: int
    keys: int
    unanswered: int = 0
    tallies: int = 0
    old_recipients: int = 0


def drop_old_keys(store: Engine, now: dt.datetime) -> int:
    """Drop the numbers of letters that the platform does not repeat any more; returns how many.

    The log beside an SQLite file is emptied too: the farewell to somebody who was erased may still stand in it.
    """
    with writing(store) as connection:
        dropped = forget_old_keys(connection, round((now - KEYS).timestamp() * 1000))
    wipe_log(store)
    return dropped


def tidy(store: Engine, now: dt.datetime) -> Tidied | None:
    """Do the night's work if it is due at a moment, told in the bot's own zone; None where it is not, or is done.

    It is due between three and six o'clock, at any hour when two nights were missed. Claim and work are one
    transaction: any number of workers may try, one does it, and if it dies another does it whole. Nobody waits while
    it is looked who has to go.
    """
    with reading(store) as connection:
        last = connection.scalar(select(CHORES.c.done_at).where(CHORES.c.id == _CHORE))
        if not _due(now, last or _NEVER):
            return None
        names = who_must_go(connection, now)
    try:
        with writing(store) as connection:
            done = _done(connection, now, last, names)
    except IntegrityError:
        return None  # another worker was the first ever
    if done is not None:
        wipe_log(store)
    return done


def _due(now: dt.datetime, last: dt.datetime) -> bool:
    ago = now - last
    return ago >= _TWO_DAYS or (ago >= _A_NIGHT_APART and now.hour in _NIGHT)


def _done(connection: Connection, now: dt.datetime, last: dt.datetime | None, names: set[str]) -> Tidied | None:
    """The night's work, unless another does it; whoever came back since the names were read stays."""
    return let_go(connection, now, names) if _claimed(connection, now, last) else None


def who_must_go(connection: Connection, now: dt.datetime) -> set[str]:
    """Who was not here for too long, and who has agreed to nothing since they were last here."""
    last = connection.scalar(select(CHORES.c.done_at).where(CHORES.c.id == _CHORE)) or _NEVER
    return {*_unused(connection, now - UNUSED), *_never_agreed(connection, last - UNDECIDED, now - UNDECIDED)}


def foreseen(connection: Connection, now: dt.datetime, names: Collection[str]) -> Tidied:
    """What would go if these people did, without changing anything; keys of nobody are counted as they are now."""
    gone = sum(_is_away(connection, name, now - UNDECIDED) for name in names)
    old = select(func.count()).select_from(JOURNAL).where(JOURNAL.c.at < now - UNUSED)
    aged = (count_old_unanswered, count_old_tallies, count_named_recipients)
    told = [count(connection, now) for count in aged]
    return Tidied(gone, connection.scalar(old) or 0, count_lost_keys(connection), *told)


def let_go(connection: Connection, now: dt.datetime, names: Collection[str]) -> Tidied:
    """Delete these people, unless they came back, and whatever else is kept for a time and too old."""
    gone = [name for name in names if _is_away(connection, name, now - UNDECIDED)]
    for name in gone:
        forget_conversation(connection, name)
    journal = connection.execute(delete(JOURNAL).where(JOURNAL.c.at < now - UNUSED)).rowcount
    old = [drop(connection, now) for drop in (drop_old_unanswered, drop_old_tallies, unname_recipients)]
    return Tidied(len(gone), journal, forget_lost_keys(connection), *old)


def _claimed(connection: Connection, now: dt.datetime, last: dt.datetime | None) -> bool:
    if last is None:
        connection.execute(insert(CHORES).values(id=_CHORE, done_at=now))
        return True
    mine = update(CHORES).where(CHORES.c.id == _CHORE, CHORES.c.done_at == last)
    return connection.execute(mine.values(done_at=now)).rowcount == 1


def _is_away(connection: Connection, name: str, before: dt.datetime) -> bool:
    away = select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.id == name, CONVERSATIONS.c.updated_at < before)
    return connection.scalar(away) is not None


def _unused(connection: Connection, before: dt.datetime) -> list[str]:
    return list(connection.scalars(select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.updated_at < before)))


def _never_agreed(connection: Connection, since: dt.datetime, before: dt.datetime) -> list[str]:
    """Who was last here between two moments, and has agreed to nothing; each is looked at in one night only."""
    last = CONVERSATIONS.c.updated_at
    names = connection.scalars(select(CONVERSATIONS.c.id).where(last >= since, last < before)).all()
    return [name for name in names if _agreed_to_nothing(connection, name)]


def _agreed_to_nothing(connection: Connection, name: str) -> bool:
    try:
        return undecided(load_conversation(connection, name))
    except SealedError:
        return False
