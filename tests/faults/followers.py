"""Followers: people who asked to be reminded, each in their own way and zone, and when they ought to hear of us."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.posting import ImpossibleError

HABITS = ("says the same", "types", "is silent", "passes", "stops by button", "stops by word", "blocks")
_SHARES = (30, 25, 15, 6, 8, 8, 8)
_HOME = "Asia/Shanghai"
_ZONES = (*((_HOME,) * 4), "Europe/London", "America/New_York", "America/Los_Angeles", "Pacific/Auckland")
_DAYS, _HOURS = (1, 5, 10, 15, 20, 25, 31), (9, 12, 15, 18, 20, 21)
_FIRST_AFTER = dt.timedelta(days=7)
_TWO_DAYS = dt.timedelta(days=2)
_CHECKIN = "pass:"
"""The action of a button that no other card has."""


@dataclass
class Outage:
    """When nobody was there to remind anybody."""

    begin: dt.datetime
    end: dt.datetime


class Span(NamedTuple):
    """From when a question may come, and when it does at the latest, give or take its delivery."""

    due: dt.datetime
    came: dt.datetime


@dataclass
class Follower:
    """Somebody with a phone; ``heard`` are the moments at which a question of the month came."""

    person: Person
    habit: str
    day: int
    hour: int
    zone: str
    heard: list[dt.datetime] = field(default_factory=list)
    agreed: dt.datetime | None = None
    left: dt.datetime | None = None
    seen: int = 0

    def settles(self, now: dt.datetime) -> None:
        """Take the next step towards a reminder: ask in words, choose day and hour, and the own clock if need be."""
        if self.agreed is None:
            if self.presses(f"remind:at:{self.day}:{self.hour}"):
                self.agreed = now
            elif not self.presses(f"remind:day:{self.day}"):
                self.person.says(self.person.home, "每月提醒我")
        elif self.zone != _HOME and not self.presses(f"remind:zone:{self.zone}"):
            self.presses("remind:clocks")

    def was_asleep(self) -> bool:
        """Whether a question ever came at night by the own clock."""
        return any(not 8 <= at.astimezone(ZoneInfo(self.zone)).hour < 22 for at in self.heard)

    def presses(self, action: str) -> bool:
        """Press the newest button that stands for an action, if there is one."""
        for sight in reversed(self.person.home.messages):
            data = _buttons(sight).get(action)
            if data is not None:
                self.person.forges(sight, data)
                return True
        return False

    def looks(self, now: dt.datetime) -> None:
        """See what has come since, and do what one does about a question of the month."""
        fresh = self.person.home.messages[self.seen :]
        asked = [sight for sight in fresh if sight.by_bot and _CHECKIN in _buttons(sight)]
        self.heard += [dt.datetime.fromtimestamp(sight.message.date, dt.UTC) for sight in asked]
        if asked:
            self._reacts(now)
        self.seen = len(self.person.home.messages)

    def _reacts(self, now: dt.datetime) -> None:
        second = len(self.heard) > 1
        try:
            match self.habit:
                case "says the same":
                    self.presses("same:")
                case "types":
                    self.person.says(self.person.home, f"{30 + 2 * len(self.heard)}000")
                case "passes":
                    self.presses(_CHECKIN)
                case "stops by button" if second:
                    self.left = now if self.presses("unremind:") else None
                case "stops by word" if second:
                    self.left = now
                    self.person.says(self.person.home, "停止提醒")
                case "blocks" if self.left is None:
                    self.left = now
                    self.person.blocks()
        except ImpossibleError:
            return

    def expected(self, end: dt.datetime, outages: list[Outage], since: dt.datetime | None = None) -> Iterator[Span]:
        """When a question ought to come, worked out day by day; one that falls into an outage comes after it.

        With ``since`` only those of the days from the one before it on.
        """
        if self.agreed is None:
            return
        zone, said = ZoneInfo(self.zone), self.agreed + _FIRST_AFTER
        day = max(self.agreed, since - _TWO_DAYS if since else self.agreed).astimezone(zone).date()
        while day <= end.astimezone(zone).date():
            last = calendar.monthrange(day.year, day.month)[1]
            due = dt.datetime.combine(day, dt.time(self.hour), zone)
            if day.day == min(self.day, last) and due > said:
                came = _after(due, outages, zone)
                if came <= end and (self.left is None or came < self.left):
                    yield Span(due, came)
            day += dt.timedelta(days=1)


def _after(due: dt.datetime, outages: list[Outage], zone: ZoneInfo) -> dt.datetime:
    """The moment itself, or where nobody was there, the first moment by day once somebody is."""
    for outage in outages:
        if outage.begin <= due < outage.end:
            back = outage.end.astimezone(zone)
            if 8 <= back.hour < 22:
                return back
            morning = back.replace(hour=8, minute=0, second=0, microsecond=0)
            return morning if back.hour < 8 else morning + dt.timedelta(days=1)
    return due


def drawn_followers(people: list[Person], chance: Random) -> list[Follower]:
    """Each person with a habit, a day, an hour and a zone, drawn."""
    habits = chance.choices(HABITS, _SHARES, k=len(people))
    return [
        Follower(person, habit, chance.choice(_DAYS), chance.choice(_HOURS), chance.choice(_ZONES))
        for person, habit in zip(people, habits, strict=True)
    ]


def _buttons(sight: Sight) -> dict[str, str]:
    rows = (sight.message.markup or {}).get("inline_keyboard", [])
    data = [str(button["callback_data"]) for row in rows for button in row]
    return {one.split(".", 2)[-1]: one for one in data}
