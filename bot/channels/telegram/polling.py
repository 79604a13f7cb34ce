"""Polling: fetch updates, hand them in, and confirm them only once they are committed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.channels.telegram.carrier import outcome_of
from bot.service.carrying import Later

LOG = logging.getLogger(__name__)

Updates = Sequence[Mapping[str, Any]]
Take = Callable[[Updates], Awaitable[object]]
"""Commits updates, none when nothing has come; what it raises leaves them unconfirmed."""

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member", "poll")
"""The kinds of updates that we ask for."""

_FETCH = "getupdates"
"""Methods are known in any case; in small letters the library hands over what came as it is, unknown fields and all."""

_LONG_POLL = 50
_MOST = 100
_LONGEST_PAUSE = 30.0


async def poll(bot: Bot, take: Take, stopping: asyncio.Event, *, long_poll: int = _LONG_POLL) -> None:
    """Fetch until it is time to stop.

    An update is confirmed by asking for the next one, and that is asked for only after ``take`` has returned.
    """
    offset: int | None = None
    failures = 0
    while not stopping.is_set():
        try:
            updates = await _fetched(bot, offset, long_poll, stopping)
            await take(updates)
            if updates:
                offset = max(int(update["update_id"]) for update in updates) + 1
            failures = 0
        except InvalidToken:
            raise
        except TelegramError as error:
            failures += 1
            await _rested(error, failures, stopping)
        except Exception as error:  # noqa: BLE001 - a store that is away must not end the bot: the updates wait
            failures += 1
            LOG.warning("polling: %s; the updates stay unconfirmed and are fetched again", type(error).__name__)
            await _rested(NetworkError(""), failures, stopping)
    if offset is not None:
        await _confirmed(bot, offset)


async def _fetched(bot: Bot, offset: int | None, long_poll: int, stopping: asyncio.Event) -> Updates:
    """The next updates, or none when it is time to stop."""
    fetch = asyncio.ensure_future(
        bot.do_api_request(
            _FETCH,
            {"offset": offset, "timeout": long_poll, "limit": _MOST, "allowed_updates": list(KINDS)},
            read_timeout=long_poll + 10,
        )
    )
    stop = asyncio.ensure_future(stopping.wait())
    await asyncio.wait({fetch, stop}, return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not fetch.done():
        fetch.cancel()
        return ()
    updates: Updates = fetch.result()
    return updates


async def _rested(error: TelegramError, failures: int, stopping: asyncio.Event) -> None:
    if isinstance(error, Conflict):
        LOG.warning("polling: another process fetches this bot's updates; only one may")
    outcome = outcome_of(error)
    told = outcome.seconds if isinstance(error, RetryAfter) and isinstance(outcome, Later) else 0.0
    pause = max(told, min(_LONGEST_PAUSE, 0.25 * 2 ** min(failures, 8)))
    LOG.info("polling: %s; again in %.1f s", type(error).__name__, pause)
    try:
        await asyncio.wait_for(stopping.wait(), pause)
    except TimeoutError:
        return


async def _confirmed(bot: Bot, offset: int) -> None:
    """Tell the platform at the end what has been taken in; if that fails, repeats are known by their key."""
    try:
        await bot.do_api_request(_FETCH, {"offset": offset, "timeout": 0, "limit": 1}, read_timeout=5)
    except TelegramError:
        return
