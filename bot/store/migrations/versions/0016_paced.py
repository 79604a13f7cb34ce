"""When a consultation's table was drawn last, so that many changes are drawn together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_paced"
down_revision = "0015_truth"


def upgrade() -> None:
    """Add the column."""
    op.add_column("sittings", sa.Column("drawn_at", sa.BigInteger()))
