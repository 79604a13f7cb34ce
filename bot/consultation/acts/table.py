"""table: a group's tables are laid at their moment and drawn as they stand; sittings wake, and end, by themselves."""

from __future__ import annotations

import datetime as dt
from functools import reduce

from sqlalchemy import Connection

from bot.consultation.crews import rooms_ended
from bot.consultation.dealing import next_laying
from bot.consultation.deeds import called_up, hear
from bot.consultation.ending import ended
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, drawn, stirring, undrawn
from bot.consultation.laying import laid
from bot.consultation.pausing import AWAY
from bot.consultation.posting import spread, together
from bot.consultation.reopening import AGAIN
from bot.consultation.sitting import HEARD_OUT, LASTS, Deed, Heard, Sitting
from bot.consultation.telling import advisers_told
from bot.consultation.tidying import tidied
from bot.consultation.wording import table_of
from bot.store.engine import reading

_ROUNDING = dt.timedelta(milliseconds=1)
"""The store counts whole milliseconds: a moment may have come there that the clock has not quite reached."""

_LATE = HEARD_OUT + dt.timedelta(seconds=8)
"""Nobody was awake at the moment of a laying that comes so late."""

_CATCHES_UP = dt.timedelta(seconds=20)
"""Whoever comes back hears first what everybody pressed meanwhile, before a table is laid."""


def _draw(host: Host, _event: str) -> Done:
    with reading(host.store) as connection:
        stale = undrawn(connection, host.who.id)
        awake = {kept.sitting.id: kept for kept in stale if called_up(kept.sitting).words}
        awake |= {kept.sitting.id: kept for kept in stirring(connection, host.who.id, host.now)}
    stirred = tuple((kept, _moved_on(host, kept)) for kept in awake.values())
    numbers = {kept.sitting.id for kept, _ in stirred}
    late = {kept.sitting.id for kept in stale}
    still = tuple(kept for kept in stale if kept.sitting.id not in numbers)
    anew = (pair for pair in stirred if pair[0].sitting.id in late or _looks_new(host, *pair))
    moved = tuple(Kept(heard.sitting, kept.revision + 1) for kept, heard in anew)
    shown = (*still, *moved)
    tables = tuple(table_of(kept.sitting, host.phrases, host.who.language, host.now) for kept in shown)

    def act(connection: Connection) -> bool:
        for kept in moved:
            drawn(connection, kept, host.now)
        return all(drawn(connection, kept, host.now) for kept in still)

    told = (spread(host, kept, heard) for kept, heard in stirred)
    rooms = (rooms_ended(host, kept.sitting) for kept in shown)
    over = _over(host, tuple(kept.sitting for kept, heard in stirred if heard.sitting.closed_at))
    every = (*told, *(tidied(host, kept.sitting) for kept in shown), *rooms, over)
    return reduce(together, every, Done(tables, act=act))


def _over(host: Host, sittings: tuple[Sitting, ...]) -> Done:
    """What sittings (as they stood) that end by themselves bring their group and those who led them."""
    away = [sitting for sitting in sittings if sitting.away]
    here = [sitting for sitting in sittings if not sitting.away]
    told = advisers_told(host, away, "consultation.ended_away", days=AWAY.days)
    hours = AGAIN // dt.timedelta(hours=1)
    told = together(told, advisers_told(host, here, "consultation.ended_by_itself", days=LASTS.days, hours=hours))
    return reduce(together, (ended(host, sitting, itself=True) for sitting in here), told)


def _moved_on(host: Host, kept: Kept) -> Heard:
    """A sitting whose moment has come: ended where it is over, awake where its sleep is, laid where cards were to come.

    Where somebody was forgotten, whoever waits for a place is called.
    """
    heard = _in_time(host, kept)
    up = called_up(heard.sitting)
    return Heard(up.sitting, (*heard.words, *up.words))


def _in_time(host: Host, kept: Kept) -> Heard:
    until, now = kept.sitting.snoozed_until, host.now + _ROUNDING
    over = until is not None and until <= now
    if over and kept.sitting.away:
        return _given_up(kept.sitting, host.now)
    if kept.sitting.ends_at is not None and kept.sitting.ends_at <= now:
        return hear(kept.sitting, Deed(way="close"), "", adviser=True, now=host.now)
    sitting = kept.sitting.model_copy(update={"snoozed_until": None}) if over else kept.sitting
    if _slept_over(sitting, now):
        return Heard(sitting.model_copy(update={"lays_at": now + _CATCHES_UP}))
    return laid(sitting, now)


def _given_up(sitting: Sitting, now: dt.datetime) -> Heard:
    """A group that has not let the bot in again: its sitting ends, and everybody in it hears why."""
    ended = hear(sitting, Deed(way="close"), "", adviser=True, now=now)
    return Heard(ended.sitting, tuple(word._replace(code="ended_away") for word in ended.words))


def _slept_over(sitting: Sitting, now: dt.datetime) -> bool:
    """Whether the moment of a laying has passed without anybody there; a laying put off once is not put off again."""
    due = sitting.lays_at
    if due is None or now - due <= _LATE:
        return False
    return due == next_laying(sitting.opened_at, due - _ROUNDING)


def _looks_new(host: Host, kept: Kept, heard: Heard) -> bool:
    """Whether a table shows it: a laying that brought and took nothing is not to be seen at all."""
    slept = kept.sitting.snoozed_until != heard.sitting.snoozed_until
    before, after = (table_of(one, host.phrases, "en", host.now) for one in (kept.sitting, heard.sitting))
    return slept or before != after


ACT = Act(_draw, frozenset({"group"}), events=frozenset({"table"}))
