"""Removing: messages of a group go, where the platform lets us; where it does not, nothing more is tried."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Bot
from telegram.error import BadRequest

from bot.service.carrying import Delivered, Outcome


async def removed(bot: Bot, chat: int, messages: Sequence[int]) -> Outcome:
    """Remove messages of a chat in one call; those that are gone already are no harm.

    Raises:
        telegram.error.TelegramError: when it has to be tried again, or is refused for good.
    """
    try:
        await bot.do_api_request("deletemessages", {"chat_id": chat, "message_ids": list(messages)})
    except BadRequest as error:
        if "not found" not in str(error).lower() or "chat not found" in str(error).lower():
            raise
    return Delivered()
