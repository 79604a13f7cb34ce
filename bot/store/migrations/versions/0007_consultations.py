"""Consultations in groups: sittings, the seats of their members, and the ways from a group into a private talk."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_consultations"
down_revision = "0006_office"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the tables; nobody sits anywhere yet."""
    op.create_table(
        "sittings",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_sittings"),
    )
    op.create_index("ix_sittings_conversation", "sittings", ["conversation"])
    op.create_table(
        "seats",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("sitting", sa.String(24), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_seats"),
        sa.UniqueConstraint("sitting", "conversation", name="uq_seats_sitting"),
    )
    op.create_index("ix_seats_conversation", "seats", ["conversation"])
    _add_invites()


def _add_invites() -> None:
    op.create_table(
        "invites",
        sa.Column("id", sa.String(24), nullable=False),
        sa.Column("sitting", sa.String(24), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invites"),
    )
    op.create_index("ix_invites_conversation", "invites", ["conversation"])
