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

LINES = 24
"""Cards that a table shows at most: those of whoever has left stay among them until the end."""

LASTS = dt.timedelta(days=2)
"""A sitting ends by itself so long after it was opened: nobody who took their card back waits longer until it goes.

Nothing that shows a card is older by then than the 48 hours within which a bot may delete what it has sent.
"""

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
    for others; shown ones have a case letter, and those ``leaving`` go with all others at the end, with their owner
    where they are ``departing``; hidden ones have no card. A card of theirs ``lay`` on the table once. A case's owner
    may agree that advisers see the whole result (``open``) and that it becomes an ``example``; ``adviser`` is whoever
    speaks with them now, ``crew`` the group of advisers that reads along.
    """

    member: str
    standing: Standing
    card: Card | None = None
    letter: str | None = None
    resolved: bool = False
    leaving: bool = False
    departing: bool = False
    lay: bool = False
    open: bool = False
    example: bool = False
    adviser: str | None = None
    crew: str | None = None


class Sitting(Plain):
    """One consultation: ``about`` are the words it was opened with, ``topic`` the forum topic of its ``group``.

    Nobody may write in that topic while it is ``shut``; it sleeps while the bot is ``away`` from its group.
    ``dealt`` is how many case letters were ever given (none twice), ``left`` which cards were taken back, ``lain``
    which lay on the table when it was last kept, ``secret``, which nobody knows, what their order is drawn with. The
    table is laid at ``lays_at`` where anything waits for it. One whose end was taken back goes on since ``again_at``.
    One not ``proven`` is closed until somebody in charge says so.
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
    again_at: dt.datetime | None = None
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
        """When it moves though nobody does anything: its sleep is over, the table is laid, or it ends."""
        lays = None if self.lays_at is None else self.lays_at + HEARD_OUT
        return min(filter(None, (self.snoozed_until, lays, self.ends_at)), default=None)

    @property
    def ends_at(self) -> dt.datetime | None:
        """When it ends by itself; None once it has ended, and where the bot is out of its group, which waits longer."""
        return None if self.closed_at is not None or self.away else (self.again_at or self.opened_at) + LASTS

    @property
    def places(self) -> int:
        """How many more can sit down: whoever has left makes room, as long as the table has lines for their card."""
        sits = [seat for seat in self.seats if seat.standing != "queued"]
        return max(0, min(PLACES - sum(not seat.departing for seat in sits), LINES - len(sits)))

    @property
    def cases(self) -> tuple[Seat, ...]:
        """The seats whose cards lie on the table, by their letters; none after the end."""
        shown = (seat for seat in self.seats if seat.standing == "shown" and self.closed_at is None)
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
