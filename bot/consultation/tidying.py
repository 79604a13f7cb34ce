"""Tidying: what still shows a case after it has left the table: its card by itself, a supposition, a desk's view."""

from __future__ import annotations

from functools import reduce

from sqlalchemy import Connection

from bot.consultation.hosting import Done, Host
from bot.consultation.posting import closed_views, together
from bot.consultation.sitting import Sitting
from bot.dialogue.messages import Reply
from bot.store.boards import board_at, boards_named, take_down
from bot.store.engine import reading


def supposition(sitting: Sitting) -> str:
    """The board of a sitting's newest supposition."""
    return f"suppose:{sitting.id}"


def case_by_itself(sitting: Sitting, letter: str) -> str:
    """The board of a case that was shown to the group by itself, on a command."""
    return f"case:{sitting.id}:{letter}"


def tidied(host: Host, sitting: Sitting) -> Done:
    """Everything in the group and on desks that still shows a case which does not lie on the table any more, gone."""
    with reading(host.store) as connection:
        alone = boards_named(connection, sitting.group, case_by_itself(sitting, ""))
    shown = {case_by_itself(sitting, seat.letter or "") for seat in sitting.cases}
    cards = (removed_board(host, sitting, board) for board in sorted(alone.keys() - shown))
    return reduce(together, (*cards, removed_supposition(host, sitting)), closed_views(host, sitting))


def removed_supposition(host: Host, sitting: Sitting, *, anyway: bool = False) -> Done:
    """A supposition goes from the group once it shows a case that does not lie on the table any more, or ``anyway``."""
    shown = {seat.letter for seat in sitting.cases}
    if not (anyway or set(sitting.brought.supposed) - shown):
        return Done()
    return removed_board(host, sitting, supposition(sitting))


def removed_board(host: Host, sitting: Sitting, board: str) -> Done:
    """A board of a sitting goes from its group, where one stands there."""
    with reading(host.store) as connection:
        message = board_at(connection, sitting.group, board)
    if message is None:
        return Done()

    def act(connection: Connection) -> bool:
        take_down(connection, sitting.group, board)
        return True

    return _told(host, sitting, Reply(blocks=(), removes=(message,)), act=Done(act=act))


def _told(host: Host, sitting: Sitting, reply: Reply, act: Done) -> Done:
    if host.who.id == sitting.group:
        return together(Done((reply,)), act)
    return together(Done(elsewhere=((sitting.group, reply),)), act)
