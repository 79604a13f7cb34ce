"""Translating: one update of Telegram into what was heard, without clock, network or memory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from bot.channels.telegram.addressing import Words, meant_for, media_of, read_words, without_mention
from bot.channels.telegram.heard import Attached, Heard, Reason
from bot.channels.telegram.placed import demoted, reason_of, topic_event, with_happening
from bot.channels.telegram.sealing import open_seal
from bot.dialogue.messages import Arrival

_UNREAD = frozenset({"reply_markup", "entities", "caption_entities", "reply_to_message", "text", "caption", "photo"})
"""What nobody reads of a message that was pressed."""


class Ear(NamedTuple):
    """What is needed to understand: the key of our seals, our name, the moment, and the text that may be changed."""

    key: bytes
    bot_username: str
    at: dt.datetime
    open_message: int | None = None


def read_update(told: Mapping[str, Any]) -> Update:
    """An update from its JSON; of a pressed message only its place is read, which halves the cost."""
    query = told.get("callback_query")
    message = query.get("message") if isinstance(query, dict) else None
    if isinstance(query, dict) and isinstance(message, dict):
        told = {**told, "callback_query": {**query, "message": _place_of(message)}}
    return Update.de_json(dict(told), None)


def _place_of(message: Mapping[str, Any]) -> dict[str, Any]:
    """A pressed message without its content; in private as Telegram itself tells of one that is too old to be read."""
    chat = message.get("chat")
    if isinstance(chat, dict) and chat.get("type") == Chat.PRIVATE:
        return {"chat": chat, "message_id": message.get("message_id"), "date": 0}
    return {name: value for name, value in message.items() if name not in _UNREAD}


def arrival_of(
    update: Update, key: bytes, bot_username: str, at: dt.datetime, open_message: int | None = None
) -> Heard:
    """What an update says to us.

    Args:
        update: the update.
        key: the key with which our buttons were sealed.
        bot_username: our name, without the at sign.
        at: the moment that counts as now (aware).
        open_message: the last text of this chat while nothing has come of it yet; only a change of this one counts
            as saying it again. Without it every changed text is left alone.

    Returns:
        Where it came from, and an arrival or the reason for none. Never raises for anything that Telegram sends.
    """
    ear = Ear(key, bot_username, at, open_message)
    return with_happening(_heard_in(update, ear), at)


def _heard_in(update: Update, ear: Ear) -> Heard:
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query, ear)
    if update.message is not None:
        return _said(_placed(update.update_id, "message", update.message), update.message, ear)
    if update.edited_message is not None:
        return _changed(_placed(update.update_id, "edited_message", update.edited_message), update.edited_message, ear)
    if update.my_chat_member is not None:
        return _stood(update.update_id, update.my_chat_member)
    return _other(update)


def _placed(update_id: int, kind: str, message: Message) -> Heard:
    """Where a message stands and who wrote it."""
    extra = message.api_kwargs
    whisper = extra.get("ephemeral_message_id")
    return Heard(
        update_id,
        kind,
        chat_id=message.chat.id,
        chat_kind=message.chat.type,
        user_id=message.from_user.id if message.from_user else 0,
        thread_id=message.message_thread_id if message.is_topic_message else None,
        message_id=message.message_id or None,
        whisper=whisper if isinstance(whisper, int) else None,
        secondhand=message.forward_origin is not None or message.via_bot is not None,
    )


def _said(place: Heard, message: Message, ear: Ear) -> Heard:
    moved = _moved(place, message)
    if moved is not None:
        return moved
    event = topic_event(message)
    if event:
        return replace(place, reason=event)
    speaker = _unfit(message)
    if speaker:
        return _hidden(replace(place, reason=speaker), message, ear)
    if message.text is None:
        return _showed(place, message, ear)
    return _worded(place, message, read_words(message.text, ear.bot_username), ear)


def _hidden(place: Heard, message: Message, ear: Ear) -> Heard:
    """A command of somebody who writes as the group or as a channel: nobody's, but it is told how to be somebody."""
    unseen = place.reason not in {"anonymous", "channel"} or not place.group or message.is_automatic_forward
    words = read_words(message.text or "", ear.bot_username)
    if unseen or words.command is None or words.other:
        return place
    locale = _locale(message.from_user)
    return replace(
        place, arrival=Arrival(key=place.key, at=ear.at, text=words.text, command=words.command, locale=locale)
    )


def _worded(place: Heard, message: Message, words: Words, ear: Ear) -> Heard:
    """A command or a text; in a group only what is meant for us."""
    if words.other:
        return replace(place, reason="other_bot")
    if place.group and not meant_for(message, words, ear.bot_username):
        return replace(place, reason="not_addressed")
    said = words.text
    if place.group and words.command is None:
        said = without_mention(said, ear.bot_username)
    arrival = Arrival(key=place.key, at=ear.at, text=said, command=words.command, locale=_locale(message.from_user))
    return replace(place, arrival=arrival)


