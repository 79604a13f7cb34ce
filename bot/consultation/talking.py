"""Talking: what a member and an adviser say to each other through the bot, each marked as whose it is."""

from __future__ import annotations

from bot.consultation.group_view import shielded_lines
from bot.consultation.hosting import Host
from bot.consultation.sitting import Sitting
from bot.dialogue.messages import Reply

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
