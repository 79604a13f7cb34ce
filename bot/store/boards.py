"""Boards: which message of a chat shows something that is drawn anew in its place, such as a sitting's table."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.tables import BOARDS, SITTINGS

_SHOWING = frozenset({"case", "suppose"})
"""Boards of a sitting that show cases and belong to no other message."""


def board_at(connection: Connection, conversation: str, board: str) -> int | None:
    """The message that shows a board, or None where it has not been shown yet."""
    here = (BOARDS.c.conversation == conversation) & (BOARDS.c.board == board)
    found: int | None = connection.scalar(select(BOARDS.c.message).where(here))
    return found


def boards_named(connection: Connection, conversation: str, beginning: str) -> dict[str, int]:
    """The boards of a chat whose names begin so, with the messages that show them."""
    here = (BOARDS.c.conversation == conversation) & BOARDS.c.board.startswith(beginning, autoescape=True)
    return {row.board: row.message for row in connection.execute(select(BOARDS.c.board, BOARDS.c.message).where(here))}


def put_up(connection: Connection, conversation: str, board: str, message: int) -> None:
    """From now on this message shows the board."""
    here = (BOARDS.c.conversation == conversation) & (BOARDS.c.board == board)
    if connection.execute(update(BOARDS).where(here).values(message=message)).rowcount == 0:
        connection.execute(insert(BOARDS).values(conversation=conversation, board=board, message=message))


def tidy_late(connection: Connection, board: str) -> None:
    """What shows a case and comes only after its sitting has ended has to go: the table is looked at once more."""
    what, _, rest = board.partition(":")
    if what not in _SHOWING:
        return
    over = (SITTINGS.c.id == rest.partition(":")[0]) & SITTINGS.c.closed_at.is_not(None)
    connection.execute(update(SITTINGS).where(over).values(revision=SITTINGS.c.revision + 1))


def take_down(connection: Connection, conversation: str, board: str) -> None:
    """No message shows the board any more."""
    connection.execute(delete(BOARDS).where(BOARDS.c.conversation == conversation, BOARDS.c.board == board))


def left_behind(connection: Connection, old: str, new: str) -> None:
    """A chat has moved: its messages stayed behind, so its boards are put up anew and its tables drawn once more."""
    if connection.execute(delete(BOARDS).where(BOARDS.c.conversation == old)).rowcount:
        draw_anew(connection, new)


def draw_anew(connection: Connection, group: str, also: Collection[str] = ()) -> None:
    """Let every table of a group that is still needed be drawn once more, and those of others (ids) named.

    It does not matter whether anything has changed.
    """
    needed = SITTINGS.c.closed_at.is_(None) | SITTINGS.c.id.in_(sorted(also))
    here = (SITTINGS.c.conversation == group) & needed
    connection.execute(update(SITTINGS).where(here).values(revision=SITTINGS.c.revision + 1))
