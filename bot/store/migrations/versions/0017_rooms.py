"""Rooms: advisers who work together in a group of their own, with a topic for each case that is talked about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_rooms"
down_revision = "0016_paced"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; nobody works together yet."""
    op.create_table(
        "crews",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crews"),
        sa.UniqueConstraint("conversation", name="uq_crews_conversation"),
    )
    op.create_table(
        "rooms",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("sitting", sa.String(24), nullable=False),
        sa.Column("letter", sa.String(16), nullable=False),
        sa.Column("thread", sa.BigInteger()),
        sa.Column("over", sa.Integer(), nullable=False),
        sa.Column("messages", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rooms"),
    )
    op.create_index("ix_rooms_conversation", "rooms", ["conversation"])
    op.create_index("ix_rooms_sitting", "rooms", ["sitting"])
