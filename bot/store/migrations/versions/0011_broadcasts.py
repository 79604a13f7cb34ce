"""Broadcasts to many people, who gets each of them, and whose words are not taken in any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_broadcasts"
down_revision = "0010_boards"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; nothing is sent to anybody and nobody is barred yet."""
    op.create_table(
        "broadcasts",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("zh", "en")),
        sa.Column("segment", sa.String(120), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger()) for name in ("starts_at", "began_at", "ended_at")),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("below", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(40)),
        sa.Column("leased_until", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_broadcasts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_broadcasts_state", "broadcasts", ["state"])
    _add_recipients()
    op.create_table(
        "barred",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_barred"),
    )


def _add_recipients() -> None:
    op.create_table(
        "recipients",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("broadcast", sa.BigInteger(), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("promise", sa.BigInteger()),
        sa.Column("revision", sa.Integer()),
        *(sa.Column(name, sa.BigInteger()) for name in ("above", "message")),
        sa.PrimaryKeyConstraint("id", name="pk_recipients"),
        sa.UniqueConstraint("broadcast", "conversation", name="uq_recipients_broadcast"),
    )
    op.create_index("ix_recipients_state", "recipients", ["broadcast", "state", "due_at"])
    op.create_index("ix_recipients_message", "recipients", ["broadcast", "message"])
    op.create_index("ix_recipients_conversation", "recipients", ["conversation"])
