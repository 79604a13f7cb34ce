"""Acting: finds every act in its folder, and which of them an arrival is for."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, Engine

from bot.consultation import acts
from bot.consultation.desks import desks_in_use
from bot.consultation.hosting import Act
from bot.consultation.keeping import group_meant
from bot.dialogue.choosing import VERBS
from bot.dialogue.messages import Arrival
from bot.store.engine import reading
from bot.store.roles import ADVISING, role_of


def _found() -> tuple[Act, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(acts.__path__))
    found = tuple(importlib.import_module(f"{acts.__name__}.{name}").ACT for name in names)
    verbs = [verb for act in found for verb in act.verbs]
    twice = {verb for verb in verbs if verbs.count(verb) > 1 or verb in VERBS}
    if twice:
        raise ValueError(f"two answer to {', '.join(sorted(twice))}")
    return found


_STANDING = frozenset({None, "added", "rights"})
"""What happens where the bot is there afterwards; nothing happens with most arrivals."""

ACTS: tuple[Act, ...] = _found()
"""Every act of a consultation; a file in the folder is all it takes."""


def asked(arrival: Arrival) -> Iterator[tuple[Act, str]]:
    """The acts that an arrival is for, each with its argument; the first that answers has answered."""
    place = "group" if arrival.public else "private"
    verb, _, rest = (arrival.action or "").partition(":")
    for act in ACTS:
        event = "table" if arrival.due == "table" else arrival.happened
        if event is not None:
            yield from [(act, event)] if event in act.events else []
        elif place not in act.places or arrival.due is not None:
            continue
        elif arrival.action is not None:
            yield from [(act, rest)] if verb in act.verbs else []
        elif arrival.command is not None:
            yield from [(act, arrival.text or "")] if arrival.command in act.commands else []
        elif arrival.text is not None and place in act.hears:
            yield act, arrival.text


def led(arrival: Arrival) -> bool:
    """Whether it may matter for an arrival how its speaker stands in a group."""
    if arrival.found is not None:
        return arrival.found == "offer"
    return not arrival.secondhand and any(act.led for act, _ in asked(arrival))


def footed(arrival: Arrival) -> bool:
    """Whether it matters for an arrival what the bot may do in its group, as the platform says at this moment."""
    return arrival.public and arrival.happened in _STANDING and any(_footed(act, arrival) for act, _ in asked(arrival))


def _footed(act: Act, arrival: Arrival) -> bool:
    return act.footed and (arrival.happened is not None or arrival.command == "desk")


def standing_wanted(store: Engine, name: str, arrival: Arrival) -> str | None:
    """The group in which the standing of an arrival's speaker counts; None where it makes no difference."""
    if not led(arrival):
        return None
    if arrival.public:
        return name
    act, argument = next((act, argument) for act, argument in asked(arrival) if act.led)
    with reading(store) as connection:
        return act.led_in(connection, name, argument)


def watched(store: Engine, owners: Collection[int]) -> frozenset[tuple[str, str]]:
    """Groups, and whoever has somebody's result or talk there open and leads by the platform's word alone.

    Where the bot is no administrator, the platform tells it of no demotion.
    """
    with reading(store) as connection:
        in_use = (one for one in desks_in_use(connection) if not _in_office(connection, one[0], owners))
        groups = ((group_meant(connection, name, number), name) for name, number in in_use)
        return frozenset((group, name) for group, name in groups if group is not None)


def _in_office(connection: Connection, name: str, owners: Collection[int]) -> bool:
    told = name.rpartition(":")[2]
    number = int(told) if told.isdecimal() else 0
    return number in owners or role_of(connection, number) in ADVISING
