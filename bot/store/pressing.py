"""Pressing for somebody: a card that is out of date is drawn anew in its place, as if its person had pressed it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection

from bot.dialogue.messages import Arrival
from bot.store.inbox import Letter, accept
from bot.store.outbox import shown_card
from bot.store.tables import DUE


def press_for(connection: Connection, conversation: str, action: str, mark: str, at: dt.datetime) -> None:
    """Let somebody's newest card answer an action that they did not press; the mark tells repeats apart."""
    arrival = Arrival(key=f"{DUE}{conversation}:{mark}", at=at, action=action)
    card = shown_card(connection, conversation)
    accept(connection, [Letter(conversation, 0, arrival, round(at.timestamp() * 1000), card)])
