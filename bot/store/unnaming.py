"""Unnaming: once a broadcast is reported nobody needs to know who got it; what became of each stays as a count."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, String, cast, func, select, update

from bot.store.broadcasts import CANCELLED, DONE
from bot.store.tables_news import BROADCASTS, RECIPIENTS

DAYS_OF_RECIPIENTS = 30
"""So long after the end of a broadcast it is known who got it, for whoever asks why."""

_NOBODY = "-"
"""What stands in place of a conversation begins so; none is called like that."""


def unname_recipients(connection: Connection, now: dt.datetime) -> int:
    """Take the people out of what became of broadcasts that ended long ago; returns how many they were."""
    nobody = dict.fromkeys(("promise", "revision", "above", "message"))
    gone = update(RECIPIENTS).where(_is_old(now)).values(due_at=0, changed_at=0, **nobody)
    return connection.execute(gone.values(conversation=_NOBODY + cast(RECIPIENTS.c.id, String))).rowcount


def count_named_recipients(connection: Connection, now: dt.datetime) -> int:
    """How many that would be."""
    return connection.scalar(select(func.count()).select_from(RECIPIENTS).where(_is_old(now))) or 0


def _is_old(now: dt.datetime) -> ColumnElement[bool]:
    before = round((now - dt.timedelta(days=DAYS_OF_RECIPIENTS)).timestamp() * 1000)
    ended = func.coalesce(BROADCASTS.c.ended_at, BROADCASTS.c.began_at, BROADCASTS.c.starts_at, BROADCASTS.c.made_at)
    over = BROADCASTS.c.state.in_((DONE, CANCELLED)) & (ended < before)
    still_named = ~RECIPIENTS.c.conversation.startswith(_NOBODY)
    return still_named & RECIPIENTS.c.broadcast.in_(select(BROADCASTS.c.id).where(over))
