"""Polls of groups, with how many chose each option."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_polls"
down_revision = "0013_sight"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "polls",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=False),
        sa.Column("votes", sa.String(200), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_polls"),
    )
    op.create_index("ix_polls_conversation", "polls", ["conversation", "message"])
