"""What our bot is shown: everything in private, in groups only what is meant for it unless privacy is off."""

from __future__ import annotations

from bot.channels.playground.town.records import Chat, Message
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Wire


def bot_sees(town: Town, chat: Chat, message: Message) -> bool:
    """Whether a message that somebody else wrote becomes an update for our bot."""
    if chat.kind == "private" or message.whisper:
        return True
    own = town.member(chat, town.bot.id)
    if message.service:
        return own.present or message.content.get("left_chat_member", {}).get("id") == town.bot.id
    if not own.present or (town.users[message.sender].is_bot and message.sender_chat is None):
        return False
    return not town.setup.privacy or own.in_charge or _is_meant(town, chat, message)


def _is_meant(town: Town, chat: Chat, message: Message) -> bool:
    """Whether privacy mode lets it through: a command, a mention, an answer to the bot, or something sent by it."""
    answered = chat.messages.get(message.reply_to)
    if answered is not None and answered.sender == town.bot.id:
        return True
    if message.extra.get("via_bot", {}).get("id") == town.bot.id:
        return True
    return any(_names_bot(town, chat, kind, words, at) for kind, words, at in _stretches(message.content))


def _names_bot(town: Town, chat: Chat, kind: str, words: str, at: int) -> bool:
    address = f"@{town.bot.username}".lower()
    if kind == "bot_command":
        bare = "@" not in words and at == 0 and chat.last_bot == town.bot.id
        return bare or words.lower().endswith(address)
    return kind == "mention" and words.lower() == address


def _stretches(content: Wire) -> list[tuple[str, str, int]]:
    """Kind, words and place of every entity of a text or caption."""
    found = []
    for text_name, entities_name in (("text", "entities"), ("caption", "caption_entities")):
        coded = content.get(text_name, "").encode("utf-16-le")
        for entity in content.get(entities_name, []):
            start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            found.append((entity["type"], coded[start:end].decode("utf-16-le"), entity["offset"]))
    return found
