"""Boards: messages that are drawn anew in their place; and when a consultation that sleeps goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_boards"
down_revision = "0009_editions"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table and the column; no board is up yet and nothing sleeps."""
    op.create_table(
        "boards",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("board", sa.String(40), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_boards"),
        sa.UniqueConstraint("conversation", "board", name="uq_boards_conversation"),
    )
    op.add_column("sittings", sa.Column("wakes_at", sa.BigInteger()))
