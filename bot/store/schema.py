"""The schema's history: a new database gets today's tables at once, an older one every step since it was made."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Dialect, Engine, inspect, text
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.store.tables_news import WHOLE

FOLDER = Path(__file__).parent / "migrations"
VERSION_TABLE = "alembic_version"


class UnusableStoreError(ValueError):
    """A database that cannot be used; the message says why in one line, without a password."""


class NewerStoreError(UnusableStoreError):
    """The database was written by a newer Limit Guide than this one."""


def steps() -> tuple[str, ...]:
    """The names of all steps, oldest first; they are numbered in their file names, so the history is a line."""
    return tuple(sorted(path.stem for path in (FOLDER / "versions").glob("[0-9]*.py")))


def newest_version() -> str:
    """The name of the last step."""
    return steps()[-1]


def bring_up_to_date(engine: Engine) -> None:
    """Make or change the tables so that they are today's; safe when several processes start at once.

    Alembic is imported only where there is something to change, so that a chat does not wait for it.

    Raises:
        NewerStoreError: when the database has a step that this program does not know.
    """
    if _version(engine) == newest_version():
        return
    with engine.begin() as connection:
        _alone(connection)
        _change(connection, _stored(connection))


def is_up_to_date(engine: Engine) -> bool:
    """Whether a database has today's tables already; nothing is changed."""
    return _version(engine) == newest_version()


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        connection.execution_options(reading=True)
        return _stored(connection)


def _stored(connection: Connection) -> str | None:
    """The step this database is at; None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - our own name
    return found


def _alone(connection: Connection) -> None:
    """Let other processes that start now wait; SQLite's immediate transactions do so already."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(5161)"))


def _change(connection: Connection, version: str | None) -> None:
    newest = newest_version()
    if version is None and not inspect(connection).has_table("conversations"):
        for words in _tables_of(connection.dialect.name):
            connection.exec_driver_sql(words)
        key = f"CONSTRAINT {VERSION_TABLE}_pkc PRIMARY KEY (version_num)"
        connection.execute(text(f"CREATE TABLE {VERSION_TABLE} (version_num VARCHAR(32) NOT NULL, {key})"))
        connection.execute(
            text(f"INSERT INTO {VERSION_TABLE} VALUES (:version)"),  # noqa: S608 - our own name
            {"version": newest},
        )
    elif version is not None and version not in steps():
        raise NewerStoreError(f"the database is at step {version}, this Limit Guide knows steps up to {newest}")
    elif version != newest:
        importlib.import_module("bot.store.migrating").upgrade(connection, FOLDER)


@cache
def _tables_of(database: str) -> tuple[str, ...]:
    """What makes all of today's tables in an empty database; spelled out once, for it takes longer than to do it."""
    dialect: Dialect = registry.load(database)()
    tables = WHOLE.sorted_tables
    elements = (
        [CreateTable(table) for table in tables],
        [CreateIndex(index) for table in tables for index in table.indexes],
    )
    return tuple(str(element.compile(dialect=dialect)) for kind in elements for element in kind)
