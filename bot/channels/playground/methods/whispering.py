"""Whispers: messages in a group that one member alone can see, sent, edited and taken back by methods of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.reaching import reach
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.records import Chat, Message, User
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.formatting import read_caption, read_text
from bot.channels.playground.words.keyboards import read_keyboard

WHISPER_SECONDS = 15.0
"""How long after a press or a whispered command a bot that is no administrator may whisper."""


@dataclass(frozen=True)
class Whisper:
    """Who shall see a message alone, and which message it stands in for (0 for none)."""

    receiver: User
    instead_of: int = 0


def asked_whisper(town: Town, chat: Chat, call: Call) -> Whisper | None:
    """The whisper that a call asks for, None for an ordinary message."""
    parameters = call.record("ephemeral_message_parameters") or dict(call.params)
    number = int(parameters.get("receiver_user_id") or 0)
    if not number:
        return None
    if chat.kind == "private":
        raise refuse("whisper_private")
    receiver = town.users.get(number)
    if receiver is None or receiver.is_bot or not town.member(chat, number).present:
        raise refuse("whisper_receiver")
    _check_cause(town, chat, call, receiver, str(parameters.get("callback_query_id") or ""))
    return Whisper(receiver, _replaced(town, parameters))


def _check_cause(town: Town, chat: Chat, call: Call, receiver: User, press_id: str) -> None:
    if press_id:
        press = town.presses.get(press_id)
        if press is None or press.person != receiver.id or town.now - press.at > WHISPER_SECONDS:
            raise refuse("press_too_old")
        return
    if town.member(chat, town.bot.id).in_charge:
        return
    answered = chat.whispers.get(call.record("reply_parameters").get("ephemeral_message_id", 0))
    recent = answered is not None and town.now - answered.date <= WHISPER_SECONDS
    if answered is None or answered.sender != receiver.id or not recent:
        raise refuse("whisper_no_cause")


def _replaced(town: Town, parameters: Wire) -> int:
    press = town.presses.get(str(parameters.get("callback_query_id") or ""))
    return press.message if press is not None and parameters.get("replace_callback_query_message") else 0


def whisper_to(chat: Chat, message: Message, whisper: Whisper) -> Message:
    """Whisper a message; somebody who is away never gets it, though the call succeeds."""
    chat.last_whisper += 1
    message.whisper, message.receiver, message.instead_of = chat.last_whisper, whisper.receiver.id, whisper.instead_of
    if not whisper.receiver.offline:
        chat.whispers[message.whisper] = message
    return message


def _whispered(town: Town, call: Call, rule: str) -> Message:
    chat = reach(town, call, "edit")
    message = chat.whispers.get(call.integer("ephemeral_message_id"))
    own = message is not None and message.sender == town.bot.id
    if message is None or not own or message.receiver != call.integer("receiver_user_id"):
        raise refuse(rule)
    return message


def _changed(message: Message, content: Wire, markup: Wire | None) -> bool:
    if message.content == content and message.markup == markup:
        raise refuse("edit_unchanged")
    message.content, message.markup = content, markup
    return True


def edit_text(town: Town, call: Call) -> bool:
    """Change a whisper's text: editEphemeralMessageText."""
    content = read_text(call)
    message = _whispered(town, call, "edit_unknown")
    if "text" not in message.content:
        raise refuse("edit_no_text")
    return _changed(message, content, read_keyboard(call, private=False, inline_only=True).inline)


def edit_caption(town: Town, call: Call) -> bool:
    """Change a whisper's caption: editEphemeralMessageCaption."""
    caption = read_caption(call)
    message = _whispered(town, call, "edit_unknown")
    if "text" in message.content:
        raise refuse("edit_no_caption")
    media = {name: value for name, value in message.content.items() if "caption" not in name}
    return _changed(message, {**media, **caption}, read_keyboard(call, private=False, inline_only=True).inline)


def edit_markup(town: Town, call: Call) -> bool:
    """Change a whisper's buttons: editEphemeralMessageReplyMarkup."""
    message = _whispered(town, call, "edit_unknown")
    return _changed(message, message.content, read_keyboard(call, private=False, inline_only=True).inline)


def delete(town: Town, call: Call) -> bool:
    """Take a whisper back: deleteEphemeralMessage."""
    message = _whispered(town, call, "delete_unknown")
    del town.chats[message.chat].whispers[message.whisper]
    return True


METHODS: Final[dict[str, Method]] = {
    "editephemeralmessagetext": edit_text,
    "editephemeralmessagecaption": edit_caption,
    "editephemeralmessagereplymarkup": edit_markup,
    "deleteephemeralmessage": delete,
}