def _moved(place: Heard, message: Message) -> Heard | None:
    if message.migrate_to_chat_id:
        return replace(place, reason="moved", moved_to=message.migrate_to_chat_id)
    if message.migrate_from_chat_id:
        return replace(place, reason="moved", chat_id=message.migrate_from_chat_id, moved_to=message.chat.id)
    return None


def _unfit(message: Message) -> Reason:
    """Why nobody in particular speaks here: a channel, the group itself, or another bot."""
    if message.chat.type == Chat.CHANNEL:
        return "channel"
    if message.sender_chat is not None and message.chat.type != Chat.PRIVATE:
        return "anonymous" if message.sender_chat.id == message.chat.id else "channel"
    return "bot" if message.from_user is None or message.from_user.is_bot else ""


def _showed(place: Heard, message: Message, ear: Ear) -> Heard:
    """A message without a text: something that we cannot read, or an event in the chat."""
    media = media_of(message)
    if place.group or (media is None and not message.api_kwargs):
        return replace(place, reason="not_addressed" if media else "service")
    kind, locale = media or "unknown", _locale(message.from_user)
    arrival = Arrival(key=place.key, at=ear.at, media=kind, text=message.caption, locale=locale)
    return replace(place, arrival=arrival, attached=_attached(place, message))


def _attached(place: Heard, message: Message) -> Attached | None:
    """A document of somebody's own in their private chat."""
    file = message.document
    if file is None or place.secondhand or place.chat_kind != Chat.PRIVATE or place.user_id != place.chat_id:
        return None
    return Attached(file.file_id, file.file_name or "", file.file_size)


def _changed(place: Heard, message: Message, ear: Ear) -> Heard:
    """A changed text says something again only while nothing has come of it; else it would answer another card."""
    heard = _said(place, message, ear)
    if heard.arrival is None or heard.arrival.text is None or heard.arrival.media is not None:
        return replace(heard, arrival=None, reason=heard.reason or "edited", edited=True, attached=None)
    if ear.open_message is None or message.message_id != ear.open_message:
        return replace(heard, arrival=None, reason="edited", edited=True)
    return replace(heard, edited=True)


def _pressed(update_id: int, query: CallbackQuery, ear: Ear) -> Heard:
    message, user = query.message, query.from_user
    place = Heard(update_id, "callback_query", user_id=user.id, query_id=query.id)
    if isinstance(message, Message):
        place = replace(_placed(update_id, "callback_query", message), user_id=user.id, query_id=query.id)
    elif message is not None:
        place = replace(place, chat_id=message.chat.id, chat_kind=message.chat.type, message_id=message.message_id)
    if query.data is None or message is None:
        return replace(place, reason="unknown")
    return press_of(place, query.data, _locale(user), ear)


def press_of(place: Heard, data: str, locale: str | None, ear: Ear) -> Heard:
    """What pressing a button with this data at a place says, or why it says nothing."""
    pressed = open_seal(ear.key, place.user_id, data)
    if pressed is None and place.group:
        pressed = open_seal(ear.key, place.chat_id, data)
    if pressed is None:
        return replace(place, reason="foreign" if place.group else "forged")
    arrival = Arrival(key=place.key, at=ear.at, action=pressed.action, revision=pressed.revision, locale=locale)
    return replace(place, arrival=arrival, secondhand=False)


def _stood(update_id: int, change: ChatMemberUpdated) -> Heard:
    """How we stand in a chat now."""
    return Heard(
        update_id,
        "my_chat_member",
        reason_of(change),
        chat_id=change.chat.id,
        chat_kind=change.chat.type,
        user_id=change.from_user.id,
        locale=_locale(change.from_user),
    )


def _other(update: Update) -> Heard:
    """Everything that is not said to us: members, channels, and kinds that are newer than we are."""
    chat = update.effective_chat
    place = Heard(update.update_id, _kind(update), "unknown")
    if chat is not None:
        place = replace(place, chat_id=chat.id, chat_kind=chat.type)
    if update.chat_member is not None:
        reason: Reason = "demoted" if demoted(update.chat_member) else "member"
        return replace(place, reason=reason, user_id=update.chat_member.new_chat_member.user.id)
    return replace(place, reason="channel") if chat is not None and chat.type == Chat.CHANNEL else place


def _kind(update: Update) -> str:
    known = next((kind for kind in Update.ALL_TYPES if getattr(update, kind, None) is not None), None)
    return str(known) if known else next(iter(update.api_kwargs), "unknown")


def _locale(user: User | None) -> str | None:
    return None if user is None else user.language_code
