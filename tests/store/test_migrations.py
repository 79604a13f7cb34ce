"""The schema's history: from every shape a database ever had to today's, on both databases, with every row kept."""

from __future__ import annotations

import datetime as dt
import multiprocessing
from collections.abc import Iterator
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    MetaData,
    String,
    Table,
    create_engine,
    func,
    inspect,
    select,
    text,
    update,
)

from bot.store.engine import open_store
from bot.store.inbox import all_taken
from bot.store.migrating import check, configured
from bot.store.outbox import due_promises
from bot.store.schema import FOLDER, VERSION_TABLE, NewerStoreError, bring_up_to_date, newest_version
from bot.store.tables import METADATA
from tests.store.conftest import DATABASES
from tests.store.postgresql import Server

VERSION = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32)))
NOW = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)
STEPS = sorted(path.stem for path in (FOLDER / "versions").glob("[0-9]*.py"))
VALUES = {"INTEGER": 7, "BIGINT": 2**40, "DATETIME": NOW, "TIMESTAMP": NOW}
REPLY = '{"blocks":[{"kind":"text","markup":"planted"}]}'


@pytest.fixture(params=DATABASES)
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that does not exist yet, or is empty."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'house' / 'limit-guide.db'}"
    return str(request.getfixturevalue("postgresql").fresh())


@pytest.fixture
def bare(address: str) -> Iterator[Engine]:
    """An engine on an empty database, without any table of ours."""
    engine = create_engine(address)
    if engine.dialect.name == "sqlite":
        Path(str(engine.url.database)).parent.mkdir()
    yield engine
    engine.dispose()


def _stepped(engine: Engine, step: str) -> None:
    with engine.begin() as connection:
        command.upgrade(configured(connection, FOLDER), step)


def _shapes(connection: Connection) -> list[Table]:
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name != VERSION_TABLE]


def _planted(engine: Engine) -> dict[str, list[dict[str, object]]]:
    """Three rows in every table that is there, every column filled; returns them as they are read back."""
    with engine.begin() as connection:
        for table in _shapes(connection):
            columns = [(column.name, str(column.type)) for column in table.c]
            rows = [{name: _value(table.name, name, kind, number) for name, kind in columns} for number in range(1, 4)]
            connection.execute(table.insert(), rows)
        return _rows(connection)


def _value(table: str, column: str, kind: str, number: int) -> object:
    if column == "reply":
        return REPLY
    known = next((value for name, value in VALUES.items() if kind.startswith(name)), None)
    if column == "id" and known is not None:
        return number
    return known if known is not None else f"{table[:4]}-{column[:8]}-{number}"


