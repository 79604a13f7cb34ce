"""How a face answers a call: at once, or for a getUpdates without updates when some come or its time is over."""

from __future__ import annotations

import asyncio

from bot.channels.playground.street import Answer, Street
from bot.channels.playground.wire import Call


async def answered(street: Street, call: Call, token: str) -> Answer:
    """The street's answer to a call, after any waiting."""
    loop = asyncio.get_running_loop()
    news = asyncio.Event()

    def tell() -> None:
        loop.call_soon_threadsafe(news.set)

    ended = street.listen(tell)
    try:
        answer = street.call(call, token)
        until, ticket = loop.time() + answer.wait, answer.ticket
        while answer.wait and await _wait(news, until - loop.time()):
            answer = street.call_again(call, ticket)
    finally:
        ended()
    return answer


async def _wait(news: asyncio.Event, seconds: float) -> bool:
    """Wait for news so long at most; whether there were any."""
    if seconds <= 0:
        return False
    try:
        await asyncio.wait_for(news.wait(), seconds)
    except TimeoutError:
        return False
    news.clear()
    return True
