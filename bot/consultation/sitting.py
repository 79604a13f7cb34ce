"""A sitting: one consultation in a group as frozen data, with its seats, and what somebody may do in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from bot.consultation.anonymising import Card
from bot.consultation.brought import Brought
from bot.dialogue.plain import Plain

PLACES = 12
"""Members who sit at once; whoever comes later waits until one of them leaves."""

UNLED = dt.timedelta(days=14)
"""A sitting that nobody has led for so long ends by itself: whoever waits there would wait for ever."""

HEARD_OUT = dt.timedelta(seconds=2)
"""A laying comes so long after its moment: what was pressed before it may still be on its way."""

Standing = Literal["queued", "seated", "ready", "shown", "hidden"]
State = Literal["waiting", "open", "resolved", "snoozed", "closed"]
UNSEEN: Mapping[str, bool | None] = MappingProxyType({"open": False, "adviser": None, "crew": None})
"""No adviser sees the result of a seat or speaks with its member."""

Way = Literal[
    "join", "show", "hide", "slip", "part", "withdraw", "case", "resolve", "reopen", "snooze", "wake", "close"
]


class Seat(Plain):
    """One member's place, by the name of their private talk.

    Queued members wait for a place; seated ones answer in private; ready ones agreed to show their card, which waits
    for others; shown ones have a case letter, and those ``leaving`` slip away at the next laying, with their owner
    where they are ``departing``; hidden ones have no card. A case's owner may agree that advisers see the whole result
    (``open``) and that it becomes an ``example``; ``adviser`` is whoever speaks with them now, ``crew`` the group of
    advisers that reads along.
    """

    member: str
    standing: Standing
    card: Card | None = None
    letter: str | None = None
    resolved: bool = False
    leaving: bool = False
    departing: bool = False
    open: bool = False
    example: bool = False
    adviser: str | None = None
    crew: str | None = None


class Sitting(Plain):
    """One consultation: ``about`` are the words it was opened with, ``topic`` the forum topic of its ``group``.

    Nobody may write in that topic while it is ``shut``; it sleeps while the bot is ``away`` from its group.
    ``dealt`` is how many case letters were ever given (none twice), ``left`` which cards were taken back, ``lain``
    which lay on the table when it was last kept, ``secret``, which nobody knows, what their order is drawn with. The
    table is laid at ``lays_at`` where anything waits for it. ``led_at`` is about when somebody last led it, if not at
    its opening; it ended ``unled`` where that was long ago. One not ``proven`` is closed until somebody in charge says
    so.
    """

    id: str
    group: str
    topic: int | None = None
    shut: bool = False
    away: bool = False
    about: str = ""
    opened_at: dt.datetime
    snoozed_until: dt.datetime | None = None
    lays_at: dt.datetime | None = None
    led_at: dt.datetime | None = None
    unled: bool = False
    closed_at: dt.datetime | None = None
    seats: tuple[Seat, ...] = ()
    dealt: int = 0
    left: tuple[Card, ...] = ()
    lain: tuple[Card, ...] = ()
    brought: Brought = Brought()
    secret: str
    proven: bool = True

    def state(self, now: dt.datetime) -> State:
        """How it stands: nothing on the table yet, open, all cases resolved, asleep until a moment, or closed."""
        if self.closed_at is not None:
            return "closed"
        if self.snoozed_until is not None and now < self.snoozed_until:
            return "snoozed"
        if not self.cases:
            return "waiting"
        return "resolved" if all(seat.resolved for seat in self.cases) else "open"

    @property
    def stirs_at(self) -> dt.datetime | None:
        """When it moves though nobody does anything: its sleep is over, the table is laid, or nobody leads it."""
        lays = None if self.lays_at is None else self.lays_at + HEARD_OUT
        return min(filter(None, (self.snoozed_until, lays, self.given_up_at)), default=None)

    @property
    def given_up_at(self) -> dt.datetime | None:
        """When it ends unless somebody leads it; None for one that has ended, or whose group the bot is out of."""
        return None if self.away or self.closed_at is not None else (self.led_at or self.opened_at) + UNLED

    @property
    def cases(self) -> tuple[Seat, ...]:
        """The seats whose cards lie on the table, by their letters."""
        shown = (seat for seat in self.seats if seat.standing == "shown")
        return tuple(sorted(shown, key=lambda seat: (len(seat.letter or ""), seat.letter or "")))

    @property
    def queue(self) -> tuple[Seat, ...]:
        """Those who wait for a place, first come first."""
        return tuple(seat for seat in self.seats if seat.standing == "queued")

    def seat_of(self, member: str) -> Seat | None:
        """A member's seat, or None."""
        return next((seat for seat in self.seats if seat.member == member), None)

    def case(self, letter: str) -> Seat | None:
        """The case of a letter that lies on the table, or None."""
        return next((seat for seat in self.cases if seat.letter == letter.strip().upper()), None)


class Deed(Plain):
    """What somebody does: the way, the case it is about, the card that they agree to show, or until when to sleep."""

    way: Way
    letter: str = ""
    card: Card | None = None
    until: dt.datetime | None = None


class Word(NamedTuple):
    """What is to be said: to whom (a member's talk; empty: where the deed came from), a code, its seat."""

    to: str
    code: str
    seat: Seat | None = None


class Heard(NamedTuple):
    """A sitting after a deed, and the words that belong to it; the table is drawn anew where the sitting changed."""

    sitting: Sitting
    words: tuple[Word, ...] = ()