def _rows(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """Everything that stands in every table, as the database itself gives it."""
    names = set(inspect(connection).get_table_names()) - {VERSION_TABLE}
    every = {name: connection.execute(text(f"SELECT * FROM {name} ORDER BY id")) for name in names}  # noqa: S608 - ours
    return {name: [dict(row._mapping) for row in rows] for name, rows in every.items()}


@pytest.mark.parametrize("step", ["before the history", *STEPS])
def test_no_row_is_lost_on_the_way_to_today(bare: Engine, step: str) -> None:
    """From every older shape, even the one from before its version was written down, all rows arrive as they were."""
    _stepped(bare, step if step in STEPS else STEPS[0])
    if step not in STEPS:
        with bare.begin() as connection:
            VERSION.drop(connection)
    before = _planted(bare)
    bring_up_to_date(bare)
    with bare.connect() as connection:
        after = _rows(connection)
        assert connection.scalar(select(VERSION.c.version_num)) == newest_version()
        assert not all_taken(connection)
        assert due_promises(connection, "outb-conversa-1")[0].reply.blocks
    for table, rows in before.items():
        assert [{name: row[name] for name in old} for row, old in zip(after[table], rows, strict=True)] == rows


def test_the_steps_and_the_tables_say_the_same(bare: Engine) -> None:
    """Alembic finds nothing that a step forgets, and the steps are one straight line whose last is the newest."""
    bring_up_to_date(bare)
    with bare.begin() as connection:
        check(connection, FOLDER)
    _emptied(bare)
    _stepped(bare, "head")
    with bare.begin() as connection:
        check(connection, FOLDER)
        history = ScriptDirectory.from_config(configured(connection, FOLDER))
    assert [step.revision for step in history.walk_revisions()] == STEPS[::-1]
    assert history.get_heads() == [newest_version()]


def _emptied(engine: Engine) -> None:
    with engine.begin() as connection:
        METADATA.drop_all(connection)
        VERSION.drop(connection)


def test_made_at_once_or_step_by_step_is_the_same(bare: Engine) -> None:
    """A new database and one that took every step have the same columns, keys, indexes and counters."""
    bring_up_to_date(bare)
    at_once = _drawn(bare)
    _emptied(bare)
    _stepped(bare, "head")
    assert _drawn(bare) == at_once


def _drawn(engine: Engine) -> dict[str, object]:
    """Everything that a database can tell of its tables."""
    found: dict[str, object] = {}
    with engine.connect() as connection:
        about = inspect(connection)
        for table in about.get_table_names():
            found[table] = {
                "columns": sorted(
                    (c["name"], str(c["type"]), c["nullable"], _plain(c)) for c in about.get_columns(table)
                ),
                "key": (about.get_pk_constraint(table)["name"], about.get_pk_constraint(table)["constrained_columns"]),
                "unique": sorted((u["name"], u["column_names"]) for u in about.get_unique_constraints(table)),
                "indexes": sorted((i["name"], i["column_names"], bool(i["unique"])) for i in about.get_indexes(table)),
            }
        if engine.dialect.name == "postgresql":
            counters = text("SELECT sequencename, data_type::text, max_value FROM pg_sequences ORDER BY 1")
            found["counters"] = [tuple(row) for row in connection.execute(counters)]
    return found


def _plain(column: dict[str, object]) -> str:
    """A column's default without quotes, which the two ways of making it spell differently."""
    return str(column["default"]).split("::", maxsplit=1)[0].strip("'")


def test_a_newer_database_is_refused(address: str) -> None:
    """A step that this program does not know stops the start, names both sides, and changes nothing."""
    open_store(address).dispose()
    engine = create_engine(address)
    for strange in ("9999_tomorrow", "0001_somebody_elses"):
        with engine.begin() as connection:
            connection.execute(update(VERSION).values(version_num=strange))
        with pytest.raises(NewerStoreError, match=f"{strange}.*{newest_version()}"):
            open_store(address)
    engine.dispose()


def _opened(address: str, barrier: Barrier, said: Queue[object]) -> None:
    barrier.wait()
    try:
        engine = open_store(address)
        with engine.connect() as connection:
            said.put(connection.scalar(select(func.count()).select_from(VERSION)))
        engine.dispose()
    except Exception as error:
        said.put(repr(error))
        raise


@pytest.mark.parametrize("older", [False, True], ids=["empty", "older"])
def test_many_that_start_at_once_do_not_collide(address: str, older: bool) -> None:
    """Six processes that meet at one database, empty or older than they are, all find it ready, changed once."""
    if older:
        open_store(address).dispose()
        engine = create_engine(address)
        _emptied(engine)
        _stepped(engine, STEPS[0])
        engine.dispose()
    fork = multiprocessing.get_context("fork")
    barrier, said = fork.Barrier(6), fork.Queue()
    crowd = [fork.Process(target=_opened, args=(address, barrier, said)) for _ in range(6)]
    for one in crowd:
        one.start()
    told = [said.get(timeout=30) for _ in crowd]
    for one in crowd:
        one.join(30)
    assert told == [1] * 6


def test_a_counter_goes_beyond_thirty_two_bits(postgresql: Server) -> None:
    """Numbers of promises and of what happened never run out on a server that came the whole way."""
    engine = create_engine(postgresql.fresh())
    _stepped(engine, STEPS[0])
    bring_up_to_date(engine)
    with engine.begin() as connection:
        for table in ("outbox", "journal", "inbox"):
            connection.execute(select(func.setval(f"{table}_id_seq", 3_000_000_000)))
    engine.dispose()
