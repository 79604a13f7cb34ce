"""Changing what was sent: text, caption, file and buttons of own messages, pins, and reactions to any message."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods.attaching import media_content
from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.reaching import reach, reach_message
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.moving import announce
from bot.channels.playground.town.records import Chat, Message
from bot.channels.playground.town.showing import message_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.formatting import read_caption, read_text
from bot.channels.playground.words.keyboards import read_keyboard

EDITABLE_FOR = 48 * 3600


def edit_text(town: Town, call: Call) -> Wire:
    """Change a message's text and buttons: editMessageText."""
    content = read_text(call)
    message = _editable(town, call)
    if "text" not in message.content:
        raise refuse("edit_no_text")
    return _changed(town, call, message, content)


def edit_caption(town: Town, call: Call) -> Wire:
    """Change a message's caption and buttons: editMessageCaption."""
    caption = read_caption(call)
    message = _editable(town, call)
    if not any(name in message.content for name in ("photo", "document", "audio", "voice", "video", "animation")):
        raise refuse("edit_no_caption")
    return _changed(town, call, message, _without_caption(message.content) | caption)


def edit_media(town: Town, call: Call) -> Wire:
    """Change a message's file, caption and buttons: editMessageMedia."""
    message = _editable(town, call)
    return _changed(town, call, message, media_content(town, call, call.record("media")))


def edit_markup(town: Town, call: Call) -> Wire:
    """Change a message's buttons only: editMessageReplyMarkup."""
    message = _editable(town, call)
    return _changed(town, call, message, message.content)


def _editable(town: Town, call: Call) -> Message:
    """The own message that the call names, if it can still be changed."""
    if not call.given("chat_id") and not call.integer("message_id"):
        raise refuse("id_missing")
    message = reach_message(town, reach(town, call, "edit"), call, "edit_unknown")
    old = town.now - message.date > EDITABLE_FOR and message.markup is None
    if message.sender != town.bot.id or message.service or message.plain_keyboard or old:
        raise refuse("edit_not_allowed")
    return message


def _changed(town: Town, call: Call, message: Message, content: Wire) -> Wire:
    keyboard = read_keyboard(call, private=message.chat > 0, inline_only=True)
    if message.content == content and message.markup == keyboard.inline:
        raise refuse("edit_unchanged")
    wait = town.meter.spend("edit", message.chat, town.now)
    if wait:
        raise refuse("too_many", retry_after=wait, seconds=wait)
    message.content, message.markup, message.edit_date = content, keyboard.inline, town.date
    return message_wire(town, message)


def _without_caption(content: Wire) -> Wire:
    return {name: value for name, value in content.items() if "caption" not in name}


def pin(town: Town, call: Call) -> bool:
    """Pin a message: pinChatMessage."""
    chat = _may_pin(town, call)
    message = reach_message(town, chat, call, "pin_unknown")
    chat.pinned = [message.id, *(number for number in chat.pinned if number != message.id)]
    announce(town, chat, town.bot.id, {"pinned_message": message_wire(town, message, quoting=False)})
    return True


def unpin(town: Town, call: Call) -> bool:
    """Unpin a message, the latest when none is named: unpinChatMessage."""
    chat = _may_pin(town, call)
    number = call.integer("message_id") or next(iter(chat.pinned), 0)
    if number not in chat.pinned:
        raise refuse("unpin_unknown")
    chat.pinned.remove(number)
    return True


def unpin_all(town: Town, call: Call) -> bool:
    """Unpin everything: unpinAllChatMessages."""
    _may_pin(town, call).pinned.clear()
    return True


def _may_pin(town: Town, call: Call) -> Chat:
    chat = reach(town, call, "write")
    own = town.member(chat, town.bot.id)
    open_to_all = chat.kind == "private" or chat.permissions.get("can_pin_messages", False)
    if not open_to_all and not own.may("can_pin_messages"):
        raise refuse("pin_no_right")
    return chat


def react(town: Town, call: Call) -> bool:
    """React to a message: setMessageReaction."""
    message = reach_message(town, reach(town, call, "read"), call, "react_unknown")
    try:
        told = call.structure("reaction")
    except ValueError:
        told = None
    message.reactions[town.bot.id] = told if isinstance(told, list) else []
    return True


METHODS: Final[dict[str, Method]] = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagemedia": edit_media,
    "editmessagereplymarkup": edit_markup,
    "pinchatmessage": pin,
    "unpinchatmessage": unpin,
    "unpinallchatmessages": unpin_all,
    "setmessagereaction": react,
}
