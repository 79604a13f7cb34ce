"""Deeds: what becomes of a sitting when somebody does something in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from bot.consultation.dealing import next_laying
from bot.consultation.sitting import UNSEEN, Deed, Heard, Seat, Sitting, Way, Word

_STAYS: Mapping[str, object] = MappingProxyType({"leaving": False, "departing": False})
_PLAIN: Mapping[str, object] = MappingProxyType({"resolved": False, "example": False, **_STAYS, **UNSEEN})
_NO_CARD: Mapping[str, object] = MappingProxyType({"standing": "hidden", "card": None, "letter": None, **_PLAIN})

_ADVISERS = frozenset({"resolve", "reopen", "snooze", "wake", "close"})
_ANY_TIME = frozenset({"withdraw", "part", "hide", "slip", "case"})
"""What may be done after the end: nobody is ever kept from leaving."""


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
        back = changed(sitting, who, departing=False)
        return Heard(back, (Word(who, "leaving" if mine.leaving else mine.standing, back.seat_of(who)),))
    mine = Seat(member=who, standing="seated" if sitting.places else "queued")
    after = sitting.model_copy(update={"seats": (*sitting.seats, mine)})
    return Heard(after, (Word(who, mine.standing, mine),))


def _showed(sitting: Sitting, deed: Deed, who: str, now: dt.datetime) -> Heard:
    """A card that is agreed to waits until the table is laid; nothing in the group moves by it."""
    mine = sitting.seat_of(who)
    if mine is None or mine.standing == "queued":
        return Heard(sitting, (Word(who, "queued" if mine else "no_seat"),))
    if mine.standing == "shown":
        stays = changed(sitting, who, **_STAYS)
        return Heard(stays, (Word(who, "shown", stays.seat_of(who)),))
    if deed.card is None:
        return Heard(sitting, (Word(who, "no_card"),))
    after = _waits_for_laying(changed(sitting, who, standing="ready", card=deed.card), now)
    return Heard(after, (Word(who, "ready", after.seat_of(who)),))


def _waits_for_laying(sitting: Sitting, now: dt.datetime) -> Sitting:
    return sitting.model_copy(update={"lays_at": sitting.lays_at or next_laying(sitting.opened_at, now)})


def _hidden(sitting: Sitting, _deed: Deed, who: str, _now: dt.datetime) -> Heard:
    mine = sitting.seat_of(who)
    if mine is None or mine.standing == "queued":
        return Heard(sitting, (Word(who, "queued" if mine else "no_seat"),))
    after = changed(_taken_back(sitting, mine), who, **_NO_CARD)
    return Heard(after, (Word(who, "hidden", after.seat_of(who)),))


def _slipped(sitting: Sitting, deed: Deed, who: str, now: dt.datetime) -> Heard:
    """A card on the table stays there until all go, so that nothing tells whose it was; nobody sees more of it."""
    mine = sitting.seat_of(who)
    if mine is None or mine.standing != "shown" or sitting.closed_at is not None:
        return _hidden(sitting, deed, who, now)
    return _leaving(sitting, who, departing=False)


def _parted(sitting: Sitting, deed: Deed, who: str, now: dt.datetime) -> Heard:
    """Whoever has a card on the table leaves it there until all go; their place is free at once."""
    mine = sitting.seat_of(who)
    if mine is None or mine.standing != "shown" or sitting.closed_at is not None:
        return _withdrawn(sitting, deed, who, now)
    return _leaving(sitting, who, departing=True)


def _leaving(sitting: Sitting, who: str, *, departing: bool) -> Heard:
    after = changed(sitting, who, leaving=True, departing=departing, example=False, **UNSEEN)
    up = called_up(after)
    return Heard(up.sitting, (Word(who, "leaving", after.seat_of(who)), *up.words))


def _withdrawn(sitting: Sitting, _deed: Deed, who: str, _now: dt.datetime) -> Heard:
    """Whoever leaves takes their card along; the next in the queue gets the place."""
    mine = sitting.seat_of(who)
    if mine is None:
        return Heard(sitting, (Word(who, "no_seat"),))
    others = tuple(seat for seat in sitting.seats if seat.member != who)
    up = called_up(_taken_back(sitting, mine).model_copy(update={"seats": others}))
    return Heard(up.sitting, (Word(who, "withdrawn", mine), *up.words))


def _taken_back(sitting: Sitting, seat: Seat) -> Sitting:
    """The sitting remembers a card that leaves the table, and not whose it was."""
    card = seat.card if seat.standing == "shown" else None
    return sitting if card is None else sitting.model_copy(update={"left": (*sitting.left, card)})


def called_up(sitting: Sitting) -> Heard:
    """The sitting with the first of the queue in the places that are free, each of whom is told."""
    after = _seated_on(sitting)
    still = {seat.member for seat in after.queue}
    called = (seat.member for seat in sitting.queue if seat.member not in still)
    return Heard(after, tuple(Word(name, "seated", after.seat_of(name)) for name in called))


def _seated_on(sitting: Sitting) -> Sitting:
    """In a closed one nobody moves up."""
    if sitting.closed_at is None:
        for seat in sitting.queue[: sitting.places]:
            sitting = changed(sitting, seat.member, standing="seated")
    return sitting


def _case(sitting: Sitting, deed: Deed, _who: str, _now: dt.datetime) -> Heard:
    case = sitting.case(deed.letter)
    return Heard(sitting, (Word("", "case" if case else "no_case", case),))


def _resolved(sitting: Sitting, deed: Deed, _who: str, _now: dt.datetime) -> Heard:
    case = sitting.case(deed.letter)
    if case is None:
        return Heard(sitting, (Word("", "no_case"),))
    if case.resolved == (deed.way == "resolve"):
        return Heard(sitting)
    after = changed(sitting, case.member, resolved=deed.way == "resolve")
    word = Word(case.member, "resolved" if deed.way == "resolve" else "reopened", case)
    return Heard(after, () if case.departing else (word,))


def _slept(sitting: Sitting, deed: Deed, _who: str, _now: dt.datetime) -> Heard:
    """Paused or woken; one whose group the bot is out of sleeps until it is back, or ends, whatever anybody wants."""
    if sitting.away:
        return Heard(sitting)
    until = None if deed.until is None or deed.way != "snooze" else min(deed.until, sitting.ends_at or deed.until)
    return Heard(sitting.model_copy(update={"snoozed_until": until}))


def _closed(sitting: Sitting, _deed: Deed, _who: str, now: dt.datetime) -> Heard:
    """All cards go together, whoever had taken theirs back: the table says nothing of it before, then or afterwards.

    Cards that wait and the queue are let go.
    """
    at_table = (seat for seat in sitting.seats if seat.standing != "queued" and not seat.departing)
    seats = tuple(bared(seat) for seat in at_table)
    left = (*sitting.left, *(seat.card for seat in sitting.cases if seat.card is not None))
    bare = {"snoozed_until": None, "lays_at": None, "seats": seats, "left": left}
    after = sitting.model_copy(update={"closed_at": now, **bare})
    return Heard(after, tuple(Word(seat.member, "ended", seat) for seat in sitting.seats))


def bared(seat: Seat) -> Seat:
    """A seat whose card went with all others; that it may become an example stays, for its owner to take back."""
    return seat.model_copy(update={**_NO_CARD, "example": seat.example})


def changed(sitting: Sitting, member: str, **changes: object) -> Sitting:
    """The sitting with something else about the seat of a member."""
    seats = tuple(seat.model_copy(update=changes) if seat.member == member else seat for seat in sitting.seats)
    return sitting.model_copy(update={"seats": seats})


_Step: TypeAlias = Callable[[Sitting, Deed, str, dt.datetime], Heard]
_ALL: dict[Way, _Step] = {"join": _joined, "show": _showed, "hide": _hidden, "slip": _slipped}
_ALL |= {"part": _parted, "withdraw": _withdrawn, "case": _case}
_LEADING: dict[Way, _Step] = {"resolve": _resolved, "reopen": _resolved, "snooze": _slept, "wake": _slept}
_WAYS: Mapping[Way, _Step] = MappingProxyType({**_ALL, **_LEADING, "close": _closed})
