"""Outcomes that people let be counted, and what editors have said of candidate cases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_truth"
down_revision = "0014_polls"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; nobody has let anything be counted yet."""
    op.create_table(
        "shared",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("example", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shared"),
    )
    op.create_index("ix_shared_conversation", "shared", ["conversation"])
    op.create_table(
        "verdicts",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_verdicts"),
    )
