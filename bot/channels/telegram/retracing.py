"""Retracing: whether a message that we may have sent is in its chat, asked in a way that changes nothing there."""

from __future__ import annotations

from functools import partial

from telegram import Bot
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.broadcast.tracing import NobodyThereError
from bot.channels.telegram.carrier import chat_of
from bot.channels.telegram.rendering import render
from bot.channels.telegram.sealing import seal
from bot.store.outbox import Promise

_SAME = "not modified"


async def is_there(bot: Bot, key: bytes, conversation: str, message: int, promise: Promise) -> bool | None:
    """Whether a message of a private chat is this promise with its buttons; None where the platform does not say now.

    Its own buttons are put under it once more: the platform says that they are there already, or that there is no such
    message of ours in this chat. Only numbers that belong to nothing else of ours may be asked for.
    """
    chat = chat_of(conversation)
    keyboard = render(promise.reply, partial(seal, key, chat, promise.revision)).keyboard
    told = {"chat_id": chat, "message_id": message, "reply_markup": keyboard or {}}
    try:
        await bot.do_api_request("editmessagereplymarkup", told)
    except BadRequest as error:
        return _SAME in str(error).lower()
    except Forbidden:
        raise NobodyThereError from None
    except TelegramError:
        return None
    return True
