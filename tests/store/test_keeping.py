"""Backups: what is put back is what was there, and nothing that is cut, changed or in the way is put back at all."""

from __future__ import annotations

import gzip
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.dialogue.messages import Arrival
from bot.service.reception import receive
from bot.store.engine import open_store
from bot.store.inbox import Letter, accept
from bot.store.keeping import BackupError, back_up, restore
from bot.store.tables import METADATA
from tests.journeys.walking import NOW, scene_now


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup of a store with a conversation, a journal, a letter and promises."""
    store = open_store("sqlite://")
    receive(store, "one", Arrival(key="a", at=NOW, command="start"), scene_now())
    receive(store, "one", Arrival(key="b", at=NOW, action="consent:yes"), scene_now())
    with store.begin() as connection:
        accept(connection, [Letter("one", 7, Arrival(key="c", at=NOW, text="words"), 5)])
    path = tmp_path / "kept.jsonl.gz"
    counts = back_up(store, path, NOW)
    assert all(counts[name] > 0 for name in ("conversations", "journal", "outbox", "inbox"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    _rows[path] = {table.name: _all(store, table.name) for table in METADATA.sorted_tables}
    return path


_rows: dict[Path, dict[str, list[tuple[object, ...]]]] = {}


def _all(store: object, name: str) -> list[tuple[object, ...]]:
    with store.connect() as connection:
        return [tuple(row) for row in connection.execute(select(METADATA.tables[name]))]


def test_what_is_put_back_is_what_was_there(kept: Path) -> None:
    """Every row of every table comes back as it was, and the store goes on from there."""
    store = open_store("sqlite://")
    restore(store, kept)
    for name, rows in _rows[kept].items():
        assert _all(store, name) == rows
    assert receive(store, "one", Arrival(key="a", at=NOW, command="start"), scene_now()) is None
    assert receive(store, "one", Arrival(key="d", at=NOW, command="menu"), scene_now()) is not None


@pytest.mark.parametrize("harm", ["cut", "changed", "shorter", "no_gzip", "empty", "missing"])
def test_a_harmed_backup_puts_nothing_back(kept: Path, harm: str) -> None:
    """One kind error, and the store stays empty."""
    lines = gzip.decompress(kept.read_bytes()).decode().splitlines(keepends=True)
    harmed = {
        "cut": lambda: kept.write_bytes(kept.read_bytes()[:-30]),
        "changed": lambda: kept.write_bytes(gzip.compress("".join(lines).replace('"a"', '"x"').encode())),
        "shorter": lambda: kept.write_bytes(gzip.compress("".join([*lines[:3], *lines[4:]]).encode())),
        "no_gzip": lambda: kept.write_bytes(b"hello"),
        "empty": lambda: kept.write_bytes(b""),
        "missing": kept.unlink,
    }
    harmed[harm]()
    store = open_store("sqlite://")
    with pytest.raises(BackupError, match="kept"):
        restore(store, kept)
    assert not any(_all(store, table.name) for table in METADATA.sorted_tables)


def test_a_store_in_use_is_not_written_over(kept: Path) -> None:
    """Only an empty store takes a backup."""
    store = open_store("sqlite://")
    receive(store, "two", Arrival(key="z", at=NOW, command="start"), scene_now())
    with pytest.raises(BackupError, match="empty"):
        restore(store, kept)
