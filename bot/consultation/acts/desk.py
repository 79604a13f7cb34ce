"""desk: an adviser's desk in private: cases, notes, drafts, and what is brought to the group, seen before it goes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from bot.consultation.desk_posts import GROUP_STEPS
from bot.consultation.desk_screens import screen
from bot.consultation.desk_steps import CASE_STEPS, Step
from bot.consultation.desks import Desk, desk_of
from bot.consultation.hosting import Act, Done, Host
from bot.consultation.keeping import group_meant, load, sittings_open
from bot.consultation.leading import lead_screen, not_yours
from bot.consultation.posting import kept_desk, own_desk
from bot.consultation.reopening import may_go_on
from bot.consultation.sitting import Sitting
from bot.consultation.turning import page_number, page_of, turning_buttons
from bot.consultation.wording import shielded
from bot.dialogue.messages import Button
from bot.store.engine import reading

_STEPS = {**CASE_STEPS, **GROUP_STEPS}
_SITTINGS = 5
"""Rows of sittings on one page."""


def _desk(host: Host, argument: str) -> Done:
    number, _, rest = argument.partition(":")
    if host.arrival.command is not None or not number:
        return _all(host, own_desk(host), page_number(rest))
    kept, desk = host.sitting(number), own_desk(host)
    if kept is None or kept.sitting.closed_at is not None or not host.leads(kept.sitting.group):
        return Done((not_yours(host, kept),))
    what, _, given = rest.partition(":")
    step = _STEPS.get(what)
    if step is None:
        led = desk.leading(number)
        return kept_desk(host, Done((lead_screen(host, kept.sitting),)), led)
    return step(Step(host, kept, desk.leading(number), given))


def _all(host: Host, desk: Desk, number: int) -> Done:
    """The sittings that were led from this desk; the only one opens at once for whoever asks for the desk."""
    with reading(host.store) as connection:
        found = _led(connection, desk, host.now, every=host.in_office(host.who.id))
    back = (host.button("menu.back", "menu:"),)
    if not found:
        return Done((screen(host.say("desk.none"), back),))
    if len(found) == 1 and host.arrival.command is not None and host.leads(found[0].group):
        return kept_desk(host, Done((lead_screen(host, found[0]),)), desk.leading(found[0].id))
    page = page_of(found, number, _SITTINGS)
    rows = ((_sitting_button(host, sitting),) for sitting in page.items)
    turning = turning_buttons(host, page, "desk:")
    return Done((screen(host.say("desk.sittings", page=page), *rows, turning, back),))


def _led(connection: Connection, desk: Desk, now: dt.datetime, *, every: bool) -> list[Sitting]:
    """The sittings that were led from a desk or, for advisers of the office, all that are under way.

    Those that have ended here so lately that they can be opened again come last.
    """
    under_way = [kept.sitting for kept in sittings_open(connection, desk.led, every=every)]
    led = [kept.sitting for one in desk.led if (kept := load(connection, one)) is not None]
    return [*under_way, *(sitting for sitting in reversed(led) if may_go_on(sitting, now))]


def _group(connection: Connection, who: str, argument: str) -> str | None:
    """The group of the sitting that a step is for; whoever asks for their desk may be led to the only one on it."""
    meant = group_meant(connection, who, argument)
    led = () if meant is not None else sittings_open(connection, desk_of(connection, who).led, every=False)
    return led[0].sitting.group if len(led) == 1 else meant


def _sitting_button(host: Host, sitting: Sitting) -> Button:
    told = {"about": shielded(sitting.about), "cases": len(sitting.cases), "closed": sitting.closed_at is not None}
    return host.button("desk.sitting_button", f"lead:{sitting.id}:look", **told)


ACT = Act(
    _desk, frozenset({"private"}), commands=frozenset({"desk"}), verbs=frozenset({"desk"}), led=True, led_in=_group
)
