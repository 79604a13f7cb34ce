"""What people see of a message: its words, buttons, sender and files, as it stands at this moment."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.playground.town.records import Message
from bot.channels.playground.town.showing import message_wire
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Wire

_MEDIA = ("photo", "document", "voice", "audio", "video", "video_note", "animation", "sticker")


@dataclass(frozen=True)
class Sight:
    """One message as people see it; it always shows the present state."""

    town: Town
    message: Message

    @property
    def id(self) -> int:
        """The message's id in its chat; 0 for a whisper."""
        return self.message.id

    @property
    def chat_id(self) -> int:
        """The chat it stands in."""
        return self.message.chat

    @property
    def text(self) -> str:
        """Its words, or the caption of its file."""
        return str(self.message.content.get("text") or self.message.content.get("caption", ""))

    @property
    def entities(self) -> list[Wire]:
        """The marked stretches of its words."""
        content = self.message.content
        return list(content.get("entities") or content.get("caption_entities", []))

    @property
    def by_bot(self) -> bool:
        """Whether our bot sent it."""
        return self.message.sender == self.town.bot.id

    @property
    def deleted(self) -> bool:
        """Whether it is gone."""
        return self.message.deleted

    @property
    def edited(self) -> bool:
        """Whether it was changed after it was sent."""
        return bool(self.message.edit_date)

    @property
    def rows(self) -> list[list[str]]:
        """The labels of its buttons, row by row."""
        rows = (self.message.markup or {}).get("inline_keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons in reading order."""
        return [label for row in self.rows for label in row]

    def button(self, label: str) -> Wire | None:
        """The first button of that label."""
        rows = (self.message.markup or {}).get("inline_keyboard", [])
        return next((button for row in rows for button in row if button["text"] == label), None)

    @property
    def kind(self) -> str:
        """What it is: text, photo, document, poll, … or a service message's name."""
        return next(iter(name for name in self.message.content if name not in {"caption", "caption_entities"}), "text")

    @property
    def data(self) -> bytes:
        """The bytes of its file; empty when it has none."""
        for name in _MEDIA:
            if name in self.message.content:
                held = self.message.content[name]
                return self.town.files[(held[-1] if isinstance(held, list) else held)["file_id"]].data
        return b""

    @property
    def file_name(self) -> str:
        """The name of its file; empty when it has none."""
        for name in _MEDIA:
            held = self.message.content.get(name)
            if isinstance(held, dict):
                return self.town.files[held["file_id"]].name
        return ""

    def wire(self) -> Wire:
        """The message as the bot would get it."""
        return message_wire(self.town, self.message)
