"""close: whoever leads ends the sitting of this place; where there are several, each has its button."""

from __future__ import annotations

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.sitting import Deed
from bot.consultation.wording import shielded


def _close(host: Host, argument: str) -> Done:
    if host.speaker is None:
        return Done((said(host, host.say("consultation.group.nobody")),))
    if not host.leads(host.who.id):
        return _told(host, host.say("consultation.group.not_adviser"))
    here = host.here()
    kept = host.sitting(argument) if host.arrival.action is not None else here[0] if len(here) == 1 else None
    if kept is not None and kept.sitting.group == host.who.id:
        return done(host, kept, Deed(way="close"))
    if not here:
        return _told(host, host.say("consultation.group.none_here"))
    rows = [
        (host.button("consultation.close_one", f"close:{kept.sitting.id}", about=shielded(kept.sitting.about)),)
        for kept in here
    ]
    return Done((said(host, host.say("consultation.group.which"), *rows),))


def _told(host: Host, words: str) -> Done:
    return Done(toast=words, alert=True) if host.arrival.press is not None else Done((said(host, words),))


ACT = Act(_close, frozenset({"group"}), commands=frozenset({"close"}), verbs=frozenset({"close"}), led=True)
