"""What a door needs that can deliver twice: an inbox, the card's message, and promises that are leased."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

revision = "0002_telegram"
down_revision = "0001_conversations"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the inbox, and the columns by which promises are paced, leased and edited in place."""
    op.add_column("conversations", sa.Column("card", sa.BigInteger()))
    op.create_table(
        "inbox",
        sa.Column("id", NUMBER, autoincrement=True, nullable=False),
        sa.Column("key", sa.String(80), nullable=False),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("arrival", sa.Text(), nullable=False),
        sa.Column("message", sa.BigInteger()),
        sa.Column("digest", sa.String(24)),
        sa.Column("ready_at", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("key", name="uq_inbox_key"),
    )
    op.create_index("ix_inbox_waiting", "inbox", ["conversation", "done_at", "number"])
    op.create_index("ix_inbox_done", "inbox", ["done_at", "ready_at"])
    _change_the_outbox()
    if op.get_bind().dialect.name == "postgresql":
        for table in ("outbox", "journal"):
            op.alter_column(table, "id", type_=sa.BigInteger())
            op.execute(f"ALTER SEQUENCE {table}_id_seq AS bigint")


def _change_the_outbox() -> None:
    """More columns, and numbers that are never given twice."""
    made_anew: Literal["always", "never"] = "always" if op.get_bind().dialect.name == "sqlite" else "never"
    with op.batch_alter_table("outbox", recreate=made_anew, table_kwargs={"sqlite_autoincrement": True}) as outbox:
        outbox.add_column(sa.Column("slot", sa.String(32)))
        outbox.add_column(sa.Column("edits", sa.BigInteger()))
        outbox.add_column(sa.Column("owner", sa.String(40)))
        outbox.add_column(sa.Column("leased_until", sa.BigInteger()))
        outbox.add_column(sa.Column("due_at", sa.BigInteger(), nullable=False, server_default="0"))
        outbox.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        outbox.add_column(sa.Column("parts", sa.Integer(), nullable=False, server_default="0"))
        outbox.create_index("ix_outbox_free", ["due_at", "leased_until"])
