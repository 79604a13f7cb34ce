"""Addressing: which words are a command, which are meant for us in a group, and what they say without our name."""

from __future__ import annotations

import re
from typing import NamedTuple

from telegram import Message

from bot.channels.telegram.letters import cleaned

LONGEST = 4096
_COMMAND = re.compile(r"/(?P<name>[A-Za-z0-9_]{1,64})(?:@(?P<bot>[A-Za-z0-9_]{3,32}))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_MEDIA = ("voice", "photo", "sticker", "video", "video_note", "audio", "document", "animation", "poll", "location")
_MORE_MEDIA = ("venue", "contact", "dice", "game", "story", "paid_media", "checklist", "invoice")


class Words(NamedTuple):
    """A command with its argument, or a text; ``other`` when the command names another bot."""

    text: str
    command: str | None = None
    other: bool = False


def read_words(text: str, bot_username: str) -> Words:
    """Typed words: ``/name@bot argument`` is a command, everything else a text."""
    words = cleaned(text[:LONGEST]).strip()
    found = _COMMAND.fullmatch(words)
    if found is None:
        return Words(words)
    other = found["bot"] is not None and found["bot"].casefold() != bot_username.casefold()
    return Words((found["rest"] or "").strip(), found["name"].lower(), other)


def media_of(message: Message) -> str | None:
    """What a message holds instead of words, by Telegram's name for it; None for an event in the chat."""
    return next((name for name in (*_MEDIA, *_MORE_MEDIA) if getattr(message, name)), None)


def meant_for(message: Message, words: Words, bot_username: str) -> bool:
    """Whether group talk is for us: a command, a mention, or an answer to something we said."""
    if words.command is not None or _mention(bot_username).search(words.text):
        return True
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created is not None:  # all that is said in a topic answers its opening
        return False
    author = answered.from_user
    return author is not None and (author.username or "").casefold() == bot_username.casefold()


def without_mention(text: str, bot_username: str) -> str:
    """A text without our name in it."""
    return " ".join(_mention(bot_username).sub(" ", text).split())


def _mention(bot_username: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])@{re.escape(bot_username)}(?!\w)", re.IGNORECASE)
