"""The tables: conversations, the journal of what came in and what happened, the outbox of promised replies."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Index, Integer, MetaData, String, Table, Text, UniqueConstraint

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False),
)
"""One row a conversation; ``state`` is its JSON."""

JOURNAL = Table(
    "journal",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False),
    Column("key", String(80)),
    Column("kind", String(32), nullable=False),
    Column("detail", String(200), nullable=False, default=""),
    Column("revision", Integer, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("conversation", "key"),
)
"""What came in (``key`` is unique within a conversation) and what happened, without anyone's words or figures."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    Index("ix_outbox_due", "conversation", "id"),
)
"""Replies promised in the same transaction as the state; a row goes when its reply is out of the door."""
