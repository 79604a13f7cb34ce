"""There and back: a reply sent over HTTP shows its buttons, and pressing one brings its action home."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import cache, partial

import pytest
from telegram import Bot
from telegram.request import BaseRequest

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.faces.http import serve
from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.playground.person import Person
from bot.channels.playground.street import Street
from bot.channels.telegram.rendering import PARSE_MODE, render
from bot.channels.telegram.sealing import seal
from bot.channels.telegram.translating import arrival_of, read_update
from bot.channels.telegram.transport import AiohttpRequest, make_bot
from bot.dialogue.messages import Reply
from tests.journeys.walking import FOLDER, read_journey, walk

KEY = b"k" * 32
AT = dt.datetime(2026, 11, 21, 10, 0, tzinfo=dt.UTC)


@cache
def cards() -> tuple[Reply, ...]:
    """Every card of a journey."""
    return tuple(reply for reply in walk(read_journey(FOLDER / "sole_trader.txt")).replies if reply.buttons)


async def _pressed_all(bot: Bot, street: Street, alice: Person) -> None:
    """Show every card to Alice, and let her press each of its buttons."""
    offset = 0
    for revision, reply in enumerate(cards()):
        shown = render(reply, partial(seal, KEY, alice.id, revision))
        for part in shown.parts:
            await bot.send_message(alice.id, part, parse_mode=PARSE_MODE, api_kwargs={"reply_markup": shown.keyboard})
        offset = await _come_home(bot, street, alice, reply, revision, offset)


async def _come_home(bot: Bot, street: Street, alice: Person, reply: Reply, revision: int, offset: int) -> int:
    card = alice.home.messages[-1]
    assert card.rows == [[button.label for button in row] for row in reply.buttons]
    for label in card.labels:
        alice.presses(card, label)
    told = await bot.do_api_request("GetUpdates", {"offset": offset, "limit": 100})
    heard = [arrival_of(read_update(update), KEY, street.town.bot.username, AT) for update in told]
    arrivals = [one.arrival for one in heard if one.query_id and one.arrival]
    assert [one.action for one in arrivals] == [button.action for row in reply.buttons for button in row]
    assert {one.revision for one in arrivals} == {revision}
    return max(one.update_id for one in heard) + 1


@pytest.mark.parametrize("face", ["inside", "outside"])
def test_every_button_of_a_journey_comes_home(face: str) -> None:
    """Over HTTP and inside the process, each label shows where it was put and its press means what it meant."""

    async def run() -> None:
        street = Street(clock=HandClock())
        alice = street.person("alice")
        alice.starts()
        async with serve(street) as at:
            request: BaseRequest = StreetRequest(street) if face == "inside" else AiohttpRequest()
            async with make_bot(street.token, at.root, request) as bot:
                await _pressed_all(bot, street, alice)

    asyncio.run(run())
