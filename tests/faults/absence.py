"""Absence: what may be left of people who deleted everything, or who stayed away for longer than anything is kept."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.consenting import undecided
from bot.dialogue.conversation import Conversation
from bot.store.conversations import newcomer
from bot.store.retaining import UNDECIDED, UNUSED
from tests.faults.watching import Taking, Watch


def beginnings(one: Taking, at: dt.datetime) -> tuple[Conversation, ...]:
    """Where a turn may begin at a moment: where the one before had ended, or anew after deletion or long away."""
    anew, kept = newcomer(one.name), one.turn.conversation
    if one.turn.erase:
        return (anew,)
    return (kept, anew) if forgotten(one, at) else (kept,)


def ended_at(watch: Watch) -> dt.datetime:
    """The moment at which a life ended."""
    return dt.datetime.fromtimestamp(watch.street.clock(), dt.UTC)


def forgotten(one: Taking, at: dt.datetime) -> bool:
    """Whether somebody was away for so long that nothing need be left of them."""
    away = at - one.arrival.at
    return away > UNUSED or (undecided(one.turn.conversation) and away > UNDECIDED)
