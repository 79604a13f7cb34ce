"""Taking messages back: one or many, own ones and, with the right to it, those of others."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.reaching import reach, reach_message
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.records import Chat, Message
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call

DELETABLE_FOR = 48 * 3600


def delete_message(town: Town, call: Call) -> bool:
    """Delete one message: deleteMessage."""
    if not call.given("chat_id"):
        raise refuse("delete_chat_missing")
    if not call.integer("message_id"):
        raise refuse("id_missing")
    chat = reach(town, call, "write")
    message = reach_message(town, chat, call, "delete_unknown")
    _check(town, chat, message)
    remove(chat, message)
    return True


def delete_messages(town: Town, call: Call) -> bool:
    """Delete many messages; those that are not there are passed over: deleteMessages."""
    try:
        told = call.structure("message_ids")
    except ValueError:
        told = None
    if not isinstance(told, list) or not told:
        raise refuse("delete_ids_missing")
    chat = reach(town, call, "write")
    found = [message for number in told if (message := town.message(chat, int(number))) is not None]
    for message in found:
        _check(town, chat, message)
    for message in found:
        remove(chat, message)
    return True


def remove(chat: Chat, message: Message) -> None:
    """Take a message out of what the chat shows."""
    message.deleted = True
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)


def _check(town: Town, chat: Chat, message: Message) -> None:
    """Whether the bot may delete it: own and, in private, received ones for 48 hours; as administrator any."""
    if town.member(chat, town.bot.id).may("can_delete_messages"):
        return
    if message.sender != town.bot.id and chat.kind != "private":
        raise refuse("delete_not_allowed")
    if town.now - message.date > DELETABLE_FOR:
        raise refuse("delete_too_old")


METHODS: Final[dict[str, Method]] = {"deletemessage": delete_message, "deletemessages": delete_messages}
