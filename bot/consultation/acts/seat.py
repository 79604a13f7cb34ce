"""seat: a member's own seat, in private: what the group may see, and leaving, at any moment."""

from __future__ import annotations

from dataclasses import replace

from bot.consultation.anonymising import TOLD_OF
from bot.consultation.doing import done, said
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import Kept, sittings_with
from bot.consultation.posting import closed_views, left_alone, no_example, together
from bot.consultation.seats import own_card, seat_screen
from bot.consultation.showing_again import agreeing, never_shown
from bot.consultation.sitting import Deed, Way
from bot.consultation.wording import shielded
from bot.dialogue.cards import CARD
from bot.dialogue.messages import Reply
from bot.store.engine import reading

_WAYS: dict[str, Way] = {"show": "show", "hide": "hide", "slip": "slip", "leave": "part", "gone": "withdraw"}


def _seat(host: Host, argument: str) -> Done:
    number, _, what = argument.partition(":")
    kept = host.sitting(number) if number else None
    if kept is None:
        return _all(host)
    if what == "later":
        return Done(show=True)
    if what in TOLD_OF:
        return _asked_for(host, number, what)
    if what not in _WAYS:
        return Done((seat_screen(host, kept.sitting),))
    return _changed(host, kept, _WAYS[what])


def _asked_for(host: Host, number: str, what: str) -> Done:
    """One question that a card still needs, then the others, then the result with the way to what the group sees."""
    at_result = {"goal": "assess", "hurried": True, "accepted": True, "reviewing": False}
    asked = {"joining": number, "focus": what, "filling": TOLD_OF, "doubt": None, "failures": 0}
    return Done(who=host.who.but(**asked, **at_result), show=True)


def _changed(host: Host, kept: Kept, way: Way) -> Done:
    """A step of the member's own; whoever has decided does not answer for this sitting any more."""
    card = own_card(host) if way == "show" else None
    before = done(host, kept, Deed(way=way, card=card))
    mine = kept.sitting.seat_of(host.who.id)
    if mine is not None and mine.example and way != "show":
        before = together(before, no_example(host))
    if way != "show":
        before = together(before, left_alone(host, kept.sitting, mine))
    sitting = before.changes[0][1]
    if way in {"slip", "part"}:  # nothing is drawn anew that would close what lies open on desks
        before = together(before, closed_views(host, sitting))
    decided = host.who if card is None else agreeing(host.who, sitting.id, host.now)
    if mine is not None and not mine.lay and way != "show":
        decided = never_shown(decided, sitting.id)
    decided = decided.but(joining=None) if decided.joining == sitting.id and card is not None else decided
    if way in {"part", "withdraw"} and sitting.seat_of(host.who.id) is None:
        return replace(before, who=decided.but(joining=None), show=True)
    screen = seat_screen(host, sitting)
    if way == "hide" and mine is not None and mine.standing == "shown" and not sitting.away:
        screen = screen.model_copy(update={"blocks": (host.text("consultation.seat.hush"), *screen.blocks)})
    return replace(before, who=decided, replies=(screen,) if sitting.seat_of(host.who.id) else before.replies)


def _all(host: Host) -> Done:
    """Every sitting that somebody has a seat in; the only one at once."""
    with reading(host.store) as connection:
        mine = sittings_with(connection, host.who.id)
    if not mine:
        return Done((said(host, host.say("consultation.seat.none")),), show=True)
    if len(mine) == 1:
        return Done((seat_screen(host, mine[0].sitting),))
    rows = tuple((host.button("consultation.seat.one", f"seat:{kept.sitting.id}", **_about(kept)),) for kept in mine)
    back = (host.button("menu.back", "menu:"),)
    return Done((Reply(blocks=(host.text("consultation.seat.all"),), buttons=(*rows, back), slot=CARD),))


def _about(kept: Kept) -> dict[str, object]:
    return {"about": shielded(kept.sitting.about), "closed": kept.sitting.closed_at is not None}


ACT = Act(_seat, frozenset({"private"}), commands=frozenset({"join"}), verbs=frozenset({"seat"}))
