"""A key of their own for everybody, under which what they said is sealed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_person_keys"
down_revision = "0002_telegram"


def upgrade() -> None:
    """Add the keys; what is kept already stays readable and is sealed when it is next saved."""
    op.create_table(
        "person_keys",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("wrapped", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_keys"),
        sa.UniqueConstraint("conversation", name="uq_person_keys_conversation"),
    )
