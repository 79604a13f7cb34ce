"""Tidying: what still shows a case after it has left the table: a supposition, a summary, a result on a desk."""

from __future__ import annotations

from functools import reduce

from sqlalchemy import Connection

from bot.consultation.ending import summed_up
from bot.consultation.hosting import Done, Host
from bot.consultation.posting import closed_views, together
from bot.consultation.sitting import Sitting
from bot.dialogue.messages import Reply
from bot.store.boards import board_at, take_down
from bot.store.engine import reading


def supposition(sitting: Sitting) -> str:
    """The board of a sitting's newest supposition."""
    return f"suppose:{sitting.id}"


def tidied(host: Host, sitting: Sitting) -> Done:
    """Everything in the group and on desks that still shows a case which its owner has taken back, without it."""
    parts = (closed_views(host, sitting), removed_supposition(host, sitting), _summary_again(host, sitting))
    return reduce(together, parts)


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


def _summary_again(host: Host, sitting: Sitting) -> Done:
    """The summary of a closed sitting whose cards were taken back, in its place; one that was deleted stays away."""
    if sitting.closed_at is None or not sitting.left:
        return Done()
    return _told(host, sitting, summed_up(host, sitting).model_copy(update={"amends": True}), act=Done())


def _told(host: Host, sitting: Sitting, reply: Reply, act: Done) -> Done:
    if host.who.id == sitting.group:
        return together(Done((reply,)), act)
    return together(Done(elsewhere=((sitting.group, reply),)), act)
