"""Rooms: topics of ours in groups of advisers, from the promise to open one until the platform has taken it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from bot.store.tables_of_groups import CREWS, ROOMS
from bot.store.vault import SealedError, sealed, unsealed


class Room(NamedTuple):
    """A topic: its name with us, its group, the case of a sitting it is for, its number there (None until it is open).

    One without a sitting is the group's own. One that is ``over`` takes no more words; ``messages`` are ours in it.
    """

    id: str
    group: str
    sitting: str = ""
    letter: str = ""
    thread: int | None = None
    over: bool = False
    messages: tuple[int, ...] = ()


def prepare_room(connection: Connection, room: Room) -> None:
    """Keep a room that is promised to be opened."""
    row = {"id": room.id, "conversation": room.group, "sitting": room.sitting, "letter": room.letter}
    connection.execute(insert(ROOMS).values(row | {"over": 0, "messages": ""}))


def room_named(connection: Connection, name: str) -> Room | None:
    """The room of a name, over or not."""
    found = _rooms(connection, ROOMS.c.id == name)
    return found[0] if found else None


def room_at(connection: Connection, group: str, thread: int) -> Room | None:
    """The room in a topic of a group, while it is not over."""
    found = _rooms(connection, ROOMS.c.conversation == group, ROOMS.c.thread == thread, ROOMS.c.over == 0)
    return found[0] if found else None


def rooms_of(connection: Connection, sitting: str) -> Sequence[Room]:
    """The rooms of a sitting's cases that are not over."""
    return _rooms(connection, ROOMS.c.sitting == sitting, ROOMS.c.over == 0)


def rooms_in(connection: Connection, group: str) -> Sequence[Room]:
    """The rooms of a group that are not over, its own among them."""
    return _rooms(connection, ROOMS.c.conversation == group, ROOMS.c.over == 0)


def room_opened(connection: Connection, name: str, thread: int) -> None:
    """The topic of a room is there."""
    connection.execute(update(ROOMS).where(ROOMS.c.id == name).values(thread=thread))


def room_shows(connection: Connection, name: str, message: int) -> None:
    """One more message of ours is in a room."""
    said = ROOMS.c.messages.concat(f" {message}")
    connection.execute(update(ROOMS).where(ROOMS.c.id == name).values(messages=said))


def end_room(connection: Connection, name: str) -> None:
    """Nothing is said in a room any more; it is promised to go."""
    connection.execute(update(ROOMS).where(ROOMS.c.id == name).values(over=1))


def forget_room(connection: Connection, name: str) -> None:
    """A room is gone, or was never opened."""
    connection.execute(delete(ROOMS).where(ROOMS.c.id == name))


def join_crew(connection: Connection, adviser: str, group: str) -> None:
    """An adviser works in this group from now on, in place of the one before."""
    kept = sealed(connection, adviser, group)
    if connection.execute(update(CREWS).where(CREWS.c.conversation == adviser).values(kept=kept)).rowcount == 0:
        connection.execute(insert(CREWS).values(conversation=adviser, kept=kept))


def leave_crew(connection: Connection, group: str) -> None:
    """Nobody works in this group any more."""
    for adviser in connection.scalars(select(CREWS.c.conversation)).all():
        if _group_of(connection, adviser) == group:
            connection.execute(delete(CREWS).where(CREWS.c.conversation == adviser))


def crew_of(connection: Connection, adviser: str) -> str | None:
    """The group in which an adviser works, once our own topic stands there; None where they work alone."""
    group = _group_of(connection, adviser)
    if group is None:
        return None
    ready = any(not room.sitting and room.thread is not None for room in rooms_in(connection, group))
    return group if ready else None


def _group_of(connection: Connection, adviser: str) -> str | None:
    kept = connection.scalar(select(CREWS.c.kept).where(CREWS.c.conversation == adviser))
    if kept is None:
        return None
    try:
        return unsealed(connection, adviser, kept)
    except SealedError:
        return None


def _rooms(connection: Connection, *where: ColumnElement[bool]) -> list[Room]:
    return [_read(row) for row in connection.execute(select(ROOMS).where(*where).order_by(ROOMS.c.id))]


def _read(row: Row[tuple[str, str, str, str, int, int, str]]) -> Room:
    messages = tuple(int(number) for number in row.messages.split())
    return Room(row.id, row.conversation, row.sitting, row.letter, row.thread, bool(row.over), messages)
