"""Topics: opened in a forum for a case, and deleted with all that was said in them, or at least closed."""

from __future__ import annotations

from contextlib import suppress

from telegram import Bot
from telegram.error import BadRequest

from bot.service.carrying import Delivered, Outcome

_GONE = ("topic_id_invalid", "thread not found")


async def opened(bot: Bot, chat: int, name: str) -> Outcome:
    """Open a topic; its number is that of the message which says so.

    Raises:
        telegram.error.TelegramError: when it has to be tried again, or is refused for good.
    """
    topic: dict[str, int] = await bot.do_api_request("createforumtopic", {"chat_id": chat, "name": name[:128]})
    return Delivered(topic["message_thread_id"])


async def shut(bot: Bot, chat: int, thread: int) -> Outcome:
    """Delete a topic with everything in it; one that is gone already is no harm.

    Raises:
        telegram.error.TelegramError: when it has to be tried again, or is refused; then the topic is closed at least,
            where that is allowed.
    """
    place = {"chat_id": chat, "message_thread_id": thread}
    try:
        await bot.do_api_request("deleteforumtopic", place)
    except BadRequest as error:
        if any(gone in str(error).lower() for gone in _GONE):
            return Delivered()
        with suppress(BadRequest):
            await bot.do_api_request("closeforumtopic", place)
        raise
    return Delivered()
