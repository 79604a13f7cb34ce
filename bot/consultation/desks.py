"""Desks in the store: what lies open before an adviser, and the notes that advisers keep about cases for each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from typing import Literal, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.dialogue.conversation import Trial
from bot.dialogue.plain import Plain
from bot.store.conversations import load_conversation
from bot.store.prepared import Prepared
from bot.store.tables import CONVERSATIONS
from bot.store.tables_of_groups import DESKS, REMARKS, SITTINGS
from bot.store.vault import SealedError, sealed, unsealed

MOST_LED = 10
"""Sittings that a desk remembers."""

MOST_NOTES = 20
"""The newest notes about a case; older ones than these nobody reads."""


class Desk(Plain):
    """What lies open: the sitting and the case, what the next words typed are, a draft, and what is looked at.

    Words typed are a ``note``, a ``draft`` for the group or a point ``agreed`` on, while the card of revision ``asked``
    is the newest; ``talk`` goes to the member, and ``unsent`` waits for a press before it does. ``led`` are the
    sittings (ids) that were led from here, newest last. ``view`` is the board that shows the whole result of ``viewed``
    (a sitting and a case), ``ways`` the actions of its buttons in their order, ``trial`` what is tried out there;
    ``card`` is the revision of the newest screen of the desk, ``chosen`` are steps (ids) to be supposed together.
    ``kept`` counts how often it was kept: what was decided on an older one is not written over a newer one.
    """

    sitting: str = ""
    letter: str = ""
    typing: Literal["", "note", "draft", "agreed", "talk"] = ""
    asked: int = -1
    draft: str = ""
    unsent: str = ""
    led: tuple[str, ...] = ()
    view: str = ""
    viewed: tuple[str, str] = ("", "")
    ways: tuple[str, ...] = ()
    trial: Trial = Trial()
    card: int = -1
    chosen: tuple[str, ...] = ()
    kept: int = 0

    def but(self, **changes: object) -> Desk:
        """The desk with some things on it changed."""
        return self.model_copy(update=changes)

    def leading(self, sitting: str) -> Desk:
        """The desk with a sitting among those that were led from it."""
        rest = (one for one in self.led if one != sitting)
        return self.but(led=(*rest, sitting)[-MOST_LED:])


class Remark(NamedTuple):
    """A note about a case: who wrote it (their private talk), when (aware), and the words."""

    author: str
    at: dt.datetime
    words: str


def desk_of(connection: Connection, adviser: str) -> Desk:
    """What lies open before an adviser; an empty desk where nothing does, or it cannot be read any more."""
    return _read(connection, adviser, _kept(connection, adviser))


def keep_desk(connection: Connection, adviser: str, desk: Desk) -> bool:
    """Leave a desk as it is now, an empty one leaves nothing; False where somebody has kept another since it was read.

    The row stays locked until the transaction is over. Two who begin a desk at once cannot both do so.
    """
    kept = _kept(connection, adviser, locked=True)
    if _read(connection, adviser, kept).kept != desk.kept:
        return False
    if desk.but(kept=0) == Desk():
        connection.execute(delete(DESKS).where(DESKS.c.conversation == adviser))
        return True
    words = sealed(connection, adviser, desk.but(kept=desk.kept + 1).model_dump_json(exclude_defaults=True))
    if kept is None:
        connection.execute(insert(DESKS).values(conversation=adviser, kept=words))
    else:
        connection.execute(update(DESKS).where(DESKS.c.conversation == adviser).values(kept=words))
    return True


def change_desk(connection: Connection, adviser: str, change: Callable[[Desk], Desk]) -> bool:
    """Change a desk as it stands at this moment; whoever else would change it waits until the transaction is over.

    False where somebody has just begun the desk, which could not be locked before it was there.
    """
    now = _read(connection, adviser, _kept(connection, adviser, locked=True))
    return keep_desk(connection, adviser, change(now).but(kept=now.kept))


_OPEN = Prepared(select(DESKS.c.kept).where(DESKS.c.conversation == bindparam("adviser")))
"""Asked for whatever anybody types in private, and nearly always in vain."""


def _kept(connection: Connection, adviser: str, *, locked: bool = False) -> str | None:
    if locked:
        kept = select(DESKS.c.kept).where(DESKS.c.conversation == adviser).with_for_update()
        found: str | None = connection.scalar(kept)
        return found
    row = _OPEN.on(connection, adviser=adviser).fetchone()
    return None if row is None else str(row[0])


def _read(connection: Connection, adviser: str, kept: str | None) -> Desk:
    if kept is None:
        return Desk()
    try:
        return Desk.model_validate_json(unsealed(connection, adviser, kept))
    except SealedError:
        return Desk()


def group_of_talk(connection: Connection, name: str) -> str | None:
    """The group of the sitting in which somebody may be talking in private at this moment, with either part in it."""
    aside = load_conversation(connection, name).aside
    number = desk_of(connection, name).sitting if aside == "desk" else aside
    found: str | None = connection.scalar(select(SITTINGS.c.conversation).where(SITTINGS.c.id == number))
    return found


def desks_viewing(connection: Connection, sitting: str) -> tuple[tuple[str, Desk], ...]:
    """The desks on which the whole result of a case of a sitting lies open, each with whose it is, in one order.

    Whoever changes them locks them one after the other: in different orders two could wait for each other.
    """
    names = connection.scalars(select(DESKS.c.conversation).order_by(DESKS.c.conversation)).all()
    desks = ((name, desk_of(connection, name)) for name in names)
    return tuple((name, desk) for name, desk in desks if desk.viewed[0] == sitting)


def desks_leading(connection: Connection, sittings: Collection[str]) -> tuple[tuple[str, Desk], ...]:
    """The desks from which any of some sittings was led, each with whose it is."""
    names = connection.scalars(select(DESKS.c.conversation).order_by(DESKS.c.conversation)).all()
    desks = ((name, desk_of(connection, name)) for name in names)
    return tuple((name, desk) for name, desk in desks if set(desk.led) & set(sittings))


def desks_in_use(connection: Connection) -> Iterator[tuple[str, str]]:
    """Whose desk shows a whole result, or has a talk going on, each with the sitting (id) that it is of."""
    for name in connection.scalars(select(DESKS.c.conversation)).all():
        desk = desk_of(connection, name)
        if desk.view:
            yield name, desk.viewed[0]
        if desk.typing == "talk":
            yield name, desk.sitting


def forget_past_desks(connection: Connection) -> int:
    """Let go of desks of people who never had a talk with us, once no sitting that they led is left; how many."""
    strangers = select(DESKS.c.conversation).where(DESKS.c.conversation.not_in(select(CONVERSATIONS.c.id)))
    gone = [name for name in connection.scalars(strangers).all() if not _leads_any(connection, name)]
    if gone:
        connection.execute(delete(DESKS).where(DESKS.c.conversation.in_(gone)))
    return len(gone)


def _leads_any(connection: Connection, adviser: str) -> bool:
    led = select(SITTINGS.c.id).where(SITTINGS.c.id.in_(desk_of(connection, adviser).led))
    return connection.scalar(led.limit(1)) is not None


def note(connection: Connection, sitting: str, letter: str, remark: Remark) -> None:
    """Keep a note about a case, sealed for its writer."""
    row = {"sitting": sitting, "letter": letter, "conversation": remark.author, "at_ms": _in_ms(remark.at)}
    kept = sealed(connection, remark.author, remark.words)
    connection.execute(insert(REMARKS).values(row | {"kept": kept}))


def notes_about(connection: Connection, sitting: str, letter: str) -> tuple[Remark, ...]:
    """The newest notes about a case, oldest first; those whose writer is erased are gone."""
    here = (REMARKS.c.sitting == sitting) & (REMARKS.c.letter == letter)
    rows = connection.execute(select(REMARKS).where(here).order_by(REMARKS.c.id.desc()).limit(MOST_NOTES)).all()
    found = []
    for row in reversed(rows):
        try:
            words = unsealed(connection, row.conversation, row.kept)
        except SealedError:
            continue
        found.append(Remark(row.conversation, dt.datetime.fromtimestamp(row.at_ms / 1000, dt.UTC), words))
    return tuple(found)


def forget_notes(connection: Connection, sitting: str, on_table: Collection[str]) -> int:
    """Let go of the notes about cases that do not lie on the table any more; returns how many they were."""
    gone = (REMARKS.c.sitting == sitting) & REMARKS.c.letter.not_in(sorted(on_table))
    return connection.execute(delete(REMARKS).where(gone)).rowcount


def forget_past_notes(connection: Connection) -> int:
    """Let go of the notes about sittings that are gone; returns how many they were."""
    return connection.execute(delete(REMARKS).where(REMARKS.c.sitting.not_in(select(SITTINGS.c.id)))).rowcount


def _in_ms(at: dt.datetime) -> int:
    return round(at.timestamp() * 1000)
