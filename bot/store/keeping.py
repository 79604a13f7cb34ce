"""Keeping copies: every row of the store as lines of JSON, the same for every database, checked before it is used."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from bot.store.engine import writing
from bot.store.erasing import forget_the_erased
from bot.store.schema import newest_version
from bot.store.tables import METADATA, PERSON_KEYS, Moment

FORMAT = "limit-guide backup 1"
_BATCH = 500


class BackupError(ValueError):
    """A backup cannot be read or must not be put back here; the message says why and what would be right."""


def back_up(store: Engine, path: Path, at: dt.datetime) -> dict[str, int]:
    """Write every row, as of one moment, to files that only their owner can read; returns rows by table.

    People's keys go into a file of their own (see ``keys_beside``): kept apart, and only the newest one, it makes an
    erased person's words unreadable in older copies too. The last line of each file counts its rows and holds a hash
    of all lines before it.
    """
    with store.connect().execution_options(reading=True) as connection:
        _as_of_now(connection)
        keys = _written(connection, keys_beside(path), [PERSON_KEYS], at)
        others = [table for table in METADATA.sorted_tables if table is not PERSON_KEYS]
        return _written(connection, path, others, at) | keys


def keys_beside(path: Path) -> Path:
    """Where the keys of a backup are."""
    return path.with_name(path.name + ".keys")


def _written(connection: Connection, path: Path, tables: Sequence[Table], at: dt.datetime) -> dict[str, int]:
    path.touch(mode=0o600)
    digest = hashlib.sha256()
    counts = {table.name: 0 for table in tables}
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for line in _lines(connection, tables, counts, at):
            digest.update(line.encode())
            file.write(line)
        file.write(json.dumps({"rows": counts, "sha256": digest.hexdigest()}) + "\n")
    return counts


def restore(store: Engine, path: Path) -> dict[str, int]:
    """Put a backup and its keys into an empty store, whole or not at all; returns rows by table.

    Beside newer keys than its own, whoever was erased since the backup stays erased.

    Raises:
        BackupError: when the file is no whole backup, is of another version, or the store is not empty.
    """
    counts = _checked(path) | _checked(keys_beside(path))
    with writing(store) as connection:
        for table in METADATA.sorted_tables:
            if connection.scalar(select(func.count()).select_from(table)):
                raise BackupError(f"the store holds {table.name} already; an empty one is right")
        for table, rows in chain(_batches(path), _batches(keys_beside(path))):
            connection.execute(insert(table), rows)
        _count_on(connection)
        forget_the_erased(connection)
    return counts


def _as_of_now(connection: Connection) -> None:
    """See the store as it is at this moment, and keep nobody from writing on."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
    else:
        connection.exec_driver_sql("BEGIN")


def _lines(connection: Connection, tables: Sequence[Table], counts: dict[str, int], at: dt.datetime) -> Iterator[str]:
    yield json.dumps({"format": FORMAT, "schema": newest_version(), "at": at.isoformat()}) + "\n"
    for table in tables:
        for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
            counts[table.name] += 1
            yield json.dumps({"table": table.name, "row": {name: _plain(row[name]) for name in row}}) + "\n"


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _checked(path: Path) -> dict[str, int]:
    """Read a whole backup once, so that nothing of a broken one is put back."""
    try:
        head, end, digest, seen = _read_through(path)
    except (OSError, EOFError, ValueError, AttributeError) as error:
        raise BackupError(f"{path.name} is no whole backup: {type(error).__name__}") from None
    if head.get("format") != FORMAT or head.get("schema") != newest_version():
        raise BackupError(f"{path.name} is of schema {head.get('schema')}; {newest_version()} would be right")
    if end.get("sha256") != digest or sum(end.get("rows", {}).values()) != seen:
        raise BackupError(f"{path.name} was cut or changed since it was written")
    return dict(end["rows"])


def _read_through(path: Path) -> tuple[dict[str, Any], dict[str, Any], str, int]:
    """The first line, the last line, the hash of all but the last, and how many rows there are."""
    digest, seen, before = hashlib.sha256(), -1, ""
    head: dict[str, Any] = {}
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            digest.update(before.encode())
            head = head or json.loads(line)
            before, seen = line, seen + 1
    return head, json.loads(before), digest.hexdigest(), seen - 1


def _batches(path: Path) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    batch: list[dict[str, Any]] = []
    table: Table | None = None
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for told in map(json.loads, file):
            if "table" not in told:
                continue
            if table is not None and (told["table"] != table.name or len(batch) == _BATCH):
                yield table, batch
                batch = []
            table = METADATA.tables[told["table"]]
            batch.append({name: _typed(table, name, value) for name, value in told["row"].items()})
    if table is not None and batch:
        yield table, batch


def _typed(table: Table, name: str, value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    is_moment = isinstance(table.c[name].type, Moment) and isinstance(value, str)
    return dt.datetime.fromisoformat(value) if is_moment else value


def _count_on(connection: Connection) -> None:
    """Let a database that counts rows in sequences of its own go on after the highest number."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        if table.autoincrement_column is not None:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608 - our own names
                    f"GREATEST((SELECT COALESCE(MAX(id), 1) FROM {table.name}), 1))"
                )
            )
