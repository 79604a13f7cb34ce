"""Insisting: what a start asks of the platform is asked again until it answers, whatever befalls the way to it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.channels.telegram.carrier import outcome_of
from bot.service.carrying import Later

LOG = logging.getLogger(__name__)

_LONGEST_PAUSE = 30.0


async def insisted(ask: Callable[[], Awaitable[object]], stopping: asyncio.Event) -> bool:
    """Ask until there is an answer, with longer and longer pauses; False when it is time to stop before that.

    Raises:
        telegram.error.TelegramError: when the platform refuses for good.
    """
    pause = 0.5
    while not stopping.is_set():
        try:
            await ask()
        except BadRequest:
            raise
        except (NetworkError, RetryAfter) as error:
            outcome = outcome_of(error)
            told = outcome.seconds if isinstance(error, RetryAfter) and isinstance(outcome, Later) else pause
            LOG.warning("start: the platform is away (%s); again in %.1f s", type(error).__name__, told)
            await _rested(stopping, told)
            pause = min(_LONGEST_PAUSE, 2 * pause)
        else:
            return True
    return False


async def _rested(stopping: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), seconds)
    except TimeoutError:
        return
