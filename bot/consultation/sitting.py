"""A sitting: one consultation in a group as frozen data, and what becomes of it when somebody does something."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from bot.consultation.anonymising import Card
from bot.consultation.brought import Brought
from bot.consultation.dealing import come_together, letter_of, without
from bot.dialogue.plain import Plain

PLACES = 12
"""Members who sit at once; whoever comes later waits until one of them leaves."""

Standing = Literal["queued", "seated", "ready", "shown", "hidden"]
State = Literal["waiting", "open", "resolved", "snoozed", "closed"]
UNSEEN: Mapping[str, bool | None] = MappingProxyType({"open": False, "adviser": None, "crew": None})
"""No adviser sees the result of a seat or speaks with its member."""

Way = Literal["join", "show", "hide", "withdraw", "case", "resolve", "reopen", "snooze", "wake", "close"]


class Seat(Plain):
    """One member's place, by the name of their private talk.

    Queued members wait for a place; seated ones answer in private; ready ones agreed to show their card, which waits
    for others; shown ones have a case letter; hidden ones have no card. A case's owner may agree that advisers see the
    whole result (``open``) and that it becomes an ``example``; ``adviser`` is whoever speaks with them now,
    ``crew`` the group of advisers that reads along.
    """

    member: str
    standing: Standing
    card: Card | None = None
    letter: str | None = None
    resolved: bool = False
    open: bool = False
    example: bool = False
    adviser: str | None = None
    crew: str | None = None


class Sitting(Plain):
    """One consultation: ``about`` are the words it was opened with, ``topic`` the forum topic of its ``group``.

    ``dealt`` is how many case letters were ever given (none twice), ``left`` which cards were taken back, ``secret``,
    which nobody knows, what their order is drawn with. One not ``proven`` is closed until somebody in charge says so.
    """

    id: str
    group: str
    topic: int | None = None
    about: str = ""
    opened_at: dt.datetime
    snoozed_until: dt.datetime | None = None
    closed_at: dt.datetime | None = None
    seats: tuple[Seat, ...] = ()
    dealt: int = 0
    left: tuple[Card, ...] = ()
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


_ADVISERS = frozenset({"resolve", "reopen", "snooze", "wake", "close"})
_ANY_TIME = frozenset({"withdraw", "hide", "case"})
"""What may be done after the end: nobody is ever kept from taking back what they showed."""


def hear(sitting: Sitting, deed: Deed, who: str, *, adviser: bool, now: dt.datetime) -> Heard:
    """What becomes of a sitting when somebody does something.

    Args:
        sitting: as it stands.
        deed: what is done.
        who: the private talk of whoever does it.
        adviser: whether they lead this sitting at this moment, as the platform or the office says.
        now: the moment (aware).

    Returns:
        The sitting after it and what is to be said; a deed that is not theirs, or comes too late, changes nothing.
    """
    if deed.way in _ADVISERS and not adviser:
        return Heard(sitting, (Word("", "not_adviser"),))
    if sitting.closed_at is not None and deed.way not in _ANY_TIME:
        return Heard(sitting, (Word("", "closed"),))
    return _WAYS[deed.way](sitting, deed, who, now)


def _joined(sitting: Sitting, _deed: Deed, who: str, _now: dt.datetime) -> Heard:
    mine = sitting.seat_of(who)
    if mine is not None:
        return Heard(sitting, (Word(who, mine.standing, mine),))
    taken = sum(seat.standing != "queued" for seat in sitting.seats)
    mine = Seat(member=who, standing="seated" if taken < PLACES else "queued")
    after = sitting.model_copy(update={"seats": (*sitting.seats, mine)})
    return Heard(after, (Word(who, mine.standing, mine),))


def _showed(sitting: Sitting, deed: Deed, who: str, _now: dt.datetime) -> Heard:
    """A card that is agreed to waits until there are enough to come onto the table together."""
    mine = sitting.seat_of(who)
    if mine is None or mine.standing == "queued":
        return Heard(sitting, (Word(who, "queued" if mine else "no_seat"),))
    if deed.card is None:
        return Heard(sitting, (Word(who, "no_card"),))
    if mine.standing == "shown":
        return Heard(sitting, (Word(who, "shown", mine),))
    after = _dealt(_changed(sitting, who, standing="ready", card=deed.card))
    told = tuple(Word(seat.member, "shown", seat) for seat in after.cases if sitting.case(seat.letter or "") is None)
    return Heard(after, told or (Word(who, "ready", after.seat_of(who)),))


def _dealt(sitting: Sitting) -> Sitting:
    """All cards that wait, once they are enough, with letters in an order that has nothing to do with who came when."""
    ready = {seat.member: seat.card for seat in sitting.seats if seat.standing == "ready"}
    for member in come_together(ready, sitting.left, sitting.secret):
        sitting = _changed(sitting, member, standing="shown", letter=letter_of(sitting.dealt))
        left = without(sitting.left, ready[member])
        sitting = sitting.model_copy(update={"dealt": sitting.dealt + 1, "left": left})
    return sitting


def _hidden(sitting: Sitting, _deed: Deed, who: str, _now: dt.datetime) -> Heard:
    mine = sitting.seat_of(who)
    if mine is None or mine.standing == "queued":
        return Heard(sitting, (Word(who, "queued" if mine else "no_seat"),))
    after = _taken_back(sitting, mine)
    after = _changed(after, who, standing="hidden", card=None, letter=None, resolved=False, example=False, **UNSEEN)
    return Heard(after, (Word(who, "hidden", after.seat_of(who)),))


def _withdrawn(sitting: Sitting, _deed: Deed, who: str, _now: dt.datetime) -> Heard:
    """Whoever leaves takes their card along; the next in the queue gets the place."""
    mine = sitting.seat_of(who)
    if mine is None:
        return Heard(sitting, (Word(who, "no_seat"),))
    others = tuple(seat for seat in sitting.seats if seat.member != who)
    after = seated_on(_taken_back(sitting, mine).model_copy(update={"seats": others}))
    called = (seat.member for seat in sitting.queue if seat.member not in {who, *(s.member for s in after.queue)})
    return Heard(after, (Word(who, "withdrawn"), *(Word(name, "seated", after.seat_of(name)) for name in called)))


def _taken_back(sitting: Sitting, seat: Seat) -> Sitting:
    """The sitting remembers a card that leaves the table, and not whose it was."""
    card = seat.card if seat.standing == "shown" else None
    return sitting if card is None else sitting.model_copy(update={"left": (*sitting.left, card)})


def seated_on(sitting: Sitting) -> Sitting:
    """The sitting with the first of the queue in the places that are free; in a closed one nobody moves up."""
    free = PLACES - sum(seat.standing != "queued" for seat in sitting.seats)
    if sitting.closed_at is None:
        for seat in sitting.queue[: max(0, free)]:
            sitting = _changed(sitting, seat.member, standing="seated")
    return sitting


def _case(sitting: Sitting, deed: Deed, _who: str, _now: dt.datetime) -> Heard:
    case = sitting.case(deed.letter)
    return Heard(sitting, (Word("", "case" if case else "no_case", case),))


def _resolved(sitting: Sitting, deed: Deed, _who: str, _now: dt.datetime) -> Heard:
    case = sitting.case(deed.letter)
    if case is None:
        return Heard(sitting, (Word("", "no_case"),))
    after = _changed(sitting, case.member, resolved=deed.way == "resolve")
    return Heard(after, (Word(case.member, "resolved" if deed.way == "resolve" else "reopened", case),))


def _slept(sitting: Sitting, deed: Deed, _who: str, _now: dt.datetime) -> Heard:
    until = deed.until if deed.way == "snooze" else None
    return Heard(sitting.model_copy(update={"snoozed_until": until}))


def _closed(sitting: Sitting, _deed: Deed, _who: str, now: dt.datetime) -> Heard:
    """What lies on the table stays there until it is withdrawn; cards that still waited for others are let go."""
    let_go: Mapping[str, object] = {"standing": "hidden", "card": None}
    at_table = (seat for seat in sitting.seats if seat.standing != "queued")
    seats = tuple(s.model_copy(update=UNSEEN if s.standing == "shown" else let_go) for s in at_table)
    after = sitting.model_copy(update={"closed_at": now, "snoozed_until": None, "seats": seats})
    return Heard(after, tuple(Word(seat.member, "ended", seat) for seat in sitting.seats))


def _changed(sitting: Sitting, member: str, **changes: object) -> Sitting:
    seats = tuple(seat.model_copy(update=changes) if seat.member == member else seat for seat in sitting.seats)
    return sitting.model_copy(update={"seats": seats})


_Step: TypeAlias = Callable[[Sitting, Deed, str, dt.datetime], Heard]
_ALL: dict[Way, _Step] = {"join": _joined, "show": _showed, "hide": _hidden, "withdraw": _withdrawn, "case": _case}
_LEADING: dict[Way, _Step] = {"resolve": _resolved, "reopen": _resolved, "snooze": _slept, "wake": _slept}
_WAYS: Mapping[Way, _Step] = MappingProxyType({**_ALL, **_LEADING, "close": _closed})
