"""Drafts, editions over the shipped files, and what was learned for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_editions"
down_revision = "0008_steps"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("words", sa.Text()),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_table(
        "editions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.String(32), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("lesson", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
    )
    op.create_table(
        "lessons",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lessons"),
    )
