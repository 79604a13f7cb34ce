"""Desks: what lies open before an adviser, and what advisers note about cases for each other."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_desks"
down_revision = "0011_broadcasts"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; no desk has anything on it yet."""
    op.create_table(
        "desks",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desks"),
        sa.UniqueConstraint("conversation", name="uq_desks_conversation"),
    )
    op.create_table(
        "remarks",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("sitting", sa.String(24), nullable=False),
        sa.Column("letter", sa.String(16), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remarks"),
    )
    op.create_index("ix_remarks_sitting", "remarks", ["sitting", "letter"])
    op.create_index("ix_remarks_conversation", "remarks", ["conversation"])
