"""Days and hours of reminders: on the chosen day, never at night, never twice a day, in every zone and every month."""

from __future__ import annotations

import calendar
import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.following_days import CLOCKS, awake, evening, next_allowed, next_due

ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith(("posix", "right")))
MOMENTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2032, 1, 1), timezones=st.just(dt.UTC))
PICKS = {
    "day": st.integers(1, 31),
    "hour": st.integers(8, 21),
    "zone": st.sampled_from([*CLOCKS, *ZONES]).map(ZoneInfo),
}


@settings(max_examples=400, deadline=None)
@given(after=MOMENTS, ago=st.none() | st.timedeltas(dt.timedelta(), dt.timedelta(days=40)), **PICKS)
def test_the_next_one_is_later_on_its_day_and_in_daylight(
    after: dt.datetime, ago: dt.timedelta | None, day: int, hour: int, zone: ZoneInfo
) -> None:
    """It is strictly later, on the chosen day or the month's last, at the hour, and not on the day of the last one."""
    asked = None if ago is None else after - ago
    due = next_due(after, day, hour, zone, asked)
    local = due.astimezone(zone)
    assert due > after
    assert local.day == min(day, calendar.monthrange(local.year, local.month)[1])
    assert local.hour == hour
    assert awake(due, zone)
    assert asked is None or local.date() > asked.astimezone(zone).date()
    assert due - after < dt.timedelta(days=63)


@settings(max_examples=300, deadline=None)
@given(start=MOMENTS, **PICKS)
def test_one_after_the_other_comes_once_a_month(start: dt.datetime, day: int, hour: int, zone: ZoneInfo) -> None:
    """Each follows the one before in the very next month, for fourteen months on end."""
    due = next_due(start, day, hour, zone)
    for _ in range(14):
        later = next_due(due, day, hour, zone, due)
        before, after = due.astimezone(zone), later.astimezone(zone)
        assert after.year * 12 + after.month == before.year * 12 + before.month + 1
        due = later


@settings(max_examples=300, deadline=None)
@given(now=MOMENTS, ago=st.none() | st.timedeltas(dt.timedelta(), dt.timedelta(days=3)), **PICKS)
def test_what_was_missed_comes_at_the_next_hour_that_is_allowed(
    now: dt.datetime, ago: dt.timedelta | None, day: int, hour: int, zone: ZoneInfo
) -> None:
    """At once by day, in the morning after a night, on the day after the last one; never later than two days on."""
    asked = None if ago is None else now - ago
    then = next_allowed(now, hour, zone, asked)
    assert now <= then < now + dt.timedelta(days=2)
    assert awake(then, zone)
    assert asked is None or then.astimezone(zone).date() > asked.astimezone(zone).date()
    if awake(now, zone) and (asked is None or asked.astimezone(zone).date() < now.astimezone(zone).date()):
        assert then == now


@settings(max_examples=100, deadline=None)
@given(now=MOMENTS, zone=PICKS["zone"])
def test_the_evening_is_the_last_minute_that_is_allowed(now: dt.datetime, zone: ZoneInfo) -> None:
    """Up to it one may be reminded on that day; two minutes later nobody may."""
    last = evening(now, zone)
    assert awake(last, zone)
    assert not awake(last + dt.timedelta(minutes=2), zone)


@pytest.mark.parametrize(
    ("after", "day", "zone", "due"),
    [
        ("2027-01-31T12:00:00+00:00", 31, "Asia/Shanghai", "2027-02-28T09:00:00+08:00"),
        ("2028-02-01T00:00:00+00:00", 31, "Asia/Shanghai", "2028-02-29T09:00:00+08:00"),
        ("2027-03-01T00:00:00+00:00", 28, "Europe/Paris", "2027-03-28T09:00:00+02:00"),
        ("2027-10-01T00:00:00+00:00", 31, "Europe/London", "2027-10-31T09:00:00+00:00"),
        ("2026-12-31T23:00:00+00:00", 1, "America/New_York", "2027-01-01T09:00:00-05:00"),
    ],
)
def test_month_ends_leap_days_and_clocks_that_change(after: str, day: int, zone: str, due: str) -> None:
    """The last day of a short month, the leap day, and nine o'clock by the clock on days when it is moved."""
    found = next_due(dt.datetime.fromisoformat(after), day, 9, ZoneInfo(zone))
    assert found == dt.datetime.fromisoformat(due)


def test_a_last_reminder_in_the_far_future_was_a_wrong_clock() -> None:
    """After a clock that ran years ahead has been set right, reminders go on."""
    now = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
    zone = ZoneInfo("Asia/Shanghai")
    wrong = now + dt.timedelta(days=3000)
    assert next_due(now, 30, 9, zone, wrong) == dt.datetime(2026, 11, 30, 1, tzinfo=dt.UTC)
    assert next_allowed(now, 9, zone, wrong) == now
