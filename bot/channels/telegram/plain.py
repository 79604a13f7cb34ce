"""Plain updates: words and presses in a private chat, the bulk of all, read without building the library's objects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.telegram.addressing import read_words
from bot.channels.telegram.heard import Heard, key_of
from bot.channels.telegram.translating import Ear, press_of
from bot.dialogue.messages import Arrival

_WORDS = frozenset({"message_id", "from", "chat", "date", "text", "entities", "link_preview_options"})
"""Fields of a message that is words and nothing else: not forwarded, no answer, no topic, no event."""

_PRESS = frozenset({"id", "from", "message", "chat_instance", "data"})
_BOTH = ("message", "callback_query")


def heard_plainly(told: Mapping[str, Any], ear: Ear) -> Heard | None:
    """What a plain update says, the same as by the long way; None for any other, which must go that way."""
    if len(told) != 2 or not isinstance(told.get("update_id"), int):
        return None
    kind = next((name for name in _BOTH if name in told), None)
    body = told[kind] if kind else None
    if not isinstance(body, dict) or not _somebody(body.get("from")):
        return None
    return _said(told["update_id"], body, ear) if kind == "message" else _pressed(told["update_id"], body, ear)


def _said(update_id: int, message: Mapping[str, Any], ear: Ear) -> Heard | None:
    text, number = message.get("text"), message.get("message_id")
    if not (message.keys() <= _WORDS and isinstance(text, str) and _counts(number) and _private(message)):
        return None
    words, user = read_words(text, ear.bot_username), message["from"]
    key = key_of(update_id)
    told = Arrival(key=key, at=ear.at, text=words.text, command=words.command, locale=user.get("language_code"))
    return Heard(
        update_id,
        "message",
        "other_bot" if words.other else "",
        None if words.other else told,
        message["chat"]["id"],
        "private",
        user["id"],
        message_id=number,
    )


def _pressed(update_id: int, query: Mapping[str, Any], ear: Ear) -> Heard | None:
    message, data = query.get("message"), query.get("data")
    if not (query.keys() <= _PRESS and isinstance(data, str) and isinstance(query.get("id"), str)):
        return None
    if not (isinstance(message, dict) and _counts(message.get("message_id")) and _private(message)):
        return None
    user = query["from"]
    place = Heard(
        update_id,
        "callback_query",
        chat_id=message["chat"]["id"],
        chat_kind="private",
        user_id=user["id"],
        message_id=message["message_id"],
        query_id=query["id"],
    )
    return press_of(place, data, user.get("language_code"), ear)


def _somebody(user: object) -> bool:
    """Whether a person speaks, and what we read of them is as it should be."""
    if not isinstance(user, dict) or user.get("is_bot") is not False or not isinstance(user.get("first_name"), str):
        return False
    return isinstance(user.get("id"), int) and isinstance(user.get("language_code", ""), str)


def _private(message: Mapping[str, Any]) -> bool:
    chat = message.get("chat")
    return isinstance(chat, dict) and chat.get("type") == "private" and isinstance(chat.get("id"), int)


def _counts(number: object) -> bool:
    return isinstance(number, int) and number > 0
