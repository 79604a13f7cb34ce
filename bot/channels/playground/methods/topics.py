"""Topics of a forum: opened, renamed, closed, opened again and deleted by a bot that may manage them."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.reaching import reach
from bot.channels.playground.methods.removing import remove
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.moving import announce
from bot.channels.playground.town.records import Chat, Topic
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire


def _forum(town: Town, call: Call, right: str = "can_manage_topics") -> Chat:
    chat = reach(town, call, "write")
    if not chat.forum:
        raise refuse("forum_missing")
    if not town.member(chat, town.bot.id).may(right):
        raise refuse("topic_no_right")
    return chat


def _topic(town: Town, call: Call, right: str = "can_manage_topics") -> tuple[Chat, Topic]:
    chat = _forum(town, call, right)
    topic = chat.topics.get(call.integer("message_thread_id"))
    if topic is None:
        raise refuse("topic_unknown")
    return chat, topic


def open_topic(town: Town, chat: Chat, actor: int, name: str) -> Topic:
    """Open a topic in a forum, by whoever may; its id is the message that says so."""
    topic = Topic(0, name)
    content: Wire = {"forum_topic_created": {"name": name, "icon_color": topic.colour}}
    number = chat.last_id + 1
    announce(town, chat, actor, content, thread=number)
    topic.id = number
    chat.topics[number] = topic
    return topic


def create(town: Town, call: Call) -> Wire:
    """Open a topic: createForumTopic."""
    chat = _forum(town, call)
    name = call.text("name").strip()
    if not name:
        raise refuse("topic_name_empty")
    topic = open_topic(town, chat, town.bot.id, name)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.colour}


def rename(town: Town, call: Call) -> bool:
    """Give a topic another name: editForumTopic."""
    chat, topic = _topic(town, call)
    name = call.text("name").strip()
    if name in {"", topic.name}:
        raise refuse("topic_unchanged")
    topic.name = name
    announce(town, chat, town.bot.id, {"forum_topic_edited": {"name": name}}, thread=topic.id)
    return True


def _set_closed(town: Town, call: Call, *, closed: bool) -> bool:
    chat, topic = _topic(town, call)
    if topic.closed == closed:
        raise refuse("topic_unchanged")
    topic.closed = closed
    content: Wire = {"forum_topic_closed": {}} if closed else {"forum_topic_reopened": {}}
    announce(town, chat, town.bot.id, content, thread=topic.id)
    return True


def close(town: Town, call: Call) -> bool:
    """Let nobody write in a topic any more: closeForumTopic."""
    return _set_closed(town, call, closed=True)


def reopen(town: Town, call: Call) -> bool:
    """Let people write in a topic again: reopenForumTopic."""
    return _set_closed(town, call, closed=False)


def delete(town: Town, call: Call) -> bool:
    """Delete a topic with all its messages: deleteForumTopic, which wants the right to delete, not that over topics."""
    chat, topic = _topic(town, call, "can_delete_messages")
    drop_topic(chat, topic)
    return True


def drop_topic(chat: Chat, topic: Topic) -> None:
    """A topic goes with everything in it; nobody is told."""
    del chat.topics[topic.id]
    for message in chat.messages.values():
        if message.thread == topic.id:
            remove(chat, message)


METHODS: Final[dict[str, Method]] = {
    "createforumtopic": create,
    "editforumtopic": rename,
    "closeforumtopic": close,
    "reopenforumtopic": reopen,
    "deleteforumtopic": delete,
}
