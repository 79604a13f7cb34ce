"""The bench: what an editor sees, which is the shipped files, the newest edition over them, and the drafts on top."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from bot.publishing.paths import is_path, shelf_of, shipped
from bot.store.editions import Draft, Files, all_drafts, drop_drafts, newest_number, put_draft, read_edition
from bot.store.engine import reading

NOTE = "note"
"""The draft that is no file: what the next edition says of itself."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything that editors work on, as it stood at one moment."""

    number: int
    published: Files
    drafts: Mapping[str, Draft]

    @property
    def changes(self) -> Mapping[str, Draft]:
        """The drafts of files."""
        return {path: draft for path, draft in self.drafts.items() if path != NOTE}

    @property
    def note(self) -> str:
        """What the next edition says of itself."""
        draft = self.drafts.get(NOTE)
        return (draft.words or "") if draft else ""

    @property
    def code(self) -> str:
        """A short code of these drafts over this edition: what was checked is what is published."""
        told = [self.number, *((draft.path, draft.words) for draft in self.drafts.values())]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:8]

    def over(self, *, drafted: bool = True) -> Files:
        """What lies over the shipped files, with the drafts or without; what is as it ships needs not to."""
        laid = {**self.published, **({path: one.words for path, one in self.changes.items()} if drafted else {})}
        return {path: laid[path] for path in sorted(laid) if laid[path] != shipped().get(path)}

    def text(self, path: str, *, drafted: bool = True) -> str | None:
        """A file as it stands; None where there is none."""
        if drafted and path in self.changes:
            return self.changes[path].words
        return self.published[path] if path in self.published else shipped().get(path)

    def paths(self, shelf: str = "") -> tuple[str, ...]:
        """The paths of all files that are there, drafts included, or of one shelf."""
        known = {*shipped(), *self.published, *self.changes}
        return tuple(path for path in sorted(known) if shelf in {"", shelf_of(path)} and self.text(path) is not None)


def read_bench(store: Engine) -> Bench:
    """The bench as it stands now.

    Raises:
        BrokenEditionError: when the newest edition was changed after it was published.
    """
    with reading(store) as connection:
        number = newest_number(connection)
        newest = read_edition(connection, number)
        drafts = {draft.path: draft for draft in all_drafts(connection)}
    return Bench(number, newest.files if newest else {}, drafts)


def lay_down(connection: Connection, draft: Draft) -> None:
    """Keep a draft, unless it leaves its file as it is published: then there is nothing to keep.

    Raises:
        ValueError: when its path is none that may be written.
    """
    if draft.path != NOTE and not is_path(draft.path):
        raise ValueError(f"{draft.path[:80]!r} is no file of a shelf")
    newest = read_edition(connection, newest_number(connection))
    files = newest.files if newest else {}
    standing = files[draft.path] if draft.path in files else shipped().get(draft.path)
    if draft.path != NOTE and standing == draft.words:
        drop_drafts(connection, draft.path)
    else:
        put_draft(connection, draft)
