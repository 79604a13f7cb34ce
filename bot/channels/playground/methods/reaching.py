"""Whether the bot can reach what it names: the chat, the message in it, the topic, and whether it may do so."""

from __future__ import annotations

from typing import Literal

from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.records import Chat, Message, Topic, User
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call

Access = Literal["read", "edit", "write", "send"]
"""How far the bot has to get: sending is writing to somebody who may have blocked it."""


def reach(town: Town, call: Call, access: Access = "send", name: str = "chat_id") -> Chat:
    """The chat that the call names, if the bot may read, edit, write or send there."""
    given = call.text(name)
    if not given:
        raise refuse("chat_id_empty")
    number = _by_name(town, given[1:]) if given.startswith("@") else call.integer(name)
    if number > 0:
        return _private(town, number, access)
    chat = town.chats.get(number)
    if chat is None or town.bot.id not in chat.members:
        raise refuse("chat_unknown")
    _check_group(town, chat, access)
    return chat


def _by_name(town: Town, username: str) -> int:
    named = (c.id for c in town.chats.values() if c.kind == "supergroup" and c.username.lower() == username.lower())
    return next(named, 0)


def _private(town: Town, number: int, access: Access) -> Chat:
    user = town.users.get(number)
    if user is None or not (user.known or user.started or user.is_bot):
        raise refuse("chat_unknown")
    if access == "read":
        return town.home_of(user)
    if user.deactivated:
        raise refuse("user_deactivated")
    if user.is_bot:
        raise refuse("user_is_bot")
    if not user.started:
        raise refuse("user_not_started")
    if access == "send" and user.blocked:
        raise refuse("user_blocked")
    return town.home_of(user)


def _check_group(town: Town, chat: Chat, access: Access) -> None:
    own = town.member(chat, town.bot.id)
    if chat.moved_to:
        if access in {"write", "send"}:
            raise refuse("group_migrated", moved_to=chat.moved_to)
        return
    if own.present or (access == "read" and chat.kind == "group"):
        return
    raise refuse(f"{'kicked' if own.status == 'kicked' else 'left'}_{chat.kind}")


def reach_message(town: Town, chat: Chat, call: Call, rule: str, name: str = "message_id") -> Message:
    """The message that the call names in a chat; ``rule`` refuses when it is not there."""
    message = town.message(chat, call.integer(name))
    if message is None:
        raise refuse(rule)
    return message


def reach_user(town: Town, call: Call) -> User:
    """The user that the call names."""
    number = call.integer("user_id")
    if number <= 0:
        raise refuse("member_id_bad")
    user = town.users.get(number)
    if user is None or not (user.known or user.started or user.is_bot):
        raise refuse("member_unknown")
    return user


def reach_topic(town: Town, chat: Chat, call: Call) -> Topic | None:
    """The topic that a message shall go to, None when it names none."""
    number = call.integer("message_thread_id")
    if not number:
        return None
    topic = chat.topics.get(number)
    if topic is None:
        raise refuse("thread_unknown")
    if topic.closed and not town.member(chat, town.bot.id).may("can_manage_topics"):
        raise refuse("topic_closed")
    return topic


def check_may_send(town: Town, chat: Chat, permission: str, things: str) -> None:
    """Whether the bot may send such things to a chat."""
    own = town.member(chat, town.bot.id)
    if chat.kind == "private" or own.in_charge:
        return
    rights = own.rights if own.status == "restricted" else chat.permissions
    if not rights.get(permission, False):
        raise refuse("no_right_to_send", things=things)
