"""How a message of the bot comes into a chat: keyboard, answered message, topic, rights and limits, in that order."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.playground.methods.reaching import check_may_send, reach, reach_topic
from bot.channels.playground.methods.whispering import Whisper, asked_whisper, whisper_to
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.records import Chat, Message
from bot.channels.playground.town.showing import message_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.keyboards import Keyboard, read_keyboard


@dataclass(frozen=True)
class Kind:
    """What is sent: the permission it needs and what the platform calls such things."""

    permission: str = "can_send_messages"
    things: str = "text messages"


TEXT = Kind()
OTHER = Kind("can_send_other_messages", "stickers")


def place(town: Town, call: Call, content: Wire, kind: Kind = TEXT, extra: Wire | None = None) -> Wire:
    """Send one message and answer with it."""
    return message_wire(town, place_all(town, call, [content], kind, extra)[0])


def place_all(
    town: Town, call: Call, contents: list[Wire], kind: Kind = TEXT, extra: Wire | None = None
) -> list[Message]:
    """Send messages that belong together; all of them or none."""
    chat = reach(town, call)
    keyboard = read_keyboard(call, private=chat.kind == "private")
    whisper = asked_whisper(town, chat, call)
    reply_to = _answered(town, chat, call)
    topic = reach_topic(town, chat, call)
    check_may_send(town, chat, kind.permission, kind.things)
    wait = town.meter.spend("send", chat.id, town.now, len(contents))
    if wait:
        raise refuse("too_many", retry_after=wait, seconds=wait)
    placed = []
    for content in contents:
        message = Message(0, chat.id, town.date, town.bot.id, content, markup=keyboard.inline)
        message.reply_to, message.thread = reply_to, topic.id if topic else 0
        message.extra, message.plain_keyboard = extra or {}, keyboard.plain
        placed.append(_put(town, chat, message, keyboard, whisper))
    return placed


def _put(town: Town, chat: Chat, message: Message, keyboard: Keyboard, whisper: Whisper | None) -> Message:
    if whisper is not None:
        return whisper_to(chat, message, whisper)
    message.id = town.next_message_id(chat)
    chat.last_bot = town.bot.id
    chat.typing = chat.draft = ("", 0.0)
    if keyboard.plain:
        chat.keyboard = keyboard.reply
    return town.keep(chat, message)


def _answered(town: Town, chat: Chat, call: Call) -> int:
    """The id of the message that is answered, 0 when none is or when it is gone and may be."""
    parameters = call.record("reply_parameters")
    number = int(parameters.get("message_id") or call.integer("reply_to_message_id"))
    if not number:
        return 0
    if town.message(chat, number) is not None:
        return number
    if parameters.get("allow_sending_without_reply") or call.flag("allow_sending_without_reply"):
        return 0
    raise refuse("reply_unknown")
