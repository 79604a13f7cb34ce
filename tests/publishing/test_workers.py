"""Workers say which edition they have in use, and operators see it."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

from bot.channels.telegram.joining import at_once
from bot.channels.telegram.renewing import edition_told
from bot.store.engine import reading, writing
from bot.store.working import InUse, code_of, editions_in_use, forget_worker, note_edition
from tests.journeys.walking import NOW
from tests.publishing.desks import EditorsDesk


def test_health_tells_the_edition_of_every_worker(tmp_path: Path) -> None:
    """Each worker stands there once, with its newest word; one that ended or was silent for a day is gone."""
    desk = EditorsDesk(tmp_path)
    first, second = (NOW - dt.timedelta(seconds=one) for one in (9, 4))
    with writing(desk.house.store) as connection:
        note_edition(connection, "gone", 1, NOW - dt.timedelta(days=2))
        note_edition(connection, "ended", 2, first)
        for name, number, at in (("a", 2, first), ("b", 2, first), ("a", 3, second)):
            note_edition(connection, name, number, at)
        forget_worker(connection, "ended")
    with reading(desk.house.store) as connection:
        assert set(editions_in_use(connection)) == {InUse(code_of("a"), 3, second), InUse(code_of("b"), 2, first)}
    sheet = desk.gives("health").sheet
    assert sheet is not None
    rows = dict(sheet.rows)
    assert (rows["edition_newest"], rows["edition_here"]) == (0, 0)
    assert rows[f"edition of worker {code_of('a')} (4 s ago)"] == 3
    assert rows[f"edition of worker {code_of('b')} (9 s ago)"] == 2


def test_a_worker_is_known_while_it_works(tmp_path: Path) -> None:
    """From its start to its end the store names it with its edition."""
    house = EditorsDesk(tmp_path).house
    seen: list[tuple[InUse, ...]] = []

    async def life() -> None:
        async with edition_told(house, at_once, lambda: NOW, "me"):
            await asyncio.sleep(0.01)
            with reading(house.store) as connection:
                seen.append(editions_in_use(connection))

    asyncio.run(life())
    assert seen == [(InUse(code_of("me"), 0, NOW),)]
    with reading(house.store) as connection:
        assert editions_in_use(connection) == ()
