"""From one database to the other: a backup of a file is put into a server, or the other way round, and life goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.dialogue.messages import Arrival
from bot.service.reception import take_next
from bot.store.engine import open_store, reading, writing
from bot.store.inbox import Letter, accept
from bot.store.keeping import back_up, restore
from bot.store.tables import JOURNAL, METADATA
from tests.journeys.walking import NOW, scene_now
from tests.store.postgresql import Server


@pytest.mark.parametrize("way", ["to the server", "to the file"])
def test_everything_moves_and_goes_on(way: str, postgresql: Server, tmp_path: Path) -> None:
    """Every row arrives as it was, and the next letters get numbers, turns and promises of their own."""
    places = [open_store(f"sqlite:///{tmp_path / 'one.db'}"), open_store(postgresql.furnished())]
    old, new = places if way == "to the server" else places[::-1]
    _lives(old, 1, 4)
    back_up(old, tmp_path / "kept.jsonl.gz", NOW)
    restore(new, tmp_path / "kept.jsonl.gz")
    assert _rows(new) == _rows(old)
    with reading(new) as connection:
        assert set(connection.scalars(select(JOURNAL.c.at))) == {NOW}
    _lives(new, 4, 6)
    _lives(old, 4, 6)
    assert {name: len(rows) for name, rows in _rows(new).items()} == {n: len(rows) for n, rows in _rows(old).items()}
    for place in places:
        place.dispose()


def _lives(store: Engine, first: int, last: int) -> None:
    """Letters of one person come in and get their turns."""
    for number in range(first, last):
        told = {1: {"command": "start"}, 2: {"action": "consent:yes"}}.get(number, {"command": "menu"})
        arrival = Arrival(key=f"u{number}", at=NOW, locale="zh", **told)
        with writing(store) as connection:
            assert accept(connection, [Letter("tg:1", number, arrival, 0, number)])
        assert take_next(store, "tg:1", scene_now(), "me") is not None


def _rows(store: Engine) -> dict[str, list[tuple[object, ...]]]:
    with reading(store) as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for name, table in METADATA.tables.items()
        }
