"""When something falls due for a conversation though nobody says a word in it: a reminder that was asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_due"
down_revision = "0003_person_keys"


def upgrade() -> None:
    """Add the moment, by which what is due is found; nothing is for the conversations so far."""
    op.add_column("conversations", sa.Column("due_at", sa.BigInteger()))
    op.create_index("ix_conversations_due", "conversations", ["due_at"])
