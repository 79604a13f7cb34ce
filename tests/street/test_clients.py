"""Two independent libraries hold the same conversation on both faces of the street, by polling and by webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import ModuleType

from aiohttp import web
from telegram import Bot as Ptb

from bot.channels.playground.clocks import HandClock
from bot.channels.playground.faces.http import serve
from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.playground.street import Street
from tests.street.conversing import LittleBot, converse
from tests.street.ptb_bot import PtbBot, webhook_headers

SECRET = "a-secret_1"
Run = Callable[[Street, LittleBot], Awaitable[list[str]]]


async def _polling(street: Street, bot: LittleBot) -> list[str]:
    async def turn() -> None:
        assert await bot.fetch(5)

    return await converse(street, turn)


async def _delivered(street: Street, bot: LittleBot) -> list[str]:
    """The conversation with updates that come in at a door of the bot, which looks at the secret."""
    handled: set[int] = set()
    news: asyncio.Queue[int] = asyncio.Queue()

    async def door(request: web.Request) -> web.Response:
        if webhook_headers(request.headers) != SECRET:
            return web.Response(status=403)
        told = await request.json()
        await bot.take(told)
        news.put_nowait(told["update_id"])
        return web.Response()

    async def turn() -> None:
        for _ in set(street.town.updates.waiting) - handled:
            handled.add(await asyncio.wait_for(news.get(), 5))

    app = web.Application()
    app.router.add_post("/hook", door)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.bot.set_webhook(address, secret_token=SECRET)  # type: ignore[attr-defined]  both libraries' bots have it
    try:
        return await converse(street, turn)
    finally:
        await runner.cleanup()


async def _ptb_inside(run: Run) -> list[str]:
    street = Street(clock=HandClock())
    request = StreetRequest(street)
    async with Ptb(street.token, request=request, get_updates_request=StreetRequest(street)) as bot:
        return await run(street, PtbBot(bot))


async def _ptb_outside(run: Run) -> list[str]:
    street = Street(clock=HandClock())
    async with serve(street) as at, Ptb(street.token, at.base_url, at.base_file_url) as bot:
        return await run(street, PtbBot(bot))


async def _aiogram_outside(run: Run, other_library: ModuleType) -> list[str]:
    street = Street(clock=HandClock())
    async with serve(street) as at, other_library.connected(street.token, at.root) as bot:
        return await run(street, other_library.AiogramBot(bot))


def test_both_faces_show_the_same_to_people() -> None:
    """The same script over the request object and over HTTP ends with the same chats."""
    assert asyncio.run(_ptb_inside(_polling)) == asyncio.run(_ptb_outside(_polling))


def test_two_libraries_hold_the_same_conversation(other_library: ModuleType) -> None:
    """python-telegram-bot and aiogram, by polling, leave the same chats behind."""
    assert asyncio.run(_ptb_outside(_polling)) == asyncio.run(_aiogram_outside(_polling, other_library))


def test_a_webhook_brings_the_same_conversation(other_library: ModuleType) -> None:
    """Delivered to a door with the secret, the conversation ends as it does by polling, with either library."""
    polled = asyncio.run(_ptb_outside(_polling))
    assert asyncio.run(_ptb_outside(_delivered)) == polled
    assert asyncio.run(_aiogram_outside(_delivered, other_library)) == polled
