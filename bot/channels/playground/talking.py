"""What a person does with messages: says, sends, edits, deletes, presses, taps, votes, reacts, forwards, whispers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from bot.channels.playground.methods.storing import store
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.town import posting
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Chat, Letter, Press, User
from bot.channels.playground.town.showing import chat_wire, content_of
from bot.channels.playground.town.town import Town
from bot.channels.playground.wire import Upload, Wire
from bot.channels.playground.words.formatting import plain_caption, plain_content

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""The smallest picture: one clear pixel."""

_WITHOUT_FILE: dict[str, Wire] = {
    "contact": {"contact": {"phone_number": "+8613800000000", "first_name": "Somebody"}},
    "location": {"location": {"latitude": 31.2, "longitude": 121.5}},
    "dice": {"dice": {"emoji": "\N{GAME DIE}", "value": 4}},
}


class Around(Protocol):
    """The part of the street that a person needs."""

    town: Town

    def tick(self) -> None:
        """Let the town know what time it is."""

    def happening(self, what: str) -> AbstractContextManager[None]:
        """Let something happen now."""


class Talker:
    """Somebody who can talk."""

    def __init__(self, street: Around, user: User) -> None:
        """A person on a street."""
        self._street = street
        self.user = user

    @property
    def name(self) -> str:
        """The first name."""
        return self.user.first_name

    @property
    def id(self) -> int:
        """The user's id, which is also that of the private chat."""
        return self.user.id

    @property
    def home(self) -> Place:
        """The private chat with the bot."""
        return Place(self._street, self._town.home_of(self.user))

    @property
    def _town(self) -> Town:
        return self._street.town

    def says(self, place: Place, text: str, letter: Letter | None = None, *, speaks_as: str = "") -> Sight:
        """Write a text.

        Args:
            place: where.
            text: what; commands and mentions are found in it.
            letter: what it answers, its topic, marks of origin.
            speaks_as: ``group`` for an anonymous administrator, or the title of a channel of theirs.

        Raises:
            ImpossibleError: when the platform would not let them.
        """
        with self._street.happening(f"{self.name} says in {place.id}: {text}"):
            letter = self._signed(place.chat, letter or Letter(), speaks_as)
            return Sight(self._town, posting.post(self._town, place.chat, self.user, plain_content(text), letter))

    def whispers(self, place: Place, text: str) -> Sight:
        """Write in a group what only the bot can see, as an ephemeral command does."""
        with self._street.happening(f"{self.name} whispers in {place.id}: {text}"):
            return Sight(self._town, posting.whisper(self._town, place.chat, self.user, plain_content(text), Letter()))

    def sends(
        self,
        kind: str,
        place: Place,
        data: bytes = b"",
        name: str = "",
        caption: str = "",
        letter: Letter | None = None,
    ) -> Sight:
        """Send something other than a text: a photo, document, voice, sticker, video, contact, location or dice."""
        with self._street.happening(f"{self.name} sends a {kind} to {place.id}"):
            if kind in _WITHOUT_FILE:
                content = dict(_WITHOUT_FILE[kind])
            else:
                usual = PIXEL if kind in {"photo", "sticker"} else b"something"
                content = content_of(store(self._town, Upload(name or f"{kind}.bin", data or usual), kind))
            content |= plain_caption(caption)
            return Sight(self._town, posting.post(self._town, place.chat, self.user, content, letter or Letter()))

    def forwards(self, sight: Sight, place: Place) -> Sight:
        """Send somebody's message on, with its origin."""
        with self._street.happening(f"{self.name} forwards {sight.id} to {place.id}"):
            letter = Letter(extra=posting.forwarded(self._town, sight.message))
            return Sight(
                self._town, posting.post(self._town, place.chat, self.user, dict(sight.message.content), letter)
            )

    def edits(self, sight: Sight, text: str) -> None:
        """Change the text of an own message."""
        with self._own(sight, "edits"):
            posting.edit(self._town, sight.message, plain_content(text))

    def deletes(self, sight: Sight) -> None:
        """Delete an own message, or in private the bot's too, for both sides; the bot is not told."""
        if self.id not in {sight.message.sender, sight.chat_id}:
            raise ImpossibleError(f"{self.name} cannot delete another's message")
        with self._street.happening(f"{self.name} deletes {sight.id}"):
            sight.message.deleted = True

    def presses(self, sight: Sight, label: str) -> Press:
        """Press the button of that label.

        Raises:
            ImpossibleError: when there is no such button to press, or the person cannot see the message.
        """
        button = None if sight.deleted else sight.button(label)
        if button is None or "callback_data" not in button:
            raise ImpossibleError(f"there is no button {label!r} to press among {sight.labels}")
        return self._pressed(sight, str(button["callback_data"]), f"presses {label!r}")

    def forges(self, sight: Sight, data: str) -> Press:
        """Press with an app that sends what it likes: a button that is gone, or that never was."""
        return self._pressed(sight, data, f"forges {data!r}")

    def taps(self, place: Place, label: str) -> Sight:
        """Tap a label of the reply keyboard, which says it.

        Raises:
            ImpossibleError: when no such label shows.
        """
        if not any(label in row for row in place.keyboard):
            raise ImpossibleError(f"there is no {label!r} on the keyboard {place.keyboard}")
        if (place.chat.keyboard or {}).get("one_time_keyboard"):
            place.chat.keyboard = None
        return self.says(place, label)

    def votes(self, sight: Sight, *labels: str) -> None:
        """Vote in a poll for options by their words; for none to take the vote back."""
        poll = self._town.polls[sight.message.content["poll"]["id"]]
        with self._street.happening(f"{self.name} votes {labels}"):
            posting.vote(self._town, poll, self.user, [poll.options.index(label) for label in labels])

    def reacts(self, sight: Sight, emoji: str) -> None:
        """React to a message, or take the reaction back with an empty word."""
        with self._street.happening(f"{self.name} reacts to {sight.id} with {emoji}"):
            posting.react(self._town, sight.message, self.user, emoji)

    def sees(self, place: Place) -> list[Sight]:
        """What shows in a chat for this person, whispers included."""
        return place.seen_by(self.user)

    def _pressed(self, sight: Sight, data: str, what: str) -> Press:
        chat = self._town.chats[sight.chat_id]
        strange = sight.message.whisper and sight.message.receiver != self.id
        if strange or not self._town.member(chat, self.id).present:
            raise ImpossibleError(f"{self.name} cannot see this message")
        with self._street.happening(f"{self.name} {what} on {sight.id}"):
            return posting.press(self._town, self.user, sight.message, data)

    @contextmanager
    def _own(self, sight: Sight, what: str) -> Iterator[None]:
        if sight.message.sender != self.id or sight.deleted:
            raise ImpossibleError(f"{self.name} {what} own messages only")
        with self._street.happening(f"{self.name} {what} {sight.id}"):
            yield

    def _signed(self, chat: Chat, letter: Letter, speaks_as: str) -> Letter:
        if not speaks_as:
            return letter
        member = self._town.member(chat, self.id)
        if speaks_as == "group":
            if not member.in_charge:
                raise ImpossibleError(f"{self.name} is no administrator")
            return Letter(letter.reply_to, letter.thread, chat_wire(self._town, chat), letter.extra)
        number = -1_009_000_000_000 - self._town.draw("channel", speaks_as) % 1_000_000
        channel: Wire = {"id": number, "type": "channel", "title": speaks_as}
        return Letter(letter.reply_to, letter.thread, channel, letter.extra)
