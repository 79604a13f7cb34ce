"""Talking: who talks with whom, and what a member and an adviser say to each other, each marked as whose it is."""

from __future__ import annotations

from bot.consultation.advising import spoken_with
from bot.consultation.desks import Desk, desk_of
from bot.consultation.group_view import shielded_lines
from bot.consultation.hosting import Host
from bot.consultation.keeping import sittings_with
from bot.consultation.sitting import Seat, Sitting
from bot.dialogue.messages import Reply
from bot.store.engine import reading

_LONGEST = 2000
"""Letters of one message that are passed on."""


def to_adviser(host: Host, sitting: Sitting, adviser: str, words: str) -> Reply:
    """A member's words for the adviser who speaks with them, by their case letter."""
    seat = sitting.seat_of(host.who.id)
    letter = "" if seat is None else seat.letter or ""
    other = host.conversation(adviser)
    told = host.scene.text(other, "consultation.from_member", letter=letter, words=shielded_lines(words[:_LONGEST]))
    stop = host.scene.button(other, "desk.hang_up", f"desk:{sitting.id}:h:{letter}")
    return Reply(blocks=(told,), buttons=((stop,),), hint="none")


def to_member(host: Host, sitting: Sitting, member: str, words: str) -> Reply:
    """An adviser's words for a member, without the adviser's name."""
    other = host.conversation(member)
    told = host.scene.text(other, "consultation.from_adviser", words=shielded_lines(words[:_LONGEST]))
    stop = host.scene.button(other, "consultation.hang_up_button", f"own:{sitting.id}:hang")
    return Reply(blocks=(told,), buttons=((stop,),), hint="none")


def talk_of_desk(host: Host, desk: Desk) -> Seat | None:
    """The seat of whoever the adviser at this desk talks with now, in any sitting; None where they only asked."""
    kept = host.sitting(desk.sitting) if desk.typing == "talk" else None
    seat = None if kept is None else kept.sitting.case(desk.letter)
    return seat if seat is not None and seat.adviser == host.who.id else None


def talk_of_member(host: Host) -> str:
    """The sitting (id) in which an adviser talks with whoever acts about their own case; empty where none does."""
    with reading(host.store) as connection:
        mine = sittings_with(connection, host.who.id)
    return next((kept.sitting.id for kept in mine if spoken_with(kept.sitting, host.who.id) is not None), "")


def listens(host: Host, adviser: str, sitting: str) -> bool:
    """Whether an adviser still sits at a desk on which this talk lies open; whoever was erased does not."""
    with reading(host.store) as connection:
        desk = desk_of(connection, adviser)
    return (desk.typing, desk.sitting) == ("talk", sitting)
