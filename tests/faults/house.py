"""The whole bot on the street in one thread: real store, real turns, real postman, and a clock turned by hand."""

from __future__ import annotations

import asyncio
import datetime as dt
import weakref
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.street import Street
from bot.channels.playground.town.town import Setup
from bot.channels.telegram.joining import Parts, at_once, bot_of, join
from bot.channels.telegram.polling import poll
from bot.dialogue.conversation import Conversation
from bot.settings import Settings
from bot.store.conversations import load_conversation
from bot.wiring import House

ZONE = ZoneInfo("Asia/Shanghai")


@cache
def shelves() -> House:
    """A house whose library and packs every other borrows: reading them takes a second."""
    return House(Settings(), "sqlite://")


class Neighbourhood:
    """A street, a store, and a bot that can be started, stopped and killed as often as one likes."""

    def __init__(self, address: str = "sqlite://", seed: int = 1, **setup: object) -> None:
        self.clock = HandClock()
        self.street = Street(seed, self.clock, Setup(**setup))
        self.settings = Settings(bot_token=SecretStr(self.street.token), database_url=address)
        self.house = House(self.settings, address)
        self.house._reading = shelves().read_ahead()
        weakref.finalize(self, self.house.store.dispose)  # or a server's connection is found open in another test

    def now(self) -> dt.datetime:
        """The present moment of the street."""
        return dt.datetime.fromtimestamp(self.clock(), ZONE)

    def person(self, name: str, language: str = "zh-hans") -> Person:
        """Somebody with a phone in a language."""
        person = self.street.person(name)
        person.user.language = language
        return person

    @asynccontextmanager
    async def awake(self) -> AsyncIterator[Parts]:
        """The bot at work by polling for as long as the block lasts."""
        bot = bot_of(self.settings, StreetRequest(self.street), StreetRequest(self.street))
        await bot.initialize()
        parts = join(bot, self.house, self.settings, self.now, at_once)
        await parts.worker.start(alone=True)
        stopping = asyncio.Event()
        polling = asyncio.create_task(poll(bot, parts.door.take, stopping))
        try:
            yield parts
        finally:
            stopping.set()
            await polling
            await parts.worker.stop()
            await parts.carrier.finish()

    def conversation(self, who: Person) -> Conversation:
        """What is kept of somebody."""
        with self.house.store.connect() as connection:
            return load_conversation(connection, f"tg:{who.id}")


async def settled(parts: Parts, seconds: float = 0.05) -> None:
    """Wait until the bot has nothing in hand."""
    await asyncio.sleep(seconds)
    while parts.worker.busy:  # noqa: ASYNC110 - turns and deliveries tell nobody of their end
        await asyncio.sleep(seconds)


def card(who: Person) -> Sight:
    """The newest message with buttons in somebody's chat."""
    return [sight for sight in who.home.messages if sight.rows][-1]
