"""An index by which steps at questions are counted without reading the whole journal."""

from __future__ import annotations

from alembic import op

revision = "0008_steps"
down_revision = "0007_consultations"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_journal_steps", "journal", ["kind", "detail", "conversation"])
