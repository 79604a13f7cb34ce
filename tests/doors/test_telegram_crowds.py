"""Crowds: however many write in a group, it is told no more than twenty things a minute, and a flood costs no write."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from bot.channels.playground.town.limits import Limits
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.sealing import seal
from bot.service.pacing import Kind, Pace
from bot.service.quotas import place_taken
from bot.store.engine import open_store
from tests.doors.test_telegram_whispers import OFFER, PHONE, Group
from tests.faults.house import settled

_GROUPS = count(1)
KINDS: tuple[Kind, ...] = ("send", "edit", "news")


@pytest.fixture(scope="module")
def store() -> Iterator[Engine]:
    """One store for all examples, each with a group of its own."""
    opened = open_store("sqlite://")
    yield opened
    opened.dispose()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KINDS), st.floats(0, 20)), min_size=1, max_size=120))
def test_no_minute_of_a_group_holds_more_than_twenty(store: Engine, calls: list[tuple[Kind, float]]) -> None:
    """Sends and edits count together in every stretch of sixty seconds, whenever they are asked for."""
    pace, now, went = Pace(), 1_000.0, []
    group = f"tg:-{next(_GROUPS)}"
    for kind, later in calls:
        now += later
        while (pause := pace.wait(group, kind, now, group=True) or _place(store, group, now)) > 0:
            now += pause
        went.append(now)
    for moment in went:
        assert sum(moment <= other < moment + 60 for other in went) <= 20


def _place(store: Engine, group: str, now: float) -> float:
    return place_taken(store, group, dt.datetime.fromtimestamp(now, dt.UTC))


def test_a_crowd_of_scammers_is_swept_within_the_limits() -> None:
    """A hundred offers and numbers in a minute go in a few calls, and the platform never says that it is too much."""
    town = Group(limits=Limits())
    crowd = [town.person(f"crowd{number}") for number in range(20)]
    for one in crowd:
        one.joins(town.place)

    async def life(parts: Parts) -> None:
        sights = []
        for number in range(100):
            said = OFFER if number % 2 else f"{PHONE[:-2]}{number:02}"
            sights.append(crowd[number % 20].says(town.place, f"{said} {number}"))
            await asyncio.sleep(0.6)
        await asyncio.sleep(3.0)
        sights.append(crowd[0].says(town.place, OFFER))
        await settled(parts, 200.0)
        assert not [sight for sight in sights if not sight.deleted]
        assert parts.postman.counts["later.429"] == 0
        assert parts.postman.counts["superseded"] > 10

    town.lived(life)
    assert len(town.ours()) <= 2
    assert not town.street.town.meter.blocked


def test_a_flood_in_a_group_costs_no_write_beyond_what_can_be_answered() -> None:
    """Of four hundred calls of many people in a moment, thirty become letters; the others touch no table."""
    town = Group()
    crowd = [town.person(f"crowd{number}") for number in range(20)]
    name = town.street.town.bot.username
    for one in crowd:
        one.joins(town.place)
    writes: list[str] = []

    async def life(parts: Parts) -> None:
        event.listen(town.house.store, "before_cursor_execute", lambda *call: writes.append(call[2]))
        for number in range(400):
            crowd[number % 20].says(town.place, f"/ask@{name} ?")
        await settled(parts, 1.0)
        assert parts.door.counts["flood"] >= 360
        letters = len([one for one in writes if "INTO inbox" in one])
        for _ in range(50):
            crowd[0].says(town.place, "大家好")
        await settled(parts, 0.5)
        assert len([one for one in writes if "INTO inbox" in one]) == letters <= 80

    town.lived(life)


def test_a_press_too_many_is_answered_and_moves_nothing() -> None:
    """However often a button of the group is pressed, its spinner stops; beyond the limit no letter is made."""
    town = Group()

    async def life(parts: Parts) -> None:
        data = seal(parts.door._keys[0], town.place.id, 1, "ask:")
        markup = {"inline_keyboard": [[{"text": "x", "callback_data": data}]]}
        await parts.bot.do_api_request("sendmessage", {"chat_id": town.place.id, "text": "c", "reply_markup": markup})
        presses = [town.alice.presses(town.place.last, "x") for _ in range(90)]
        await settled(parts, 2.0)
        assert parts.door.counts["flood"] >= 25
        assert all(press.answer is not None for press in presses)

    town.lived(life)
