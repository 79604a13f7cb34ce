"""The bot in Telegram, from start to stop: updates by polling or by webhook until somebody says that it is enough."""

from __future__ import annotations

import asyncio
import logging
import signal
from contextlib import AsyncExitStack
from functools import partial
from urllib.parse import urlsplit

from aiohttp import web
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.channels.logs import log_strays, start_log
from bot.channels.telegram.insisting import insisted
from bot.channels.telegram.joining import Parts, bot_of, opened, webhook_secret
from bot.channels.telegram.menus import post_menus
from bot.channels.telegram.operators import OperatorsMenus, menus_kept
from bot.channels.telegram.polling import poll
from bot.channels.telegram.watching import watched
from bot.channels.telegram.webhook import announce, webhook_app
from bot.settings import Settings, SettingsError
from bot.wiring import House
from knowledge.phrasing import Phrasebook

LOG = logging.getLogger(__name__)

_WINDOW_MS = 60
"""How long an update may wait for the one before it, when that one has not come by here yet."""

_REFUSED = "BOT_TOKEN: the platform refuses it; the one that BotFather gave is right"
_LAST_CALLS = 2.0
"""Seconds for updates that are on their way in when it is time to stop; the platform sends the others again."""


async def run_telegram(house: House, settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT; the turn in hand is finished, everything else waits in the store.

    Raises:
        SettingsError: when the token is missing or refused, or an address cannot be listened on.
    """
    stopping = asyncio.Event()
    start_log(settings.log_level)
    log_strays(asyncio.get_running_loop())
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stopping.set)
    bot = bot_of(settings)
    alone = not settings.webhook_url or house.store.dialect.name == "sqlite"
    async with AsyncExitStack() as stack:
        stack.push_async_callback(bot.shutdown)
        if not await _known(bot, stopping):
            return
        parts = await stack.enter_async_context(opened(bot, house, settings, alone=alone))
        parts.carrier.aside(_menus_posted(parts))
        phrases = partial(_phrases, house)
        menus = OperatorsMenus(bot, phrases, house.store, settings.owners, parts.run, parts.clock)
        await stack.enter_async_context(menus_kept(menus))
        await stack.enter_async_context(watched(parts, settings.metrics_listen))
        await serve(parts, settings, stopping)


async def serve(parts: Parts, settings: Settings, stopping: asyncio.Event) -> None:
    """Let updates in until it is time to stop.

    Raises:
        SettingsError: when the token is refused, or the webhook's address is, or cannot be listened on.
    """
    if not settings.webhook_url:
        await _polled(parts, stopping)
        return
    secret = webhook_secret(settings)
    parts.door.window_ms = _WINDOW_MS
    app = webhook_app(parts.door.take, secret, urlsplit(settings.webhook_url).path or "/")
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=_LAST_CALLS)
    await runner.setup()
    try:
        await _listening(runner, settings.webhook_listen)
        if await insisted(partial(announce, parts.bot, settings.webhook_url, secret), stopping):
            await stopping.wait()
    except TelegramError as error:
        raise SettingsError(f"WEBHOOK_URL: the platform refuses it: {error}") from None
    finally:
        await runner.cleanup()


async def _polled(parts: Parts, stopping: asyncio.Event) -> None:
    try:
        if await insisted(partial(parts.bot.delete_webhook, drop_pending_updates=False), stopping):
            await poll(parts.bot, parts.door.take, stopping)
    except InvalidToken:
        raise SettingsError(_REFUSED) from None


async def _listening(runner: web.AppRunner, address: str) -> None:
    host, _, port = address.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]") or "127.0.0.1", int(port)).start()
    except (OSError, ValueError) as error:
        raise SettingsError(f"WEBHOOK_LISTEN {address}: {error}; host:port, such as 127.0.0.1:8443, is right") from None


def _phrases(house: House) -> Phrasebook:
    return house.library.phrases


async def _menus_posted(parts: Parts) -> None:
    try:
        await post_menus(parts.bot, parts.house.library.phrases)
    except TelegramError as error:
        LOG.warning("menus: %s; they stay as they were", type(error).__name__)


async def _known(bot: Bot, stopping: asyncio.Event) -> bool:
    """Greet the platform, however long it is away; False when it is time to stop before that.

    Raises:
        SettingsError: when it refuses the token.
    """
    try:
        return await insisted(bot.initialize, stopping)
    except InvalidToken:
        raise SettingsError(_REFUSED) from None
