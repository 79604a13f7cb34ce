"""Placed: what the platform tells of how the bot and others stand in a group, and of the topics of a forum."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from telegram import Chat, ChatMember, ChatMemberUpdated, Message

from bot.channels.telegram.heard import Heard, Reason
from bot.dialogue.footing import Footing, Happening
from bot.dialogue.messages import Arrival

_OUT = frozenset({ChatMember.LEFT, ChatMember.BANNED})
_LEADING = frozenset({ChatMember.OWNER, ChatMember.ADMINISTRATOR})


def footing_of(member: Mapping[str, Any], *, reads_all: bool = False) -> Footing:
    """What a member of a group who is a bot may do there; an administrator reads everything, others as they are set."""
    leads = member.get("status") in _LEADING
    return Footing(
        deletes=leads and bool(member.get("can_delete_messages")),
        topics=leads and bool(member.get("can_manage_topics")),
        reads=leads or reads_all,
    )


def reason_of(change: ChatMemberUpdated) -> Reason:
    """What became of us in a chat."""
    before, after = change.old_chat_member.status in _OUT, change.new_chat_member.status in _OUT
    if change.chat.type == Chat.CHANNEL:
        return "channel"
    if change.chat.type == Chat.PRIVATE:
        return "blocked" if after else "unblocked"
    if before == after:
        return "rights"
    return "removed" if after else "added"


def demoted(change: ChatMemberUpdated) -> bool:
    """Whether somebody led a group and does not any more, whatever became of them."""
    return change.old_chat_member.status in _LEADING and change.new_chat_member.status not in _LEADING


_HAPPENINGS: Mapping[str, Happening] = MappingProxyType({
    "rights": "rights",
    "demoted": "demoted",
    "topic_closed": "topic_closed",
    "topic_opened": "topic_opened",
})
"""The reasons for which an update says nothing, but something has happened in its group that a turn may answer."""


def with_happening(heard: Heard, at: dt.datetime) -> Heard:
    """What was heard, with an arrival for what has happened in a group though nobody said it."""
    if not heard.group or heard.reason not in _HAPPENINGS:
        return heard
    told = Arrival(key=heard.key, at=at, happened=_HAPPENINGS[heard.reason], locale=heard.locale)
    return replace(heard, arrival=told)


def topic_event(message: Message) -> Reason:
    """Whether a message says that its topic was closed or opened again, whoever did it."""
    if message.forum_topic_closed is not None:
        return "topic_closed"
    return "topic_opened" if message.forum_topic_reopened is not None else ""
