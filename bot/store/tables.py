"""The tables: conversations, the inbox, the journal of what happened, the outbox of promised replies, and the office.

Those of groups stand in a room of their own and are known here too, so that whoever asks for all has all.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.columns import METADATA, NUMBER, Moment
from bot.store.tables_of_groups import BOARDS, INVITES, PACES, SEATS, SITTINGS
from bot.store.tables_of_sight import TALLIES, UNANSWERED
from bot.store.tables_of_truth import SHARED, VERDICTS

__all__ = [
    "AUDIT",
    "AUDIT_HEAD",
    "BOARDS",
    "CHORES",
    "CONVERSATIONS",
    "DRAFTS",
    "DUE",
    "EDITIONS",
    "INBOX",
    "INVITES",
    "JOURNAL",
    "LESSONS",
    "METADATA",
    "NUMBER",
    "OUTBOX",
    "PACES",
    "PERSON_KEYS",
    "ROLES",
    "SEATS",
    "SHARED",
    "SITTINGS",
    "TALLIES",
    "UNANSWERED",
    "VERDICTS",
    "Moment",
]

DUE = "due:"
"""What keys begin with of letters that nobody sent: something has fallen due. They name their conversation."""

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("card", BigInteger),
    Column("updated_at", Moment, nullable=False),
    Column("due_at", BigInteger),
    Index("ix_conversations_due", "due_at"),
)
"""One row a conversation; ``state`` is its JSON, ``card`` the number of the message that shows the present card.

``due_at`` is when something falls due though its person says nothing, in milliseconds since 1970; none where nothing
does, or once it is in the inbox.
"""

INBOX = Table(
    "inbox",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("conversation", String(64), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("arrival", Text, nullable=False),
    Column("message", BigInteger),
    Column("digest", String(24)),
    Column("ready_at", BigInteger, nullable=False),
    Column("done_at", BigInteger),
    Index("ix_inbox_waiting", "conversation", "done_at", "number"),
    Index("ix_inbox_done", "done_at", "ready_at"),
)
"""What came in through a door that can deliver twice, committed before it is confirmed.

``number`` orders a chat's arrivals, ``message`` is the message typed or pressed, ``digest`` tells equal words apart
without keeping them. A row that is done keeps its key and loses its words. ``ready_at`` and ``done_at`` are
milliseconds since 1970.
"""

JOURNAL = Table(
    "journal",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False),
    Column("key", String(80)),
    Column("kind", String(32), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("conversation", "key"),
    Index("ix_journal_steps", "kind", "detail", "conversation"),
)
"""What was taken in (``key`` is unique within a conversation) and what happened, without words or figures."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    Column("slot", String(32)),
    Column("edits", BigInteger),
    Column("owner", String(40)),
    Column("leased_until", BigInteger),
    Column("due_at", BigInteger, nullable=False, server_default="0"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parts", Integer, nullable=False, server_default="0"),
    Index("ix_outbox_due", "conversation", "id"),
    Index("ix_outbox_free", "due_at", "leased_until"),
    sqlite_autoincrement=True,
)
"""Replies promised in the same transaction as the state; a row goes when its reply is out of the door.

A number is never given twice, so that what is marked late is never another's. ``edits`` is the message that the reply
may replace in place; ``parts`` counts the messages of a long reply that are out already; ``owner`` may deliver it until
``leased_until``. Times are milliseconds since 1970.
"""

PERSON_KEYS = Table(
    "person_keys",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("conversation", String(64), nullable=False, unique=True),
    Column("wrapped", String(120), nullable=False),
)
"""Everybody's own key, wrapped under a secret of the settings; what is sealed under it is bound to its ``id``."""

CHORES = Table(
    "chores",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("done_at", Moment, nullable=False),
)
"""Work that is done once for all workers, by its name, and when it was last done."""

ROLES = Table(
    "roles",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("role", String(16), nullable=False),
)
"""Operators by their number in the messenger; owners stand in the settings and not here."""

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("actor", String(32), nullable=False),
    Column("act", String(32), nullable=False),
    Column("detail", String(200), nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""What operators did, numbered without gaps; ``hash`` is of the row and of the hash ``before`` it. No row changes."""

AUDIT_HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)
"""One row: the number and hash of the newest row of the audit trail, so that a missing end is seen too."""

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("id", String(120), primary_key=True),
    Column("words", Text),
    Column("author", String(32), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
)
"""Files that an editor has written, added or removed (no words) and nobody has published, by their paths."""

EDITIONS = Table(
    "editions",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("author", String(32), nullable=False),
    Column("note", String(200), nullable=False),
    Column("files", Text, nullable=False),
    Column("lesson", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""What was published over the shipped files, whole, as JSON; numbered without gaps, and no row ever changes."""

LESSONS = Table(
    "lessons",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kept", Text, nullable=False),
)
"""What was learned from the phrasings of an edition, under the fingerprint of those phrasings."""
