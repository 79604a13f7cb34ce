"""join: the way from the group into a private talk, for whoever presses and for nobody else."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection

from bot.consultation.doing import said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import invite
from bot.consultation.wording import take_part


def _join(host: Host, argument: str) -> Done:
    if host.arrival.press is None:
        return _shown(host)
    kept = host.sitting(argument)
    if kept is None or kept.sitting.group != host.who.id:
        return Done(toast=host.say("consultation.group.gone"))
    speaker = host.speaker or ""
    if kept.sitting.closed_at is not None and kept.sitting.seat_of(speaker) is None:
        return Done(toast=host.say("consultation.group.closed"))
    code = secrets.token_urlsafe(12)

    def act(connection: Connection) -> bool:
        invite(connection, code, kept.sitting.id, speaker, host.now)
        return True

    return Done(act=act, start=code)


def _shown(host: Host) -> Done:
    """The doors of the sittings that are under way here."""
    here = host.here()
    if not here:
        return Done((said(host, host.say("consultation.group.none_here")),))
    rows = [(take_part(kept.sitting, host.phrases, host.who.language, many=len(here) > 1),) for kept in here]
    return Done((said(host, host.say("consultation.group.door"), *rows),))


ACT = Act(_join, frozenset({"group"}), commands=frozenset({"join"}), verbs=frozenset({"sit"}))
