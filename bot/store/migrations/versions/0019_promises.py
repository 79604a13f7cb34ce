"""Recipients by their promise: every message of a broadcast asks for its row, among those of all broadcasts before."""

from __future__ import annotations

from alembic import op

revision = "0019_promises"
down_revision = "0018_paces"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_recipients_promise", "recipients", ["promise"])
