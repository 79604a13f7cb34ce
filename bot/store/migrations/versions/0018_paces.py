"""Paces: when a group was written to lately, so that a kill and other workers leave its pace as it is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018_paces"
down_revision = "0017_rooms"


def upgrade() -> None:
    """Add the table; nobody was written to yet."""
    op.create_table(
        "paces",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("moments", sa.Text(), nullable=False),
        sa.Column("until_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_paces"),
    )
