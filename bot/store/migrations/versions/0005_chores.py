"""When work that is done once for all workers was last done."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_chores"
down_revision = "0004_due"


def upgrade() -> None:
    """Add the table; everything in it is due at once."""
    op.create_table(
        "chores",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chores"),
    )
