"""The audit trail: whole as it is written, and broken wherever anybody changes, removes, moves or adds a row."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from bot.store.audit import AUDIT, AUDIT_HEAD, newest, record, verify
from bot.store.engine import reading, writing

LONG = 12


def _filled(store: Engine) -> None:
    with writing(store) as connection:
        for number in range(LONG):
            record(connection, 1_000 + number, "tg:1", "grant", f"role=editor n={number}")


def _broken(store: Engine, noted: str = "") -> int | None:
    with reading(store) as connection:
        return verify(connection, noted).broken


def _changed(column: str, number: int) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        kept = connection.scalar(select(AUDIT.c[column]).where(AUDIT.c.id == number))
        other = kept + 1_000_000 if isinstance(kept, int) else f"x{kept}"[: len(str(kept))] or "x"
        connection.execute(update(AUDIT).where(AUDIT.c.id == number).values({column: other}))

    return change


def _swapped(connection: Connection) -> None:
    for old, new in ((4, -1), (5, 4), (-1, 5)):
        connection.execute(update(AUDIT).where(AUDIT.c.id == old).values(id=new))


def _removed(*numbers: int) -> Callable[[Connection], None]:
    return lambda connection: connection.execute(delete(AUDIT).where(AUDIT.c.id.in_(numbers))) and None


def _added(connection: Connection) -> None:
    row = connection.execute(select(AUDIT).where(AUDIT.c.id == LONG)).mappings().one()
    connection.execute(insert(AUDIT).values({**row, "id": LONG + 1, "before": row["hash"]}))


CHANGES: dict[str, tuple[Callable[[Connection], object], int]] = {
    **{
        f"{column} of row {number}": (_changed(column, number), at)
        for number, at in ((1, 1), (6, 6), (LONG, LONG))
        for column in AUDIT.c.keys()  # noqa: SIM118 - a collection of columns, whose keys are their names
    },
    "first removed": (_removed(1), 1),
    "one removed": (_removed(7), 7),
    "last removed": (_removed(LONG), LONG),
    "all removed": (_removed(*range(1, LONG + 1)), 1),
    "two swapped": (_swapped, 4),
    "one added": (_added, LONG + 1),
    "head set back": (lambda connection: connection.execute(update(AUDIT_HEAD).values(number=LONG - 1)), LONG + 1),
    "head removed": (lambda connection: connection.execute(delete(AUDIT_HEAD)), LONG + 1),
}


def test_a_whole_trail_is_whole(store: Engine) -> None:
    """An empty trail and a written one are in order; rows come back newest first, each naming the one before."""
    assert _broken(store) is None
    _filled(store)
    with reading(store) as connection:
        verdict, rows = verify(connection), newest(connection, 3)
    assert (verdict.rows, verdict.broken) == (LONG, None)
    assert [row.number for row in rows] == [LONG, LONG - 1, LONG - 2]
    assert rows[0].before == rows[1].hash
    assert verdict.head == rows[0].hash


@pytest.mark.parametrize("what", CHANGES)
def test_any_change_is_found(store: Engine, what: str) -> None:
    """Whatever column of whatever row is altered, and whatever row goes, comes or moves, its place is named."""
    _filled(store)
    change, place = CHANGES[what]
    with writing(store) as connection:
        change(connection)
    assert _broken(store) == place


def test_a_trail_cut_with_its_head_is_found_by_a_noted_hash(store: Engine) -> None:
    """Who cuts the end and sets the head back to fit is betrayed by a hash that was noted elsewhere."""
    _filled(store)
    with reading(store) as connection:
        noted, before = newest(connection, 1)[0].hash, newest(connection, 2)[1].hash
    assert _broken(store, noted) is None
    with writing(store) as connection:
        connection.execute(delete(AUDIT).where(AUDIT.c.id == LONG))
        connection.execute(update(AUDIT_HEAD).values(number=LONG - 1, hash=before))
    assert _broken(store) is None
    assert _broken(store, noted) == LONG


def test_many_hands_write_one_line(store: Engine) -> None:
    """Rows that are added at once from several threads stand one behind the other, none lost."""

    def add(number: int) -> None:
        with writing(store) as connection:
            record(connection, number, "tg:1", "block", "")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(20)))
    with reading(store) as connection:
        verdict = verify(connection)
    assert (verdict.rows, verdict.broken) == (20, None)


def test_what_is_undone_leaves_no_row(store: Engine) -> None:
    """A row belongs to the transaction of its deed: when that is rolled back the trail goes on from before."""
    _filled(store)
    with store.connect() as connection:
        record(connection, 5, "tg:1", "erase", "")
        connection.rollback()
    assert _broken(store) is None
    with reading(store) as connection:
        assert newest(connection, 1)[0].number == LONG
