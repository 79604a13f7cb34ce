"""The calendar: events that a phone's own calendar takes in, and takes in again without doubling them."""

from __future__ import annotations

import datetime as dt

from icalendar import Alarm, Calendar, Event
from pydantic import TypeAdapter

from bot.dialogue.messages import Paper
from bot.dialogue.plain import Plain

MIME = "text/calendar"
AT, LONG = dt.time(10, 0), dt.timedelta(minutes=30)
"""In the morning by the clock of whoever opens it: no zone is written, so that none can be wrong."""


class Dated(Plain):
    """One event as the dialogue gives it."""

    uid: str
    day: dt.date
    title: str
    words: str


class Planned(Plain):
    """A calendar as the dialogue gives it; ``made`` (aware) is when."""

    name: str
    made: dt.datetime
    events: tuple[Dated, ...]


_PLANNED = TypeAdapter(Planned)


def write_calendar(paper: Paper) -> bytes:
    """The events as an iCalendar file (RFC 5545) in UTF-8, each with one quiet reminder when it begins.

    Raises:
        ValidationError: when the paper's content is no calendar.
    """
    planned = _PLANNED.validate_python(paper.content, strict=False)
    calendar = Calendar()
    calendar.add("prodid", "-//Limit Guide//Limit Guide//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", planned.name)
    for dated in planned.events:
        calendar.add_component(_event(dated, planned.made))
    written: bytes = calendar.to_ical()
    return written


def _event(dated: Dated, made: dt.datetime) -> Event:
    start = dt.datetime.combine(dated.day, AT)
    event = Event()
    event.add("uid", dated.uid)
    event.add("dtstamp", made)
    event.add("last-modified", made)
    event.add("sequence", int(made.timestamp()) // 60)  # later files win over earlier ones
    event.add("dtstart", start)
    event.add("dtend", start + LONG)
    event.add("summary", dated.title)
    event.add("description", dated.words.replace("**", ""))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(dated.title))
    return event


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", dt.timedelta(0))
    alarm.add("description", title)
    return alarm
