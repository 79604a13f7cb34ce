"""demoted: whoever leads a group no more has nothing of its sittings open any more, seconds later."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import reduce

from sqlalchemy import Connection

from bot.consultation.advising import left_by
from bot.consultation.desks import Desk, change_desk, desk_of
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, sittings_of
from bot.consultation.posting import cleared, spread, together, view_gone
from bot.consultation.sitting import Sitting
from bot.consultation.wording import shielded
from bot.dialogue.messages import Reply
from bot.store.conversations import load_conversation
from bot.store.engine import reading
from bot.store.pressing import press_for
from bot.store.tables import DUE


def _lost(host: Host, _event: str) -> Done:
    """Their open result is closed, a talk of theirs ends, and their desk says that it is not theirs where it is newest.

    An adviser of the office leads wherever they are, and loses nothing.
    """
    name = host.arrival.speaker
    if name is None or host.in_office(name):
        return Done()
    with reading(host.store) as connection:
        desk = desk_of(connection, name)
        here = sittings_of(connection, host.who.id)
    numbers = {kept.sitting.id for kept in here}
    lost = [number for number in desk.led if number in numbers]
    if not lost:
        return Done()
    viewed = desk.view and desk.viewed[0] in numbers
    told = [(name, view_gone(host, name, desk))] if viewed else []
    told += _told(host, name, [kept.sitting for kept in here if kept.sitting.id in lost])

    def act(connection: Connection) -> bool:
        if not change_desk(connection, name, lambda now: _closed(now, numbers)):
            return False
        if desk_of(connection, name).card == load_conversation(connection, name).shown:
            press_for(connection, name, f"desk:{lost[-1]}", host.arrival.key, host.now)
        return True

    ended = (spread(host, kept, left_by(kept.sitting, name)) for kept in here if _talks(kept, name))
    return reduce(together, ended, Done(elsewhere=tuple(told), act=act, wakes=(name,)))


def _closed(desk: Desk, lost: Collection[str]) -> Desk:
    """A desk on which nothing of these sittings lies open; what lies there of others stays."""
    closed = cleared(desk) if desk.viewed[0] in lost else desk
    return closed.but(typing="", unsent="") if desk.sitting in lost else closed


def _told(host: Host, name: str, lost: Sequence[Sitting]) -> Iterator[tuple[str, Reply]]:
    """A word that they lead there no more; whoever has no private chat with the bot is not written to."""
    other = host.conversation(name)
    if not other.revision:
        return
    office = host.arrival.key.startswith(f"{DUE}{host.who.id}:o")
    why = "desk.lost_office" if office else "desk.lost_admin"
    abouts = [shielded(one.about) or host.scene.say(other, "desk.untitled") for one in lost]
    yield name, Reply(blocks=(host.scene.text(other, why, abouts=abouts),), hint="none")


def _talks(kept: Kept, name: str) -> bool:
    return any(seat.adviser == name for seat in kept.sitting.seats)


ACT = Act(_lost, frozenset({"group"}), events=frozenset({"demoted"}))
