"""enter: whoever comes from a group by a code of theirs has a seat, and is asked what an interview asks."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.seats import seat_screen
from bot.consultation.sitting import Deed
from bot.consultation.ways import by_way
from bot.dialogue.conversation import Conversation
from bot.dialogue.screens import stands_at_result

_CODE = re.compile(r"[A-Za-z0-9_-]{16}")


def _enter(host: Host, argument: str) -> Done | None:
    code = _CODE.fullmatch(argument.strip())
    return None if code is None or host.arrival.secondhand else by_way(host, code[0], _seated)


def _seated(host: Host, kept: Kept) -> Done:
    """A seat for whoever has none; then the next question, or what the group may see where nothing is left to ask."""
    if host.who.adult is False:
        return Done(show=True)
    if kept.sitting.closed_at is not None:
        return _too_late(host, kept)
    joined = done(host, kept, Deed(way="join"))
    after = _answering(host.who, kept)
    if stands_at_result(after, host.scene):
        sitting = joined.changes[0][1]
        return replace(joined, who=after, replies=(seat_screen(host, sitting),))
    return replace(joined, who=after, show=True)


def _too_late(host: Host, kept: Kept) -> Done:
    """Nobody answers for a sitting that has ended; who has a seat there finds it."""
    if kept.sitting.seat_of(host.who.id) is not None:
        return Done((seat_screen(host, kept.sitting),))
    return Done((said(host, host.say("consultation.private.closed")),), show=True)


def _answering(who: Conversation, kept: Kept) -> Conversation:
    """The conversation of somebody who answers for a sitting; an interview that is under way goes on."""
    return who.but(joining=kept.sitting.id, goal=who.goal or "assess")


ACT = Act(_enter, frozenset({"private"}), commands=frozenset({"start"}))
