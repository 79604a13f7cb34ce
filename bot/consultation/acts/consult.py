"""consult: whoever leads opens a sitting in this group, or in this topic of it."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection

from bot.consultation.doing import said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, begin, drawn
from bot.consultation.sitting import Sitting
from bot.consultation.wording import shielded, table_of
from bot.dialogue.turn import greeted
from knowledge.entries import Language

_MOST = 3
"""Sittings that may be under way in one topic at once; more of them nobody follows."""


def _open(host: Host, argument: str) -> Done:
    if host.speaker is None:
        return Done((said(host, host.say("consultation.group.nobody")),))
    if not host.leads(host.who.id):
        return Done((said(host, host.say("consultation.group.not_adviser")),))
    if len(host.here()) >= _MOST:
        return Done((said(host, host.say("consultation.group.enough", most=_MOST)),))
    group = host.who.but(language=_language(host, host.speaker))
    sitting = Sitting(
        id=secrets.token_urlsafe(6),
        group=host.who.id,
        topic=host.arrival.topic,
        about=shielded(argument),
        opened_at=host.now,
        secret=secrets.token_urlsafe(16),
    )

    def act(connection: Connection) -> bool:
        begin(connection, sitting)
        return drawn(connection, Kept(sitting, 1))

    return Done((table_of(sitting, host.phrases, group.language, host.now),), act=act, who=group)


def _language(host: Host, speaker: str) -> Language:
    """The language in which a group is spoken to: that of whoever leads it."""
    leader = host.conversation(speaker)
    return greeted(leader, host.arrival).language


ACT = Act(_open, frozenset({"group"}), commands=frozenset({"consult"}), led=True)
