"""Sending what needs no file: texts, places, contacts, dice, copies, forwards, drafts, and the sign that one types."""

from __future__ import annotations

from typing import Final

from bot.channels.playground.methods.method import Method
from bot.channels.playground.methods.placing import OTHER, Kind, place
from bot.channels.playground.methods.reaching import reach, reach_message
from bot.channels.playground.refusals.table import refuse
from bot.channels.playground.town.posting import forwarded
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Call, Wire
from bot.channels.playground.words.formatting import read_caption, read_text

TYPING_SECONDS = 5.0
DRAFT_SECONDS = 30.0
ACTIONS = frozenset({
    *("cancel", "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
})


def send_message(town: Town, call: Call) -> Wire:
    """Send a text: sendMessage."""
    return place(town, call, read_text(call))


def send_location(town: Town, call: Call) -> Wire:
    """Send a place on the map: sendLocation."""
    location = {"latitude": call.decimal("latitude"), "longitude": call.decimal("longitude")}
    return place(town, call, {"location": location})


def send_contact(town: Town, call: Call) -> Wire:
    """Send somebody's number: sendContact."""
    contact = {"phone_number": call.text("phone_number"), "first_name": call.text("first_name")}
    return place(town, call, {"contact": contact})


def send_dice(town: Town, call: Call) -> Wire:
    """Throw a die, drawn from the seed: sendDice."""
    emoji = call.text("emoji") or "\N{GAME DIE}"
    value = 1 + town.draw("dice", town.count("dice")) % 6
    return place(town, call, {"dice": {"emoji": emoji, "value": value}}, OTHER)


def send_chat_action(town: Town, call: Call) -> bool:
    """Show for five seconds that the bot is busy: sendChatAction."""
    action = call.text("action").lower()
    if action not in ACTIONS:
        raise refuse("action_unknown")
    reach(town, call).typing = (action, town.now + TYPING_SECONDS)
    return True


def send_draft(town: Town, call: Call) -> bool:
    """Show a part of a coming message for half a minute: sendMessageDraft."""
    content = read_text(call)
    chat = reach(town, call)
    if chat.kind != "private":
        raise refuse("draft_not_private")
    chat.draft = (content["text"], town.now + DRAFT_SECONDS)
    return True


def copy_message(town: Town, call: Call) -> Wire:
    """Send a message again without naming its origin: copyMessage."""
    source = reach_message(town, reach(town, call, "read", "from_chat_id"), call, "copy_unknown")
    content = dict(source.content)
    if call.given("caption"):
        content = {name: value for name, value in content.items() if "caption" not in name} | read_caption(call)
    return {"message_id": place(town, call, content)["message_id"]}


def forward_message(town: Town, call: Call) -> Wire:
    """Send a message again with its origin: forwardMessage."""
    source = reach_message(town, reach(town, call, "read", "from_chat_id"), call, "forward_unknown")
    return place(town, call, source.content, Kind(), forwarded(town, source))


METHODS: Final[dict[str, Method]] = {
    "sendmessage": send_message,
    "sendlocation": send_location,
    "sendcontact": send_contact,
    "senddice": send_dice,
    "sendchataction": send_chat_action,
    "sendmessagedraft": send_draft,
    "copymessage": copy_message,
    "forwardmessage": forward_message,
}
