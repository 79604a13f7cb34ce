"""Questions that found no answer: blanked, sealed, without whose they are, for so long as the words of consent say."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from bot.dialogue.consenting import DAYS_UNANSWERED
from bot.store.tables import UNANSWERED
from bot.store.vault import SealedError, mark_of, sealed_for, unsealed_for

MOST = 3000
"""Questions that are read at once, the newest; where there are more, the others wait."""


class Unanswered(NamedTuple):
    """A question: its own random id, the Monday of its week, language and words.

    ``mark`` is one of a few dozen signs, the same for whatever somebody asks in a month and shared by many people:
    so many different ones, so many people at least.
    """

    id: str
    week: dt.date
    language: str
    words: str
    mark: int


def keep_unanswered(connection: Connection, name: str, language: str, words: str, at: dt.datetime) -> bool:
    """Keep a question of somebody's without a sign of them; False where nothing is sealed, for then it is not kept."""
    monday = _monday(at)
    mark = mark_of(connection, f"{name} {at:%Y-%m}")
    number = os.urandom(9).hex()
    kept = sealed_for(connection, number, json.dumps([language, words, mark], ensure_ascii=False))
    if kept is None:
        return False
    connection.execute(insert(UNANSWERED).values(id=number, week=monday.toordinal(), kept=kept))
    return True


def read_unanswered(connection: Connection) -> tuple[Unanswered, ...]:
    """The newest questions, in no order that tells who asked; what no key opens is left out."""
    query = select(UNANSWERED).order_by(UNANSWERED.c.week.desc(), UNANSWERED.c.id).limit(MOST)
    found = (_opened(connection, row.id, row.week, row.kept) for row in connection.execute(query).all())
    return tuple(one for one in found if one is not None)


def _opened(connection: Connection, number: str, week: int, kept: str) -> Unanswered | None:
    try:
        language, words, mark = json.loads(unsealed_for(connection, number, kept))
    except SealedError:
        return None
    return Unanswered(number, dt.date.fromordinal(week), language, words, mark)


def drop_unanswered(connection: Connection, numbers: Collection[str]) -> int:
    """Let go of questions that have an answer now, or need none; returns how many there were."""
    return connection.execute(delete(UNANSWERED).where(UNANSWERED.c.id.in_(numbers))).rowcount


def drop_old_unanswered(connection: Connection, now: dt.datetime) -> int:
    """Drop what has been kept as long as it may be; returns how many there were."""
    return connection.execute(delete(UNANSWERED).where(_is_old(now))).rowcount


def count_old_unanswered(connection: Connection, now: dt.datetime) -> int:
    """How many that would drop."""
    return connection.scalar(select(func.count()).select_from(UNANSWERED).where(_is_old(now))) or 0


def _is_old(now: dt.datetime) -> ColumnElement[bool]:
    return UNANSWERED.c.week < (now - dt.timedelta(days=DAYS_UNANSWERED)).date().toordinal()


def seal_anew(connection: Connection) -> int:
    """Seal every question under the newest secret; returns how many there are."""
    rows = connection.execute(select(UNANSWERED.c.id, UNANSWERED.c.kept)).all()
    for number, kept in rows:
        anew = sealed_for(connection, number, unsealed_for(connection, number, kept))
        connection.execute(update(UNANSWERED).where(UNANSWERED.c.id == number).values(kept=anew))
    return len(rows)


def _monday(at: dt.datetime) -> dt.date:
    return at.date() - dt.timedelta(days=at.weekday())
