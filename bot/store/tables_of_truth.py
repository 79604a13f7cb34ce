"""The tables by which operators see whether forecasts come true: outcomes that may be counted, and refused cases."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from bot.store.columns import METADATA, NUMBER

SHARED = Table(
    "shared",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False),
    Column("example", Integer, nullable=False),
    Column("kept", Text, nullable=False),
    Index("ix_shared_conversation", "conversation"),
)
"""Outcomes that their people let be counted, sealed like all that they told.

``example`` is 1 where a case may rest on an outcome too, and 2 for a card from a consultation that may become a case.
A row goes when its person takes that back, and when the person goes.
"""

VERDICTS = Table(
    "verdicts",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("verdict", String(16), nullable=False),
    Column("actor", String(32), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
"""Candidate cases that an editor has accepted or refused, by the code of what they say; nothing of any person's."""
