"""Editions on disk: drafts that editors work on, what was published over the shipped files, and what was learned."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, text, update

from bot.store.tables import DRAFTS, EDITIONS, LESSONS

Files = Mapping[str, str | None]
"""Texts by their path; None where the shipped file of that path is taken away."""


class Draft(NamedTuple):
    """One file as an editor left it, not published yet; None in place of words takes the file away."""

    path: str
    words: str | None
    author: str
    at_ms: int


class Published(NamedTuple):
    """One edition: its number, who published it and when (milliseconds since 1970), and every file of it."""

    number: int
    at_ms: int
    author: str
    note: str
    files: Files
    lesson: str
    hash: str

    @property
    def whole(self) -> bool:
        """Whether the row is as it was written."""
        return self.hash == edition_hash(self.number, self.files, self.lesson)


class BrokenEditionError(ValueError):
    """A stored edition is not as it was written; the message says which."""


def edition_hash(number: int, files: Files, lesson: str) -> str:
    """The hash of an edition's content under its number."""
    return hashlib.sha256(json.dumps([number, files, lesson], sort_keys=True).encode()).hexdigest()


def all_drafts(connection: Connection) -> tuple[Draft, ...]:
    """Every draft by its path."""
    return tuple(Draft(*row) for row in connection.execute(select(DRAFTS).order_by(DRAFTS.c.id)))


def put_draft(connection: Connection, draft: Draft) -> None:
    """Keep a file as it was left, in place of an earlier draft of it."""
    values = {"words": draft.words, "author": draft.author, "at_ms": draft.at_ms}
    if connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.path).values(**values)).rowcount == 0:
        connection.execute(insert(DRAFTS).values(id=draft.path, **values))


def drop_drafts(connection: Connection, *paths: str) -> int:
    """Forget the drafts of some paths, or all of them; returns how many there were."""
    wanted = delete(DRAFTS)
    return connection.execute(wanted.where(DRAFTS.c.id.in_(paths)) if paths else wanted).rowcount


def newest_number(connection: Connection) -> int:
    """The number of the newest edition; 0 while nothing is published."""
    return connection.scalar(select(func.max(EDITIONS.c.id))) or 0


def read_edition(connection: Connection, number: int) -> Published | None:
    """An edition, whole; None where there is none of this number.

    Raises:
        BrokenEditionError: when it was changed since it was published.
    """
    row = connection.execute(select(EDITIONS).where(EDITIONS.c.id == number)).one_or_none()
    if row is None:
        return None
    try:
        found = Published(row.id, row.at_ms, row.author, row.note, json.loads(row.files), row.lesson, row.hash)
    except ValueError:
        raise BrokenEditionError(f"edition {number} cannot be read") from None
    if not found.whole:
        raise BrokenEditionError(f"edition {number} was changed after it was published")
    return found


def history(connection: Connection, most: int) -> tuple[Published, ...]:
    """The newest editions without their files, the newest first."""
    columns = (EDITIONS.c.id, EDITIONS.c.at_ms, EDITIONS.c.author, EDITIONS.c.note, EDITIONS.c.lesson, EDITIONS.c.hash)
    rows = connection.execute(select(*columns).order_by(EDITIONS.c.id.desc()).limit(most))
    return tuple(Published(row.id, row.at_ms, row.author, row.note, {}, row.lesson, row.hash) for row in rows)


def publish(connection: Connection, edition: Published) -> bool:
    """Add an edition; False when its number is taken by another that was faster."""
    done = connection.execute(
        text(
            "INSERT INTO editions (id, at_ms, author, note, files, lesson, hash) "
            "VALUES (:number, :at_ms, :author, :note, :files, :lesson, :hash) ON CONFLICT (id) DO NOTHING"
        ),
        edition._asdict() | {"files": json.dumps(edition.files, sort_keys=True), "note": edition.note[:200]},
    )
    return done.rowcount == 1


def keep_lesson(connection: Connection, mark: str, learned: bytes) -> None:
    """Keep what was learned; the same phrasings always teach the same."""
    connection.execute(
        text("INSERT INTO lessons (id, kept) VALUES (:id, :kept) ON CONFLICT (id) DO NOTHING"),
        {"id": mark, "kept": b64encode(learned).decode()},
    )


def read_lesson(connection: Connection, mark: str) -> bytes | None:
    """What was learned from phrasings with this fingerprint, or None where it is not kept."""
    kept = connection.scalar(select(LESSONS.c.kept).where(LESSONS.c.id == mark))
    return None if kept is None else b64decode(kept)
