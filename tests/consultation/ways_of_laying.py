"""Ways of laying a table: the product's, and weaker ones, against which a watcher must do better."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from bot.consultation.dealing import letter_of, next_laying
from bot.consultation.deeds import changed, hear
from bot.consultation.laying import laid
from bot.consultation.sitting import Deed, Sitting

Lays: TypeAlias = Callable[[Sitting, dt.datetime], Sitting]
"""How a table is laid, tried after everything that happens."""


def at_its_moments(sitting: Sitting, now: dt.datetime) -> Sitting:
    """The product's way."""
    return laid(sitting, now).sitting


def as_soon_as_enough(sitting: Sitting, now: dt.datetime) -> Sitting:
    """A weaker way, against which the watcher must do better: three wait, and come."""
    return laid(sitting.model_copy(update={"lays_at": now}), now).sitting


def at_once(sitting: Sitting, _now: dt.datetime) -> Sitting:
    """The weakest way: each card comes when its owner agrees."""
    for seat in [seat for seat in sitting.seats if seat.standing == "ready"]:
        sitting = changed(sitting, seat.member, standing="shown", letter=letter_of(sitting.dealt))
        sitting = sitting.model_copy(update={"dealt": sitting.dealt + 1})
    return sitting


def as_soon_as_left(sitting: Sitting, now: dt.datetime) -> Sitting:
    """A weaker way: what was taken back quietly goes when the table is next laid."""
    due = sitting.lays_at or next_laying(sitting.opened_at, now - dt.timedelta(minutes=1))
    if now < due:
        return sitting
    after = at_its_moments(sitting, now)
    for seat in (seat for seat in sitting.seats if seat.leaving):
        after = hear(after, Deed(way="hide"), seat.member, adviser=False, now=now).sitting
    return after


def unslipped(lays: Lays) -> Lays:
    """A way of laying tables on which nobody ever takes back anything quietly."""

    def stays(sitting: Sitting, now: dt.datetime) -> Sitting:
        for seat in (seat for seat in sitting.seats if seat.leaving):
            sitting = changed(sitting, seat.member, leaving=False, departing=False)
        return lays(sitting, now)

    return stays
