"""view: the whole result of a case on an adviser's desk, read-only, for as long as its owner lets them see it."""

from __future__ import annotations

from dataclasses import replace

from bot.consultation.advising import open_case
from bot.consultation.desk_screens import Rows, screen
from bot.consultation.desks import Desk
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.opened import LOWER, seen_by_adviser
from bot.consultation.posting import cleared, kept_desk, own_desk, view_gone
from bot.consultation.sitting import Seat, Sitting
from bot.dialogue.conversation import Trial
from bot.dialogue.messages import Button, Reply

_CLOSE = "x"


def _view(host: Host, argument: str) -> Done:
    number, letter, place = [*argument.split(":", 2), "", ""][:3]
    kept, desk = host.sitting(number), own_desk(host)
    seat = None if kept is None else open_case(kept.sitting, letter)
    if kept is None or seat is None or not host.leads(kept.sitting.group):
        refused = Done((screen(host.say("desk.full_gone"), (host.button("desk.back", "desk:"),)),))
        return _closed(host, desk, refused) if desk.viewed == (number, letter) else refused
    if place == _CLOSE:
        return _closed(host, desk, Done())
    fresh = not place or desk.viewed != (number, letter)
    action = desk.ways[int(place)] if not fresh and place.isdecimal() and int(place) < len(desk.ways) else ""
    return _shown(host, kept.sitting, seat, desk if not fresh else _opened(host, desk, number, letter), action, desk)


def _opened(host: Host, desk: Desk, number: str, letter: str) -> Desk:
    """A desk with a new message for this case's result."""
    return desk.but(view=f"view:{host.who.revision + 1}", viewed=(number, letter), ways=(), trial=Trial())


def _shown(host: Host, sitting: Sitting, seat: Seat, desk: Desk, action: str, before: Desk) -> Done:
    member = host.conversation(seat.member)
    found, trial = seen_by_adviser(member, host.who.language, desk.trial, action, host.scene)
    if found is None:
        return Done((screen(host.say("desk.full_nothing"), (host.button("desk.back", "desk:"),)),))
    rows, ways = _rows(host, f"view:{sitting.id}:{seat.letter}", found, action)
    title = host.text("desk.full_title", letter=seat.letter)
    reply = Reply(blocks=(title, *found.blocks), buttons=rows, board=desk.view, hint="none")
    after = kept_desk(host, Done((reply,)), desk.but(ways=ways, trial=trial))
    if before.view and before.view != desk.view:
        return replace(after, replies=(view_gone(host, host.who.id, before), *after.replies))
    return after


def _rows(host: Host, prefix: str, found: Reply, action: str) -> tuple[Rows, tuple[str, ...]]:
    """The buttons of a result with the places of their actions, ways around it, and the actions in their order."""
    every = [button.action for row in found.buttons for button in row]
    around = {LOWER: "desk.full_lower"} | ({"result:": "estimate.return"} if action else {})
    more = tuple(host.button(key, way) for way, key in around.items() if way not in every)
    ways = tuple(dict.fromkeys((*every, *(button.action for button in more))))
    rows = tuple(
        tuple(Button(label=button.label, action=f"{prefix}:{ways.index(button.action)}") for button in row)
        for row in (*found.buttons, more)
        if row
    )
    return (*rows, (host.button("desk.full_close", f"{prefix}:{_CLOSE}"),)), ways


def _closed(host: Host, desk: Desk, done: Done) -> Done:
    """Nothing of the result stays in its message."""
    gone = (view_gone(host, host.who.id, desk),) if desk.view else ()
    return kept_desk(host, replace(done, replies=(*gone, *done.replies)), cleared(desk))


ACT = Act(_view, frozenset({"private"}), verbs=frozenset({"view"}), led=True)
