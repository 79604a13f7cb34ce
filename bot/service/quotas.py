"""Quotas: what all workers may do together within a time; they are in the store, and no kill makes them anew."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Engine

from bot.service.moments import milliseconds
from bot.service.pacing import MINUTE, MOST
from bot.store.engine import writing
from bot.store.paces import moments_of, note_moments

_MINUTE_MS = round(MINUTE * 1000)


def place_taken(store: Engine, conversation: str, now: dt.datetime) -> float:
    """Take one of a group's places in this minute before something goes there; seconds to wait where none is free.

    Moments that have not come yet are those of a clock that was set back: they count as now, so that nobody waits
    longer than a minute.
    """
    now_ms = milliseconds(now)
    with writing(store) as connection:
        before = moments_of(connection, conversation)
        taken = [min(at, now_ms) for at in before if at > now_ms - _MINUTE_MS]
        free = len(taken) < MOST
        if free or max(before) > now_ms:
            taken += [now_ms] if free else []
            note_moments(connection, conversation, taken, now_ms + _MINUTE_MS)
    return 0.0 if free else (taken[-MOST] + _MINUTE_MS - now_ms) / 1000


def place_seen(store: Engine, conversation: str, begun: dt.datetime, ended: dt.datetime) -> None:
    """What took a place at a moment was seen later, at worst when its call had ended."""
    began_ms, ended_ms = milliseconds(begun), milliseconds(ended)
    with writing(store) as connection:
        taken = moments_of(connection, conversation)
        earlier = max((place for place, at in enumerate(taken) if at <= began_ms), default=None)
        if earlier is not None:
            del taken[earlier]
            note_moments(connection, conversation, sorted([*taken, ended_ms]), ended_ms + _MINUTE_MS)


def token_taken(store: Engine, what: str, room: int, seconds: float, now: dt.datetime) -> bool:
    """Take a token of a bucket that all workers share: ``room`` at most, one more each ``seconds``; False at its end.

    What is kept is the moment at which it is full again.
    """
    now_ms, each = milliseconds(now), round(seconds * 1000)
    with writing(store) as connection:
        full = max([now_ms, *moments_of(connection, what)])
        taken = full + each <= now_ms + room * each
        if taken or full > now_ms + room * each:
            after = min(full, now_ms + room * each - each * taken) + each * taken
            note_moments(connection, what, [after], after)
    return taken
