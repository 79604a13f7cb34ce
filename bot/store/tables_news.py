"""Tables of what operators tell many people at once, of who gets it and how far it came, and of who is not heard."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.tables import METADATA, NUMBER

WHOLE = METADATA
"""The register of all tables once these stand in it too."""

BROADCASTS = Table(
    "broadcasts",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("zh", Text, nullable=False),
    Column("en", Text, nullable=False),
    Column("segment", String(120), nullable=False),
    Column("state", String(16), nullable=False),
    Column("author", String(32), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("starts_at", BigInteger),
    Column("began_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("people", Integer, nullable=False),
    Column("below", BigInteger, nullable=False),
    Column("owner", String(40)),
    Column("leased_until", BigInteger),
    Index("ix_broadcasts_state", "state"),
    sqlite_autoincrement=True,
)
"""What operators write to many: words in two languages, for whom, and how far it is; it holds nothing of anybody's.

``people`` is how many were found for it, ``below`` a number under which no message of it can be. ``owner`` may hand it
out until ``leased_until``. Times are milliseconds since 1970.
"""

RECIPIENTS = Table(
    "recipients",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("broadcast", BigInteger, nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("promise", BigInteger),
    Column("revision", Integer),
    Column("above", BigInteger),
    Column("message", BigInteger),
    UniqueConstraint("broadcast", "conversation"),
    Index("ix_recipients_state", "broadcast", "state", "due_at"),
    Index("ix_recipients_message", "broadcast", "message"),
    Index("ix_recipients_conversation", "conversation"),
    Index("ix_recipients_promise", "promise"),
)
"""Who gets a broadcast: one row a person, so that nobody can be meant twice; it goes when the person goes.

``promise`` is the row of the outbox that carries it, ``revision`` the conversation's after it, ``above`` a message that
was sent before it, ``message`` the one that it became.
"""

BARRED = Table(
    "barred",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("at_ms", BigInteger, nullable=False),
    Column("author", String(32), nullable=False),
)
"""Whose words are not taken in any more, and who said so when; it stays until somebody lifts it."""
