"""The engine: one database address in, connections that begin and end whole transactions out."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from bot.store.prepared import straight
from bot.store.schema import UnusableStoreError, bring_up_to_date, is_up_to_date

_WRITER = "one_writer"
"""The engine's option that holds who writes to an SQLite file."""

_RIGHT = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"
_SERVER = "postgresql+psycopg"
_PAGES = 4000
"""Of SQLite's log before they move into the file: a page that many turns change moves once."""

_CONNECT_SECONDS = 10
_CONNECTIONS = 10
"""Kept open to a server: one for each thread that works on turns, and a few for those who look on."""


def open_store(address: str) -> Engine:
    """An engine with its tables in place and up to date.

    SQLite files are opened in WAL mode with immediate transactions, readable by their owner only; the folder is
    made if it is missing. ``sqlite://`` is a database in memory for one process. ``postgresql://…`` goes through
    psycopg.

    Raises:
        UnusableStoreError: when there is no such database, or none that this program can use.
    """
    with _told_plainly():
        engine = _engine(address)
        try:
            bring_up_to_date(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine


def look_into(address: str) -> Engine | None:
    """An engine on a store that is there and up to date, to look into and to change nothing; None for any other.

    Raises:
        UnusableStoreError: when a server cannot be asked, or the address is none.
    """
    with _told_plainly():
        url = make_url(address)
        if url.drivername.startswith("sqlite") and not (url.database and Path(url.database).is_file()):
            return None
        engine = _engine(address)
        if is_up_to_date(engine):
            return engine
        engine.dispose()
        return None


def _engine(address: str) -> Engine:
    url = make_url(address)
    if url.drivername in {"sqlite", "sqlite+pysqlite"}:
        return _sqlite(url)
    if url.drivername not in {"postgres", "postgresql", _SERVER}:
        raise UnusableStoreError(f"{url.drivername} is not supported; {_RIGHT} would be right")
    url = url.set(drivername=_SERVER)
    patience = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECT_SECONDS}
    return create_engine(url, pool_size=_CONNECTIONS, hide_parameters=True, connect_args=patience)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Say in one line what is wrong with a database, without the address: a password may be in it."""
    try:
        yield
    except ArgumentError:
        raise UnusableStoreError(f"it is no address of a database; {_RIGHT} would be right") from None
    except ModuleNotFoundError as error:
        raise UnusableStoreError(
            f"{error.name} is not installed; pip install 'limit-guide[postgres]' is right"
        ) from None
    except (SQLAlchemyError, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        lines = str(cause).strip().splitlines() or [type(cause).__name__]
        raise UnusableStoreError(f"it cannot be opened: {lines[0]}") from None


@contextmanager
def reading(store: Engine) -> Iterator[Connection]:
    """A connection that only reads: it waits for no writer and keeps none waiting."""
    with store.connect() as connection:
        if store.dialect.name == "sqlite":
            connection.execution_options(reading=True)
        else:
            connection.execution_options(isolation_level="AUTOCOMMIT")
        yield connection


@contextmanager
def writing(store: Engine) -> Iterator[Connection]:
    """One transaction that writes; it is rolled back when the block raises."""
    writer: _OneWriter | None = store.get_execution_options().get(_WRITER)
    with store.begin() if writer is None else writer.transaction(store) as connection:
        yield connection


class _OneWriter:
    """SQLite has one writer at a time; waiting at a lock of ours is cheaper and fairer than asking again and again.

    The connection stays open between transactions: to fetch one from the pool costs more than a whole turn's writing.
    """

    def __init__(self) -> None:
        """A writer that has not written yet."""
        self._lock = threading.Lock()
        self._open: Connection | None = None

    @contextmanager
    def transaction(self, engine: Engine) -> Iterator[Connection]:
        """One transaction; after one that failed the connection is a new one."""
        with self._lock:
            connection = self._open or engine.connect()
            self._open = None
            try:
                with connection.begin():
                    yield connection
                if connection.in_transaction():
                    connection.rollback()
            except BaseException:
                connection.close()
                raise
            self._open = connection

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            if self._open is not None:
                self._open.invalidate()
                self._open.close()
            self._open = None


def wipe_log(store: Engine) -> None:
    """Leave nothing of what was deleted in the log beside an SQLite file; a server does so on its own.

    While another process reads, the log stays until the next time.
    """
    if store.dialect.name == "sqlite":
        with reading(store) as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _sqlite(url: URL) -> Engine:
    if url.database in {None, "", ":memory:"}:
        engine = create_engine(
            url, poolclass=StaticPool, hide_parameters=True, connect_args={"check_same_thread": False}
        )
    else:
        _private_file(Path(str(url.database)))
        engine = create_engine(url, hide_parameters=True, connect_args={"timeout": 10, "check_same_thread": False})
    writer = _OneWriter()
    engine.update_execution_options(**{_WRITER: writer})
    event.listen(engine, "engine_disposed", lambda _engine: writer.close())
    _use_immediate(engine)
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
        connection.execute(f"PRAGMA wal_autocheckpoint={_PAGES}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if not connection.get_execution_options().get("reading"):
            straight(connection, "BEGIN IMMEDIATE")
