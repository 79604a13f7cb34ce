"""Statements of every turn, compiled once a database: building them anew each time would cost more than they do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect
from sqlalchemy.sql.elements import ClauseElement

_MOMENT = "%Y-%m-%d %H:%M:%S.%f"
"""How moments stand in SQLite, which has no type for them; the same as the tables' own type writes."""


class Prepared:
    """One statement of the expression language with named values, ready for any database.

    The values of a call are given by name; they are plain numbers, texts, moments and None.
    """

    def __init__(self, statement: ClauseElement) -> None:
        """A statement that is compiled when it is first used."""
        self._statement = statement
        self._ready: dict[str, tuple[str, tuple[str, ...] | None, dict[str, Any]]] = {}

    def on(self, connection: Connection, **values: object) -> CursorResult[Any]:
        """Execute with values by name.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: as for any statement.
        """
        words, places, fixed = self._for(connection.dialect)
        return connection.exec_driver_sql(words, _filled(places, fixed, values))

    def each(self, connection: Connection, rows: Sequence[dict[str, object]]) -> None:
        """Execute once a row."""
        words, places, fixed = self._for(connection.dialect)
        connection.exec_driver_sql(words, [_filled(places, fixed, row) for row in rows])

    def _for(self, dialect: Dialect) -> tuple[str, tuple[str, ...] | None, dict[str, Any]]:
        ready = self._ready.get(dialect.name)
        if ready is None:
            compiled = self._statement.compile(dialect=dialect)
            positions = getattr(compiled, "positiontup", None)
            fixed = {name: value for name, value in compiled.params.items() if value is not None}
            ready = str(compiled), None if positions is None else tuple(positions), fixed
            self._ready[dialect.name] = ready
        return ready


def _filled(places: tuple[str, ...] | None, fixed: dict[str, Any], values: dict[str, Any]) -> Any:  # noqa: ANN401
    """The values as the driver wants them: in places, or by name."""
    if places is None:
        return {**fixed, **values}
    plain = {name: _plain(value) for name, value in values.items()}
    return tuple(plain[name] if name in plain else fixed[name] for name in places)


def _plain(value: object) -> object:
    return value.strftime(_MOMENT) if isinstance(value, dt.datetime) else value
