"""A plain HTTP client that acts as the playground's page: it reads what shows and sends what people do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, TypeVar

import aiohttp

from bot.channels.playground.page.cast import gather
from bot.channels.playground.page.process import BotProcess
from bot.channels.playground.page.server import Shown, served
from bot.channels.playground.page.watched import WatchedStreet
from bot.wiring import read_front
from knowledge.phrasing import Phrasebook

Part = dict[str, Any]
T = TypeVar("T")


class Page:
    """One open page: the parts that show, kept as the server tells."""

    def __init__(self, address: str, session: aiohttp.ClientSession) -> None:
        self.address = address
        self.session = session
        self.parts: dict[str, Part] = {}
        self._news = asyncio.Condition()

    async def act(self, name: str, **more: object) -> tuple[int, Part]:
        """Send an act; the status and what came back."""
        async with self.session.post(f"{self.address}act", json={"act": name, **more}) as answer:
            return answer.status, await answer.json()

    async def read(self, answer: aiohttp.ClientResponse) -> None:
        """Keep the parts as they come, for as long as the page is open."""
        async for line in answer.content:
            if line.startswith(b"data: "):
                told = json.loads(line.removeprefix(b"data: "))
                async with self._news:
                    self.parts |= told.get("changed", {})
                    self.parts = {name: part for name, part in self.parts.items() if name not in told.get("gone", ())}
                    self._news.notify_all()

    async def until(self, true: Callable[[], T | None], seconds: float = 50.0) -> T | None:
        """Wait until something shows, and give it."""
        async with asyncio.timeout(seconds), self._news:
            await self._news.wait_for(true)
        return true()

    def person(self, username: str) -> int:
        """The id of the person of that user name."""
        return next(one["id"] for one in self.parts["street"]["people"] if one["username"] == username)

    def chat(self, person: int, chat: int = 0) -> list[Part]:
        """What a person sees in a chat, in order; the private one when none is named."""
        name = f"{person}:{chat or person}"
        keys = self.parts.get(f"chat:{name}", {}).get("order", [])
        return [self.parts[f"said:{name}:{key}"] for key in keys if f"said:{name}:{key}" in self.parts]

    def card(self, person: int) -> Part | None:
        """The newest message with buttons in somebody's private chat."""
        return next((one for one in reversed(self.chat(person)) if one["rows"]), None)


@cache
def words() -> Phrasebook:
    """The phrases, read once for all tests."""
    return read_front().phrases


@asynccontextmanager
async def opened_page(address: str) -> AsyncIterator[Page]:
    """A page at an address, which has seen what shows at first."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None)) as session:
        page = Page(address, session)
        async with session.get(f"{address}events") as answer:
            reading = asyncio.create_task(page.read(answer))
            try:
                await page.until(lambda: "street" in page.parts)
                yield page
            finally:
                reading.cancel()
                await asyncio.gather(reading, return_exceptions=True)


@asynccontextmanager
async def page_without_bot() -> AsyncIterator[tuple[Page, Shown]]:
    """A page on a street whose bot sleeps."""
    street = WatchedStreet(7)
    shown = Shown(gather(street, words()), BotProcess({}, street.tell), words())
    async with served(shown) as address, opened_page(address) as page:
        yield page, shown
