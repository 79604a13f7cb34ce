"""Reopening: a sitting that was ended too early goes on within a day, with whatever its members put back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from bot.consultation.deeds import bared
from bot.consultation.hosting import Done, Host
from bot.consultation.keeping import Kept, sittings_in
from bot.consultation.posting import spread, together
from bot.consultation.sitting import Heard, Sitting, Word
from bot.consultation.tidying import removed_board
from bot.store.engine import reading
from bot.store.sharing import take_back_card

MOST_HERE = 3
"""Sittings that may be under way in one topic at once; more of them nobody follows."""

AGAIN = dt.timedelta(hours=24)
"""How long an end can be taken back; later its members have long gone their ways."""


def may_go_on(sitting: Sitting, now: dt.datetime) -> bool:
    """Whether a sitting has ended so lately that it can be opened again."""
    return sitting.proven and sitting.closed_at is not None and now - sitting.closed_at <= AGAIN


def why_not_again(host: Host, sitting: Sitting) -> str:
    """Why a sitting cannot be opened again now, in the adviser's language; empty where it can."""
    if not may_go_on(sitting, host.now):
        return host.say("consultation.again.late", hours=_HOURS)
    if sitting.away:
        return host.say("consultation.again.away")
    with reading(host.store) as connection:
        here = len(sittings_in(connection, sitting.group, sitting.topic))
    return host.say("consultation.group.enough", most=MOST_HERE) if here >= MOST_HERE else ""


def opened_again(host: Host, kept: Kept) -> Done:
    """The sitting goes on with an empty table; everybody in it is told.

    What was let go stays so: cards, consent that ended with it, and the queue are given and made anew. Its summary goes
    from the group, and so does what was handed to the editors.
    """
    seats = tuple(bared(seat).model_copy(update={"example": False}) for seat in kept.sitting.seats)
    sitting = kept.sitting.model_copy(update={"closed_at": None, "again_at": host.now, "seats": seats})
    told = tuple(Word(seat.member, "goes_on", seat) for seat in sitting.seats)
    owners = tuple(seat.member for seat in kept.sitting.seats if seat.example)

    def act(connection: Connection) -> bool:
        for member in owners:
            take_back_card(connection, member)
        return True

    gone = removed_board(host, sitting, f"summary:{sitting.id}")
    return together(together(spread(host, kept, Heard(sitting, told)), gone), Done(act=act))


_HOURS = AGAIN // dt.timedelta(hours=1)
