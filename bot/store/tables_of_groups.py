"""The tables of groups: sittings, seats, ways in, messages that are drawn anew in their place, and the pace."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.store.columns import METADATA, NUMBER

SITTINGS = Table(
    "sittings",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("conversation", String(64), nullable=False),
    Column("kept", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("drawn", Integer, nullable=False),
    Column("closed_at", BigInteger),
    Column("wakes_at", BigInteger),
    Column("drawn_at", BigInteger),
    Index("ix_sittings_conversation", "conversation"),
)
"""Consultations; ``conversation`` is the group's, ``kept`` everything but the seats as JSON.

``drawn`` is the newest revision whose table was promised to the group and ``drawn_at`` when, ``wakes_at`` when one
that sleeps goes on.
Moments are milliseconds since 1970.
"""

SEATS = Table(
    "seats",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("sitting", String(24), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("kept", Text, nullable=False),
    UniqueConstraint("sitting", "conversation"),
    Index("ix_seats_conversation", "conversation"),
)
"""Who takes part in which consultation and with which card; it goes when the person goes."""

INVITES = Table(
    "invites",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("sitting", String(24), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_invites_conversation", "conversation"),
)
"""Ways from a group into the private talk, each for one person, once, until a moment (milliseconds since 1970)."""

BOARDS = Table(
    "boards",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False),
    Column("board", String(40), nullable=False),
    Column("message", BigInteger, nullable=False),
    UniqueConstraint("conversation", "board"),
)
"""Messages of their own that are drawn anew in their place: which message of a chat shows which board."""

DESKS = Table(
    "desks",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False, unique=True),
    Column("kept", Text, nullable=False),
)
"""What lies open on an adviser's desk: which case, what is being written, what is being tried out."""

REMARKS = Table(
    "remarks",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("sitting", String(24), nullable=False),
    Column("letter", String(16), nullable=False),
    Column("conversation", String(64), nullable=False),
    Column("at_ms", BigInteger, nullable=False),
    Column("kept", Text, nullable=False),
    Index("ix_remarks_sitting", "sitting", "letter"),
    Index("ix_remarks_conversation", "conversation"),
)
"""What advisers note about a case for each other; ``conversation`` is the writer's. It goes when the case goes."""

CREWS = Table(
    "crews",
    METADATA,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("conversation", String(64), nullable=False, unique=True),
    Column("kept", Text, nullable=False),
)
"""In which group an adviser works together with others; ``kept`` is its name, sealed for the adviser."""

ROOMS = Table(
    "rooms",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("conversation", String(64), nullable=False),
    Column("sitting", String(24), nullable=False),
    Column("letter", String(16), nullable=False),
    Column("thread", BigInteger),
    Column("over", Integer, nullable=False),
    Column("messages", Text, nullable=False),
    Index("ix_rooms_conversation", "conversation"),
    Index("ix_rooms_sitting", "sitting"),
)
"""Topics of ours in advisers' groups, each for a case of a sitting; one without a sitting is for the group itself.

``thread`` is the platform's number once the topic is there, ``over`` 1 once it is to go, ``messages`` the numbers of
ours in it, with spaces between.
"""

POLLS = Table(
    "polls",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("conversation", String(64), nullable=False),
    Column("name", String(64), nullable=False),
    Column("message", BigInteger, nullable=False),
    Column("votes", String(200), nullable=False),
    Column("closed", Integer, nullable=False),
    Index("ix_polls_conversation", "conversation", "message"),
)
"""Polls that were put up in a group, by the platform's number, with how many chose each option; never who.

``name`` is ours, ``message`` shows the poll, ``votes`` are whole numbers with spaces between, ``closed`` is 0 or 1.
"""

PACES = Table(
    "paces",
    METADATA,
    Column("id", String(24), primary_key=True),
    Column("moments", Text, nullable=False),
    Column("until_ms", BigInteger, nullable=False),
)
"""When a chat was written to lately; ``id`` is a hash in place of its name, and the row goes when it counts no more.

``moments`` are milliseconds since 1970 with spaces between, ``until_ms`` is when the last of them counts no more.
"""
