"""desk: an adviser's desk in private: cases, notes, drafts, and what is brought to the group, seen before it goes."""

from __future__ import annotations

from bot.consultation.desk_posts import GROUP_STEPS
from bot.consultation.desk_screens import screen
from bot.consultation.desk_steps import CASE_STEPS, Step
from bot.consultation.desks import Desk
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import sittings_open
from bot.consultation.leading import lead_screen
from bot.consultation.posting import kept_desk, own_desk
from bot.consultation.wording import shielded
from bot.store.engine import reading

_STEPS = {**CASE_STEPS, **GROUP_STEPS}
_MOST = 20


def _desk(host: Host, argument: str) -> Done | None:
    number, _, rest = argument.partition(":")
    if host.arrival.command is not None or not number:
        return _all(host, own_desk(host))
    kept, desk = host.sitting(number), own_desk(host)
    if kept is None or kept.sitting.closed_at is not None or not host.leads(kept.sitting.group):
        return Done((screen(host.say("desk.not_yours"), (host.button("menu.back", "menu:"),)),))
    what, _, given = rest.partition(":")
    step = _STEPS.get(what)
    if step is None:
        led = desk.leading(number)
        return kept_desk(host, Done((lead_screen(host, kept.sitting),)), led)
    return step(Step(host, kept, desk.leading(number), given))


def _all(host: Host, desk: Desk) -> Done | None:
    """The sittings that were led from this desk and, for advisers of the office, all that are under way."""
    office = host.in_office(host.who.id)
    with reading(host.store) as connection:
        found = {kept.sitting.id: kept.sitting for kept in sittings_open(connection, desk.led, every=office)}
    back = (host.button("menu.back", "menu:"),)
    if not found:
        return Done((screen(host.say("desk.none"), back),)) if office or host.arrival.command == "desk" else None
    rows = tuple(
        (host.button("desk.sitting_button", f"lead:{number}:look", about=shielded(sitting.about)),)
        for number, sitting in [*found.items()][:_MOST]
    )
    return Done((screen(host.say("desk.sittings"), *rows, back),))


ACT = Act(_desk, frozenset({"private"}), commands=frozenset({"desk"}), verbs=frozenset({"desk"}), led=True)
