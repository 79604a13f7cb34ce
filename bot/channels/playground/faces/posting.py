"""The carrier of webhook deliveries: many queues at once, one update of each, again when the bot does not take it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable

import aiohttp

from bot.channels.playground.postbox import Postbox, headers
from bot.channels.playground.street import Street
from bot.channels.playground.town.records import Webhook
from bot.channels.playground.town.updates import Update

PATIENCE = aiohttp.ClientTimeout(total=60)


async def carry(street: Street) -> None:
    """Deliver updates to the webhook for ever, whenever one is set."""
    box = Postbox(street)
    loop = asyncio.get_running_loop()
    news = asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(news.set)

    ended = street.listen(tell)
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session, asyncio.TaskGroup() as tasks:
            while True:
                news.clear()
                hook, due = box.due()
                started = [tasks.create_task(_deliver(session, box, hook, update)) for update in due]
                _tell_when_done(started, tell)
                await _pause(news, box.seconds_to_wait())
    finally:
        ended()


def _tell_when_done(started: Iterable[asyncio.Task[None]], tell: Callable[[], None]) -> None:
    for task in started:
        task.add_done_callback(lambda _task: tell())


async def _pause(news: asyncio.Event, seconds: float | None) -> None:
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return


async def _deliver(session: aiohttp.ClientSession, box: Postbox, hook: Webhook, update: Update) -> None:
    body = json.dumps(update.wire(), ensure_ascii=False).encode()
    try:
        async with session.post(hook.url, data=body, headers=headers(hook), allow_redirects=False) as response:
            said = await response.read()
            code, after = response.status, response.headers.get("Retry-After", "")
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        box.failed(update, f"Connection failed: {type(error).__name__}")
        return
    if 200 <= code <= 299:
        box.taken(update, said)
    else:
        why = f"Wrong response from the webhook: {code}"
        box.failed(update, why, code, int(after) if after.isdigit() else 0)
