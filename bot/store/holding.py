"""Holding: everything that is kept of one person in any table, opened, as rows that can be shown and taken along."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from pydantic import JsonValue
from sqlalchemy import Connection, select

from bot.dialogue.holding import Held
from bot.store.erasing import personal_tables
from bot.store.tables import CONVERSATIONS
from bot.store.vault import is_sealed, unsealed

_LEFT_OUT = frozenset({"wrapped"})
"""A person's key under our secret: of no use to anybody else, and not to be carried about."""


def held_of(connection: Connection, name: str) -> Held:
    """What every table keeps of a person, by table; tables that keep nothing are left out."""
    rows: dict[str, tuple[Mapping[str, JsonValue], ...]] = {}
    for table, whose in personal_tables():
        found = connection.execute(select(table).where(whose == name).order_by(*table.primary_key.columns)).mappings()
        told = tuple({key: _plain(connection, name, row[key]) for key in row if key not in _LEFT_OUT} for row in found)
        if told:
            rows[table.name] = told
    state = connection.scalar(select(CONVERSATIONS.c.state).where(CONVERSATIONS.c.id == name))
    return Held(rows, sealed=state is not None and is_sealed(state))


def _plain(connection: Connection, name: str, value: Any) -> JsonValue:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if not isinstance(value, str):
        return value if isinstance(value, int | float | bool) else None
    words = unsealed(connection, name, value)
    if not words.startswith("{"):
        return words
    document: JsonValue = json.loads(words)
    return document
