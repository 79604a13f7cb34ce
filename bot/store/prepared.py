"""Statements of every turn, compiled once a database: building them anew each time would cost more than they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.sql.elements import ClauseElement

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How moments stand in SQLite, which has no type for them; the same as the tables' own type writes."""


class Cursor(Protocol):
    """What a statement leaves: rows to fetch, or how many it touched."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed."""

    def fetchone(self) -> Any:  # noqa: ANN401 - a row of the driver's
        """The next row as a tuple, or None."""

    def fetchall(self) -> Sequence[Any]:
        """All rows that are left, as tuples."""


class Prepared:
    """One statement of the expression language with named values, ready for any database.

    The values of a call are given by name; they are plain numbers, texts, moments and None. It goes straight to the
    driver, inside the connection's transaction; where somebody listens to the engine, it goes the way that is heard.
    """

    def __init__(self, statement: ClauseElement) -> None:
        """A statement that is compiled when it is first used."""
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def on(self, connection: Connection, **values: object) -> Cursor:
        """Execute with values by name.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: as for any statement.
        """
        ready = self._ready.get(connection.dialect.name) or self._compiled(connection.dialect)
        filled = _filled(ready, values)
        if connection.dispatch.before_cursor_execute:
            return connection.exec_driver_sql(ready.words, filled)
        return straight(connection, ready.words, filled)

    def _compiled(self, dialect: Dialect) -> _Ready:
        compiled = self._statement.compile(dialect=dialect)
        positions = getattr(compiled, "positiontup", None)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        ready = _Ready(str(compiled), None if positions is None else tuple(positions), fixed)
        self._ready[dialect.name] = ready
        return ready


class _Ready(NamedTuple):
    """A statement's words for one database, the order of its values there, and those that are always the same."""

    words: str
    places: tuple[str, ...] | None
    fixed: dict[str, Any]


def straight(connection: Connection, words: str, values: Any = ()) -> Cursor:  # noqa: ANN401 - as the driver wants them
    """Hand words and values to the driver.

    Raises:
        sqlalchemy.exc.DBAPIError: for the driver's errors; a connection that is gone is dropped from the pool.
    """
    driver: Any = connection.connection.driver_connection
    try:
        cursor: Cursor = driver.execute(words, values)
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # an open connection has a driver
        raise _told(connection, words, error) from error
    return cursor


def _told(connection: Connection, words: str, error: BaseException) -> BaseException:
    """A driver's error as the engine tells it."""
    failed = DBAPIError.instance(words, None, error, Exception, hide_parameters=True)
    if not isinstance(failed, IntegrityError):
        with suppress(SQLAlchemyError):  # the engine notices for itself that a connection is gone
            connection.exec_driver_sql("SELECT 1")
    return failed


@contextmanager
def together(connection: Connection) -> Iterator[None]:
    """Send what is executed within in one go, where the database is so far away that each way there counts.

    What the statements leave, rows and how many they touched, is there after the block. Where somebody listens to the
    engine they go one by one: what the listeners are told has to be there at once.

    Raises:
        sqlalchemy.exc.DBAPIError: for the driver's errors, at the end of the block at the latest.
    """
    driver: Any = connection.connection.driver_connection
    pipeline = getattr(driver, "pipeline", None)
    if pipeline is None or connection.dispatch.before_cursor_execute:
        yield
        return
    try:
        with pipeline():
            yield
    except connection.dialect.dbapi.Error as error:  # type: ignore[union-attr]  # an open connection has a driver
        raise _told(connection, "statements sent together", error) from error


def _filled(ready: _Ready, values: dict[str, Any]) -> Any:  # noqa: ANN401 - as the driver wants them
    """The values as the driver wants them: in places, or by name."""
    if ready.places is None:
        return {**ready.fixed, **values}
    fixed = ready.fixed
    return tuple(_plain(values[name]) if name in values else fixed[name] for name in ready.places)


def _plain(value: object) -> object:
    return _moment(value) if isinstance(value, dt.datetime) else value


@lru_cache(maxsize=64)
def _moment(at: dt.datetime) -> str:
    """A moment as SQLite keeps it; a turn writes the same one several times."""
    return at.astimezone(dt.UTC).strftime(_MOMENT)
