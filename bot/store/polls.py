"""Polls of groups: where each was put up, and how many chose what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from bot.store.tables_of_groups import POLLS

_MOST_OF_A_GROUP = 200


class Votes(NamedTuple):
    """How many chose each option of a poll, in their order, and whether it takes no more votes."""

    counts: tuple[int, ...] = ()
    closed: bool = False


class Kept(NamedTuple):
    """A poll as it was put up: its name, the message that shows it, and its votes so far."""

    name: str
    message: int
    votes: Votes


def keep_poll(connection: Connection, conversation: str, number: str, name: str, message: int) -> None:
    """Remember a poll that has just been put up; of a group's many the oldest are let go."""
    if connection.scalar(select(POLLS.c.id).where(POLLS.c.id == number)) is not None:
        return
    row = {"id": number, "conversation": conversation, "name": name, "message": message, "votes": "", "closed": 0}
    connection.execute(insert(POLLS).values(row))
    here = POLLS.c.conversation == conversation
    newest = select(POLLS.c.message).where(here).order_by(POLLS.c.message.desc())
    oldest = connection.scalar(newest.offset(_MOST_OF_A_GROUP - 1).limit(1))
    if oldest is not None:
        connection.execute(delete(POLLS).where(here, POLLS.c.message < oldest))


def count_votes(connection: Connection, told: Mapping[str, Votes]) -> int:
    """Keep the newest votes of some polls by the platform's number; returns how many of them are ours."""
    found = 0
    for number, votes in sorted(told.items()):
        counts = " ".join(map(str, votes.counts))
        # what was closed stays so: an older state may come late
        one = (POLLS.c.id == number) & ((POLLS.c.closed == 0) | (int(votes.closed) == 1))
        found += connection.execute(update(POLLS).where(one).values(votes=counts, closed=int(votes.closed))).rowcount
    return found


def poll_named(connection: Connection, conversation: str, name: str) -> Kept | None:
    """The newest poll of a name in a group, or None where none was put up."""
    found = select(POLLS).where(POLLS.c.conversation == conversation, POLLS.c.name == name)
    row = connection.execute(found.order_by(POLLS.c.message.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return Kept(row.name, row.message, Votes(tuple(map(int, row.votes.split())), bool(row.closed)))
