"""How both aiogram peers run: a bot at the platform's address and a dispatcher behind a webhook or polling."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler, setup_application
from aiohttp import web

from tests.benchmarks.peers import interview
from tests.benchmarks.peers.starting import Start


async def slow(message: Message) -> None:
    """Be busy for a while."""
    await asyncio.sleep(interview.SLOW_SECONDS)
    await message.answer("done")


def bot_at(api: str, token: str) -> Bot:
    """A bot whose platform is at this root."""
    return Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))


def run(dispatcher: Dispatcher, start: Start) -> None:
    """Run until told to stop."""
    bot = bot_at(start.api, start.token)
    if not start.webhook:
        asyncio.run(dispatcher.start_polling(bot))
        return

    async def announce() -> None:
        await bot.set_webhook(start.webhook, secret_token=start.secret or None)

    dispatcher.startup.register(announce)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=start.secret or None).register(app, path=start.path)
    setup_application(app, dispatcher, bot=bot)
    web.run_app(app, host=start.host, port=start.port, access_log=None, print=None)
