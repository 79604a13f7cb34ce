"""The tables by which operators see how the bot fares: questions without an answer, and tallies by the hour."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table, Text

from bot.store.columns import METADATA

UNANSWERED = Table(
    "unanswered",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("week", Integer, nullable=False),
    Column("kept", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Questions that found no answer, blanked and sealed; nothing says whose they are.

``id`` is drawn at random and ``week`` the number of a Monday, so that neither order nor hour tells who asked.
"""

TALLIES = Table(
    "tallies",
    METADATA,
    Column("id", String(80), primary_key=True),
    Column("hour", Integer, nullable=False),
    Column("kind", String(64), nullable=False),
    Column("count", Integer, nullable=False),
)
"""What became of updates, turns and promises, by the hour (since 1970) and a code; nothing of anybody's.

``id`` is both, so that any number of processes add to the same row.
"""
