"""Several workers at one store: what floods in is held against all of them together, and costs the calm nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import count

from sqlalchemy import event

from bot.channels.telegram.joining import Parts, at_once, join
from bot.service import quotas
from tests.doors.test_telegram_whispers import Group
from tests.faults.house import settled
from tests.store.postgresql import Server

CRY = "我不想活了"
_numbers = count(500_000_000)


def _said(town: Group, words: str, *, group: bool) -> dict[str, object]:
    """An update as the platform sends it: Alice says something in private or in the group."""
    number, alice = next(_numbers), town.alice.id
    who = {"id": alice, "is_bot": False, "first_name": "Alice", "language_code": "zh-hans"}
    place = {"id": town.place.id, "type": "supergroup", "title": "Talk"} if group else {"id": alice, "type": "private"}
    message = {"message_id": number, "date": int(town.clock()), "from": who, "chat": place, "text": words}
    return {"update_id": number, "message": message}


def _together(town: Group, life: Callable[[Parts, Parts], Awaitable[None]]) -> None:
    """Two workers at one store, both at work."""

    async def go(one: Parts) -> None:
        other = join(one.bot, town.house, town.settings, town.now, at_once)
        await life(one, other)
        await settled(other, 1.0)

    town.lived(go)


def test_a_flood_is_shared_out_among_workers() -> None:
    """Whoever floods two workers by turns gets one a second in the long run, as with one of them."""
    town, both, turns = Group(), [], []

    async def life(one: Parts, other: Parts) -> None:
        both.extend((one, other))
        for number in range(600):
            await both[number % 2].door.take([_said(town, "/menu", group=False)])
            await asyncio.sleep(0.1)
            turns.append(sum(parts.worker.counts["turns"] for parts in both))

    _together(town, life)
    assert turns[-1] <= 2 * 38 + 30 + 60
    assert 28 <= turns[-1] - turns[-301] <= 32
    assert sum(parts.door.counts["flood"] for parts in both) >= 600 - turns[-1]


def test_a_group_is_comforted_once_by_all_workers() -> None:
    """A cry that two workers hear, or one before and one after a restart, is answered once."""
    town = Group()

    async def life(one: Parts, other: Parts) -> None:
        await one.door.take([_said(town, CRY, group=True)])
        await asyncio.sleep(1.0)
        await other.door.take([_said(town, CRY, group=True)])

    _together(town, life)
    assert len(town.ours()) == 1


def test_who_is_calm_asks_no_store() -> None:
    """Thirty messages of one person in a row are a matter of one worker."""
    town = Group()
    asked: list[str] = []

    async def life(one: Parts, _other: Parts) -> None:
        event.listen(town.house.store, "before_cursor_execute", lambda *call: asked.append(call[2]))
        for _ in range(30):
            await one.door.take([_said(town, "/menu", group=False)])

    _together(town, life)
    assert not [words for words in asked if "INTO paces" in words]


def test_a_shared_bucket_is_one_bucket(postgresql: Server) -> None:
    """Tokens come back one by one, however many take them, and a clock set back holds nobody up for long."""
    town = Group(address=postgresql.fresh())
    store, now = town.house.store, town.now()
    taken = [quotas.token_taken(store, "somebody", 3, 2.0, now) for _ in range(5)]
    assert taken == [True, True, True, False, False]
    town.clock.advance(2.0)
    assert [quotas.token_taken(store, "somebody", 3, 2.0, town.now()) for _ in range(2)] == [True, False]
    town.clock.advance(7200.0)
    assert quotas.token_taken(store, "somebody", 3, 2.0, town.now())
    assert not quotas.token_taken(store, "somebody", 3, 2.0, now)
    store.dispose()
