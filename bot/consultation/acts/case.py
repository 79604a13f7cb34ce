"""case: what lies on the table as one letter: shown to whoever pressed it, and to all on a command."""

from __future__ import annotations

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.sitting import Deed


def _case(host: Host, argument: str) -> Done:
    if host.arrival.action is not None:
        number, _, letter = argument.partition(":")
        kept = host.sitting(number)
        if kept is None or kept.sitting.group != host.who.id:
            return Done(toast=host.say("consultation.group.gone"))
        return done(host, kept, Deed(way="case", letter=letter))
    letter, here = argument.strip().upper()[:2], host.here()
    kept = next((kept for kept in here if kept.sitting.case(letter)), here[0] if here else None)
    if kept is None:
        return Done((said(host, host.say("consultation.group.none_here")),))
    return done(host, kept, Deed(way="case", letter=letter))


ACT = Act(_case, frozenset({"group"}), commands=frozenset({"case"}), verbs=frozenset({"letter"}))
