"""enter: whoever comes from a group by a code of theirs has a seat, and is asked what an interview asks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial

from sqlalchemy import Connection

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, use_invite, way_in
from bot.consultation.leading import lead_screen
from bot.consultation.posting import desk_noted, kept_desk, own_desk, together
from bot.consultation.seats import seat_screen
from bot.consultation.sitting import Deed
from bot.dialogue.conversation import Conversation
from bot.dialogue.screens import stands_at_result
from bot.store.engine import reading

_CODE = re.compile(r"(?P<desk>d)?[A-Za-z0-9_-]{16}")


def _enter(host: Host, argument: str) -> Done | None:
    code = _CODE.fullmatch(argument.strip())
    if code is None or host.arrival.secondhand:
        return None
    with reading(host.store) as connection:
        number = way_in(connection, code[0], host.who.id, host.now)
    kept = None if number is None else host.sitting(number)
    if kept is None:
        return Done((said(host, host.say("consultation.private.way_gone")),), show=True)
    entered = _leading(host, kept) if code["desk"] else _seated(host, kept)
    return together(entered, Done(act=partial(_used, host, code[0])))


def _used(host: Host, code: str, connection: Connection) -> bool:
    return use_invite(connection, code, host.who.id, host.now) is not None


def _leading(host: Host, kept: Kept) -> Done:
    """The adviser's screen; their desk remembers the sitting."""
    desk = own_desk(host).leading(kept.sitting.id)
    return desk_noted(host, kept_desk(host, Done((lead_screen(host, kept.sitting),)), desk))


def _seated(host: Host, kept: Kept) -> Done:
    """A seat for whoever has none; then the next question, or what the group may see where nothing is left to ask."""
    if host.who.adult is False:
        return Done(show=True)
    joined = done(host, kept, Deed(way="join"))
    after = _answering(host.who, kept)
    if stands_at_result(after, host.scene):
        sitting = joined.changes[0][1]
        return replace(joined, who=after, replies=(seat_screen(host, sitting),))
    return replace(joined, who=after, show=True)


def _answering(who: Conversation, kept: Kept) -> Conversation:
    """The conversation of somebody who answers for a sitting; an interview that is under way goes on."""
    return who.but(joining=kept.sitting.id, goal=who.goal or "assess")


ACT = Act(_enter, frozenset({"private"}), commands=frozenset({"start"}))
