"""The engine: one database address in, connections that begin and end whole transactions out."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.store.tables import METADATA


def open_store(address: str) -> Engine:
    """An engine with its tables in place.

    SQLite files are opened in WAL mode with immediate transactions, readable by their owner only; the folder is
    made if it is missing. ``sqlite://`` is a database in memory for one process.
    """
    url = make_url(address)
    if not url.drivername.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True)
    elif url.database in {None, "", ":memory:"}:
        engine = create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
        _use_immediate(engine)
    else:
        _private_file(Path(str(url.database)))
        engine = create_engine(url, connect_args={"timeout": 10})
        _use_immediate(engine)
    METADATA.create_all(engine)
    return engine


def _private_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600, exist_ok=True)


def _use_immediate(engine: Engine) -> None:
    """Take the write lock at the start of a transaction: a turn reads and then writes, and must not deadlock."""

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
