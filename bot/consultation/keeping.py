"""Keeping: sittings in the store, each saved over the revision it was read at, and the single-use ways into them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from bot.consultation.anonymising import Card
from bot.consultation.desks import forget_notes, forget_past_desks, forget_past_notes
from bot.consultation.sitting import LASTS, Seat, Sitting
from bot.store.prepared import Prepared
from bot.store.tables import INVITES, SEATS, SITTINGS
from bot.store.vault import SealedError, sealed, unsealed

PAST = dt.timedelta(days=30)
"""How long a closed sitting is kept, so that its cards can still be withdrawn."""

INVITED = dt.timedelta(minutes=30)
"""How long a way into a sitting stays open."""


class Kept(NamedTuple):
    """A sitting as it stands in the store, with the revision it was read at."""

    sitting: Sitting
    revision: int


def begin(connection: Connection, sitting: Sitting) -> None:
    """Keep a sitting that has just been opened; its table is still to be drawn."""
    row = {"id": sitting.id, "conversation": sitting.group, "revision": 1, "drawn": 0}
    more = {"kept": _state(connection, sitting), "wakes_at": _in_ms(sitting.stirs_at)}
    connection.execute(insert(SITTINGS).values(row | more))


_SITTING = Prepared(
    select(SITTINGS.c.conversation, SITTINGS.c.kept, SITTINGS.c.revision).where(SITTINGS.c.id == bindparam("number"))
)
_SEATED = Prepared(
    select(SEATS.c.conversation, SEATS.c.kept).where(SEATS.c.sitting == bindparam("number")).order_by(SEATS.c.id)
)


def load(connection: Connection, number: str) -> Kept | None:
    """A sitting with everybody in it, or None where there is none; whoever cannot be read any more has no seat."""
    row = _SITTING.on(connection, number=number).fetchone()
    if row is None:
        return None
    group, kept, revision = row
    sitting = Sitting.model_validate_json(unsealed(connection, group, kept))
    seats = (_seat(connection, *one) for one in _SEATED.on(connection, number=number).fetchall())
    here = tuple(seat for seat in seats if seat is not None)
    found = sitting.model_copy(update={"group": group, "seats": here})
    return Kept(found.model_copy(update={"left": (*found.left, *_of_the_forgotten(found))}), revision)


def _of_the_forgotten(sitting: Sitting) -> Iterator[Card]:
    """Cards that lay on the table until their owners were forgotten: they left it like any that are taken back."""
    missing = Counter(sitting.lain) - Counter(_on_table(sitting))
    return missing.elements()


def _on_table(sitting: Sitting) -> tuple[Card, ...]:
    return tuple(seat.card for seat in sitting.cases if seat.card is not None)


def save(connection: Connection, before: Kept, after: Sitting) -> bool:
    """Save a sitting over the revision it was read at; False when somebody was faster, and nothing is changed."""
    if after == before.sitting:
        return True
    here = (SITTINGS.c.id == after.id) & (SITTINGS.c.revision == before.revision)
    moments = {"closed_at": _in_ms(after.closed_at), "wakes_at": _in_ms(after.stirs_at)}
    values = {"kept": _state(connection, after), "revision": before.revision + 1} | moments
    if connection.execute(update(SITTINGS).where(here).values(values)).rowcount != 1:
        return False
    known = {seat.member: seat for seat in before.sitting.seats}
    gone = known.keys() - {seat.member for seat in after.seats}
    if len(after.cases) < len(before.sitting.cases):
        forget_notes(connection, after.id, [seat.letter or "" for seat in after.cases])
    at_table = SEATS.c.sitting == after.id
    if gone:
        connection.execute(delete(SEATS).where(at_table, SEATS.c.conversation.in_(sorted(gone))))
    for seat in after.seats:
        if seat.member not in known:
            row = {"sitting": after.id, "conversation": seat.member, "kept": _sealed(connection, seat)}
            connection.execute(insert(SEATS).values(row))
        elif seat != known[seat.member]:
            mine = at_table & (SEATS.c.conversation == seat.member)
            connection.execute(update(SEATS).where(mine).values(kept=_sealed(connection, seat)))
    return True


def group_meant(connection: Connection, _who: str, argument: str) -> str | None:
    """The group of the sitting whose id an argument begins with; None where there is no such sitting."""
    number = argument.partition(":")[0]
    found: str | None = connection.scalar(select(SITTINGS.c.conversation).where(SITTINGS.c.id == number))
    return found


def sittings_in(connection: Connection, group: str, topic: int | None) -> tuple[Kept, ...]:
    """The sittings in one topic of a group that are not closed, oldest first."""
    return tuple(kept for kept in sittings_of(connection, group) if kept.sitting.topic == topic)


def sittings_of(connection: Connection, group: str) -> tuple[Kept, ...]:
    """All sittings of a group that are not closed, oldest first."""
    going_on = select(SITTINGS.c.id).where(SITTINGS.c.conversation == group, SITTINGS.c.closed_at.is_(None))
    found = (load(connection, number) for number in connection.scalars(going_on).all())
    return tuple(sorted((kept for kept in found if kept is not None), key=lambda kept: kept.sitting.opened_at))


def sittings_past(connection: Connection, group: str) -> tuple[Kept, ...]:
    """The sittings of a group that have ended and are still kept."""
    ended = select(SITTINGS.c.id).where(SITTINGS.c.conversation == group, SITTINGS.c.closed_at.is_not(None))
    found = (load(connection, number) for number in connection.scalars(ended.order_by(SITTINGS.c.id)).all())
    return tuple(kept for kept in found if kept is not None and kept.sitting.proven)


def sittings_with(connection: Connection, member: str) -> tuple[Kept, ...]:
    """The sittings that somebody has a seat in, closed ones too, in the order in which they joined them."""
    numbers = connection.scalars(select(SEATS.c.sitting).where(SEATS.c.conversation == member).order_by(SEATS.c.id))
    return tuple(kept for number in numbers.all() if (kept := load(connection, number)) is not None)


def sittings_open(connection: Connection, numbers: Collection[str], *, every: bool) -> tuple[Kept, ...]:
    """Those of some sittings, or all there are, that are not closed, oldest first."""
    going_on = select(SITTINGS.c.id).where(SITTINGS.c.closed_at.is_(None))
    wanted = going_on if every else going_on.where(SITTINGS.c.id.in_(sorted(numbers)))
    found = (load(connection, number) for number in connection.scalars(wanted).all())
    return tuple(sorted((kept for kept in found if kept is not None), key=lambda kept: kept.sitting.opened_at))


_UNDRAWN = Prepared(
    select(SITTINGS.c.id).where(SITTINGS.c.conversation == bindparam("group"), SITTINGS.c.drawn < SITTINGS.c.revision)
)
_STIRRING = Prepared(
    select(SITTINGS.c.id).where(SITTINGS.c.conversation == bindparam("group"), SITTINGS.c.wakes_at <= bindparam("now"))
)


def undrawn(connection: Connection, group: str) -> tuple[Kept, ...]:
    """The sittings of a group whose table does not show yet how they stand."""
    numbers = _UNDRAWN.on(connection, group=group).fetchall()
    return tuple(kept for (number,) in numbers if (kept := load(connection, number)) is not None)


def stirring(connection: Connection, group: str, now: dt.datetime) -> tuple[Kept, ...]:
    """The sittings of a group whose sleep is over, or whose table is to be laid."""
    numbers = _STIRRING.on(connection, group=group, now=_in_ms(now)).fetchall()
    return tuple(kept for (number,) in numbers if (kept := load(connection, number)) is not None)


def looks_the_same(connection: Connection, before: Kept) -> None:
    """What was just saved over a sitting shows nothing new: a table that was drawn before needs no drawing now."""
    was_drawn = (SITTINGS.c.id == before.sitting.id) & (SITTINGS.c.drawn == before.revision)
    connection.execute(update(SITTINGS).where(was_drawn).values(drawn=before.revision + 1))


def drawn(connection: Connection, kept: Kept, now: dt.datetime) -> bool:
    """The table of this revision is promised; False when that was done already, or one newer than it."""
    older = (SITTINGS.c.id == kept.sitting.id) & (SITTINGS.c.drawn < kept.revision)
    return (
        connection.execute(update(SITTINGS).where(older).values(drawn=kept.revision, drawn_at=_in_ms(now))).rowcount
        == 1
    )


def invite(connection: Connection, code: str, sitting: str, member: str, now: dt.datetime) -> None:
    """Open a way into a sitting for one person, in place of the one that they had; the code says nothing by itself."""
    connection.execute(delete(INVITES).where(INVITES.c.conversation == member, INVITES.c.sitting == sitting))
    row = {"id": code, "sitting": sitting, "conversation": member, "expires_at": _in_ms(now + INVITED)}
    connection.execute(insert(INVITES).values(row))


def way_in(connection: Connection, code: str, member: str, now: dt.datetime) -> str | None:
    """The sitting that a code would lead its person into at this moment; None for everybody else."""
    found: str | None = connection.scalar(select(INVITES.c.sitting).where(_open_way(code, member, now)))
    return found


def _open_way(code: str, member: str, now: dt.datetime) -> ColumnElement[bool]:
    return (INVITES.c.id == code) & (INVITES.c.conversation == member) & (INVITES.c.expires_at >= _in_ms(now))


def use_invite(connection: Connection, code: str, member: str, now: dt.datetime) -> str | None:
    """The sitting that a code leads its person into, once and in time; None for everybody else and ever after."""
    found, mine = way_in(connection, code, member, now), _open_way(code, member, now)
    return found if found is not None and connection.execute(delete(INVITES).where(mine)).rowcount == 1 else None


def forget_past(connection: Connection, now: dt.datetime) -> int:
    """Let go of sittings that were closed long ago, of seats and desks whose sitting is gone, and of ways in.

    An open one that an older version kept without a moment to end at gets one.
    """
    endless = SITTINGS.c.closed_at.is_(None) & SITTINGS.c.wakes_at.is_(None)
    connection.execute(update(SITTINGS).where(endless).values(wakes_at=_in_ms(now + LASTS)))
    past = SITTINGS.c.closed_at < _in_ms(now - PAST)
    gone = connection.execute(delete(SITTINGS).where(past)).rowcount
    connection.execute(delete(SEATS).where(SEATS.c.sitting.not_in(select(SITTINGS.c.id))))
    forget_past_notes(connection)
    forget_past_desks(connection)
    late = INVITES.c.expires_at < _in_ms(now)
    connection.execute(delete(INVITES).where(late | INVITES.c.sitting.not_in(select(SITTINGS.c.id))))
    return gone


def _seat(connection: Connection, member: str, kept: str) -> Seat | None:
    try:
        seat = Seat.model_validate_json(unsealed(connection, member, kept))
    except SealedError:
        return None
    return seat.model_copy(update={"member": member})


def _sealed(connection: Connection, seat: Seat) -> str:
    return sealed(connection, seat.member, seat.model_dump_json())


def _state(connection: Connection, sitting: Sitting) -> str:
    kept = sitting.model_copy(update={"lain": _on_table(sitting)})
    return sealed(connection, sitting.group, kept.model_dump_json(exclude={"seats"}))


def _in_ms(at: dt.datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)
