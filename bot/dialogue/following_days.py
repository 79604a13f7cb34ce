"""Days and hours of reminders: when the next one falls due, never at night and never twice on one day."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools

from bot.dialogue.followed import FIRST_HOUR, LAST_HOUR, Checkin
from bot.dialogue.scene import Scene

CLOCKS = (
    *("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Taipei", "Asia/Tokyo", "Asia/Singapore", "Asia/Bangkok", "Asia/Dubai"),
    *("Europe/Moscow", "Europe/Paris", "Europe/London", "America/New_York", "America/Chicago", "America/Los_Angeles"),
    *("Australia/Sydney", "Pacific/Auckland"),
)
"""The zones to choose from, by their names; whoever opens the house brings them along in the scene."""

_DAY = dt.timedelta(days=1)
_LAST_MINUTE = dt.time(LAST_HOUR, 59)
FIRST_AFTER = dt.timedelta(days=7)
"""There is nothing to tell sooner after a reminder was agreed."""


def zone_of(checkin: Checkin | None, scene: Scene) -> dt.tzinfo:
    """The zone whose hours a reminder means: the chosen one, else the house's own."""
    chosen = scene.zones.get(checkin.zone) if checkin is not None else None
    return chosen or scene.now.tzinfo or dt.UTC


def next_due(after: dt.datetime, day: int, hour: int, zone: dt.tzinfo, asked: dt.datetime | None = None) -> dt.datetime:
    """The next moment (in universal time) for a reminder on a day of the month at an hour.

    Args:
        after: an aware moment; the result is strictly later.
        day: 1 to 31; in shorter months the last day.
        hour: 8 to 21, by the clocks of the zone.
        zone: where the person lives.
        asked: when they were last reminded; the result is on a later day there.
    """
    local = after.astimezone(zone)
    months = (divmod(local.year * 12 + local.month - 1 + ahead, 12) for ahead in itertools.count())
    dues = (_at(_day_of(year, month + 1, day), hour, zone) for year, month in months)
    return next(due for due in dues if due > after and not _same_day(due, asked, zone))


def next_allowed(now: dt.datetime, hour: int, zone: dt.tzinfo, asked: dt.datetime | None = None) -> dt.datetime:
    """The first moment from now on at which one may be reminded: at once, in the morning, or tomorrow at the hour."""
    if _same_day(now, asked, zone):
        return _at(now.astimezone(zone).date() + _DAY, hour, zone)
    if awake(now, zone):
        return now
    local = now.astimezone(zone)
    return _at(local.date() + (_DAY if local.hour > LAST_HOUR else dt.timedelta()), FIRST_HOUR, zone)


def awake(now: dt.datetime, zone: dt.tzinfo) -> bool:
    """Whether a moment lies between 8:00 and 22:00 by the clocks of a zone."""
    return FIRST_HOUR <= now.astimezone(zone).hour <= LAST_HOUR


def evening(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The last minute of a day (in universal time) in which a reminder may still be delivered."""
    return dt.datetime.combine(now.astimezone(zone).date(), _LAST_MINUTE, zone).astimezone(dt.UTC)


def _day_of(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _at(date: dt.date, hour: int, zone: dt.tzinfo) -> dt.datetime:
    """An hour of a day in universal time; clocks are moved at night, so that it is there on every day."""
    return dt.datetime.combine(date, dt.time(hour), zone).astimezone(dt.UTC)


def _same_day(moment: dt.datetime, asked: dt.datetime | None, zone: dt.tzinfo) -> bool:
    """Whether a moment is not on a later day than the last reminder; one from the far future was a wrong clock's."""
    if asked is None or asked - moment > _DAY:
        return False
    return moment.astimezone(zone).date() <= asked.astimezone(zone).date()
