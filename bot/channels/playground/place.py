"""A chat as people see it: what it shows now, who is in it, its topics, its keyboard and whether the bot types."""

from __future__ import annotations

from typing import Protocol

from bot.channels.playground.sights import Sight
from bot.channels.playground.town.records import Chat, Status, User
from bot.channels.playground.town.town import Town


class _Around(Protocol):
    """The part of the street that a place needs."""

    town: Town

    def tick(self) -> None:
        """Let the town know what time it is."""


class Place:
    """One chat; everything it tells is as of now."""

    def __init__(self, street: _Around, chat: Chat) -> None:
        """The view of a chat on a street."""
        self._street = street
        self.chat = chat

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    @property
    def title(self) -> str:
        """The group's title; empty for a private chat."""
        return self.chat.title

    @property
    def messages(self) -> list[Sight]:
        """What everybody in the chat sees now, oldest first: no deleted messages, no whispers."""
        town = self._street.town
        return [Sight(town, message) for message in self.chat.messages.values() if not message.deleted]

    @property
    def last(self) -> Sight:
        """The newest message that shows.

        Raises:
            IndexError: when nothing shows.
        """
        return self.messages[-1]

    def seen_by(self, user: User) -> list[Sight]:
        """What one member sees: the messages, and the whispers to and from them, in place of what they stand in for."""
        town = self._street.town
        own = [one for one in self.chat.whispers.values() if user.id in {one.receiver, one.sender}]
        hidden = {one.instead_of for one in own}
        shown = [sight for sight in self.messages if sight.id not in hidden]
        return sorted([*shown, *(Sight(town, one) for one in own)], key=lambda sight: sight.message.date)

    def message(self, number: int) -> Sight:
        """The message of that id, deleted or not.

        Raises:
            KeyError: when there never was one.
        """
        return Sight(self._street.town, self.chat.messages[number])

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the reply keyboard that shows now, row by row."""
        rows = (self.chat.keyboard or {}).get("keyboard", [])
        return [[button["text"] for button in row] for row in rows]

    @property
    def typing(self) -> str:
        """What the bot is busy with, empty when with nothing."""
        self._street.tick()
        action, until = self.chat.typing
        return action if self._street.town.now < until else ""

    @property
    def draft(self) -> str:
        """The part of a coming message that shows, empty when none does."""
        self._street.tick()
        text, until = self.chat.draft
        return text if self._street.town.now < until else ""

    def status(self, user: User) -> Status:
        """How somebody stands here."""
        return self._street.town.member(self.chat, user.id).status

    @property
    def topics(self) -> dict[str, int]:
        """The topics by name, with their ids."""
        return {topic.name: topic.id for topic in self.chat.topics.values()}
