"""close: whoever leads ends a sitting of this place; what that does is said first, and asked by a button."""

from __future__ import annotations

from dataclasses import replace

from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept
from bot.consultation.leading import end_words, not_leading
from bot.consultation.posting import together
from bot.consultation.sitting import Deed
from bot.consultation.wording import shielded
from bot.dialogue.messages import Reply


def _close(host: Host, argument: str) -> Done:
    if host.speaker is None:
        return Done((said(host, host.say("consultation.group.nobody")),))
    if not host.leads(host.who.id):
        return _told(host, not_leading(host))
    number, _, sure = argument.partition(":")
    if host.arrival.action is not None:
        return _pressed(host, number, sure=sure == "yes")
    here = host.here()
    if not here:
        return _told(host, host.say("consultation.group.none_here"))
    if len(here) == 1:
        return Done((_asked(host, here[0]),))
    rows = [
        (host.button("consultation.close_one", f"close:{kept.sitting.id}", about=shielded(kept.sitting.about)),)
        for kept in here
    ]
    return Done((said(host, host.say("consultation.group.which"), *rows),))


def _asked(host: Host, kept: Kept) -> Reply:
    """What ending does, with the buttons for it and against."""
    yes = host.button("consultation.end.yes", f"close:{kept.sitting.id}:yes")
    return said(host, end_words(host, kept.sitting), (yes,), (host.button("consultation.end.no", "close:"),))


def _pressed(host: Host, number: str, *, sure: bool) -> Done:
    """A press on the question, which goes whatever the answer is: only a sure one ends."""
    kept = host.sitting(number) if number else None
    place = host.arrival.place
    gone = Done() if place is None else Done((Reply(blocks=(), removes=(place,), topic=host.arrival.topic),))
    if not number:
        return replace(gone, toast=host.say("consultation.end.kept"))
    if kept is None or kept.sitting.group != host.who.id:
        return replace(gone, toast=host.say("consultation.group.gone"))
    if not sure:
        return together(Done((_asked(host, kept),)), gone)
    return together(done(host, kept, Deed(way="close")), gone)


def _told(host: Host, words: str) -> Done:
    return Done(toast=words, alert=True) if host.arrival.press is not None else Done((said(host, words),))


ACT = Act(_close, frozenset({"group"}), commands=frozenset({"close"}), verbs=frozenset({"close"}), led=True)
