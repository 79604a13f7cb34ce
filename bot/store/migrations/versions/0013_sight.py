"""Questions without an answer, and tallies by the hour."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_sight"
down_revision = "0012_desks"


def upgrade() -> None:
    """Add the tables; nothing was kept of either so far."""
    op.create_table(
        "unanswered",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tallies",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tallies"),
    )
