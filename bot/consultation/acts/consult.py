"""consult: whoever leads opens a sitting in this group or topic; who writes as the group proves it by a press."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection

from bot.consultation.desks import change_desk
from bot.consultation.doing import said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, begin, drawn
from bot.consultation.leading import not_leading
from bot.consultation.reopening import MOST_HERE
from bot.consultation.sitting import Sitting
from bot.consultation.wording import shielded, table_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.turn import greeted


def _open(host: Host, argument: str) -> Done:
    if host.speaker is not None and not host.leads(host.who.id):
        return Done((said(host, not_leading(host)),))
    here, about = host.here(), shielded(argument)
    if any(kept.sitting.about.casefold() == about.casefold() for kept in here):
        return Done((said(host, host.say("consultation.group.already", about=about)),))
    if len(here) >= MOST_HERE:
        return Done((said(host, host.say("consultation.group.enough", most=MOST_HERE)),))
    proven = host.speaker is not None
    group = _settled(host) if proven else host.who
    sitting = Sitting(
        id=secrets.token_urlsafe(6),
        group=host.who.id,
        topic=host.arrival.topic,
        about=about,
        opened_at=host.now,
        closed_at=None if proven else host.now,
        proven=proven,
        secret=secrets.token_urlsafe(16),
    )

    def act(connection: Connection) -> bool:
        begin(connection, sitting)
        return _leads_it(host, sitting.id, connection) and drawn(connection, Kept(sitting, 1), host.now)

    return Done((table_of(sitting, host.phrases, group.language, host.now),), act=act, who=group)


def _leads_it(host: Host, number: str, connection: Connection) -> bool:
    """The desk of whoever opens a sitting remembers it, so that they hear what befalls it."""
    return host.speaker is None or change_desk(connection, host.speaker, lambda desk: desk.leading(number))


def _settled(host: Host) -> Conversation:
    """The group, spoken to from now on in the language of whoever leads it."""
    leader = greeted(host.conversation(host.speaker or ""), host.arrival)
    return host.who.but(language=leader.language, language_chosen=True)


def _prove(host: Host, kept: Kept) -> Done:
    """A press shows who somebody is, even where they write as the group."""
    if not host.leads(host.who.id):
        return Done(toast=not_leading(host), alert=True)
    proven = kept.sitting.model_copy(update={"proven": True, "closed_at": None, "opened_at": host.now})

    def act(connection: Connection) -> bool:
        return _leads_it(host, kept.sitting.id, connection)

    return Done(changes=((kept, proven),), act=act, who=_settled(host))


def _consult(host: Host, argument: str) -> Done:
    if host.arrival.action is None:
        return _open(host, argument)
    kept = host.sitting(argument)
    if kept is None or kept.sitting.group != host.who.id or kept.sitting.proven:
        return Done(toast=host.say("consultation.group.gone"))
    return _prove(host, kept)


ACT = Act(_consult, frozenset({"group"}), commands=frozenset({"consult"}), verbs=frozenset({"prove"}), led=True)
