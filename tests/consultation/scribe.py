"""A scribe who sits in some chats and writes down whatever anybody can see there: who, where, what, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.street import Street
from tests.faults.house import ZONE

_SHAPES = ("poll", "photo", "document", "sticker")


class Seen(NamedTuple):
    """One thing that shows: when (seconds since 1970), in which chat, by whom, what they do, the words and buttons."""

    at: float
    where: str
    who: str
    does: str
    words: str
    rows: tuple[tuple[str, ...], ...] = ()


class _Look(NamedTuple):
    words: str
    rows: tuple[tuple[str, ...], ...]
    gone: bool


class Scribe:
    """Whoever may read a chat sees this; whispers stand there with the name of the one who sees them."""

    def __init__(self, street: Street, places: Sequence[tuple[str, Place]] = ()) -> None:
        """A scribe of some chats, each with the name that it is called by."""
        self._street = street
        self.places = list(places)
        self._known: dict[tuple[int, int, int], _Look] = {}

    def news(self) -> list[Seen]:
        """What shows now and did not before, chat by chat, oldest first."""
        return [seen for name, place in self.places for seen in self._news_of(name, place)]

    def _news_of(self, name: str, place: Place) -> list[Seen]:
        found = []
        for message in (*place.chat.messages.values(), *place.chat.whispers.values()):
            sight, key = Sight(self._street.town, message), (place.id, message.id, message.whisper)
            look, before = _look(sight), self._known.get(key)
            if look == before or (message.service and before is not None):
                continue
            self._known[key] = look
            found.append(self._told(name, place, sight, look, before))
        return found

    def _told(self, name: str, place: Place, sight: Sight, look: _Look, before: _Look | None) -> Seen:
        topics = {number: topic for topic, number in place.topics.items()}
        where = ", ".join(filter(None, (name, topics.get(sight.message.thread, ""))))
        does = "" if before is None else "changes"
        if look.gone:
            does, look = "loses a message", _Look(before.words if before else look.words, (), gone=True)
        elif sight.message.whisper:
            does = f"whispers to {self._name(sight.message.receiver)}"
        return Seen(self._street.clock(), where, self._author(sight), does, look.words, look.rows)

    def _author(self, sight: Sight) -> str:
        mask = sight.message.sender_chat
        return str(mask.get("title")) if mask else self._name(sight.message.sender)

    def _name(self, number: int) -> str:
        user = self._street.town.users.get(number)
        return "the bot" if number == self._street.town.bot.id or user is None else user.first_name


def _look(sight: Sight) -> _Look:
    words, content = sight.text, sight.message.content
    if "poll" in content:
        poll = sight.town.polls[content["poll"]["id"]]
        state = " (closed)" if poll.closed else ""
        words = "\n".join([f"poll{state}: {poll.question}", *(f"- {option}" for option in poll.options)])
    elif sight.message.service:
        words = f"({sight.kind.replace('_', ' ')})"
    shape = next((shape for shape in _SHAPES[1:] if shape in content), "")
    told = "\n".join(filter(None, (f"[{shape}]" if shape else "", words)))
    return _Look(told, tuple(tuple(row) for row in sight.rows), sight.deleted)


def clock_of(at: float) -> str:
    """A moment as hours, minutes and seconds."""
    return dt.datetime.fromtimestamp(at, ZONE).strftime("%H:%M:%S")


def line_of(seen: Seen, most: int = 150) -> str:
    """One thing on one line."""
    words = " / ".join(line.strip() for line in seen.words.splitlines() if line.strip())
    words = words if len(words) <= most else words[: most - 1] + "…"
    buttons = " ".join(f"[{label}]" for row in seen.rows for label in row)
    does = f" {seen.does}" if seen.does else ""
    return f"{clock_of(seen.at)} {seen.where} | {seen.who}{does}: {words} {buttons}".rstrip()


def lines_of(seen: Seen) -> list[str]:
    """One thing in full, as it stands in a chat."""
    does = f" {seen.does}" if seen.does else ""
    rows = ["  " + " ".join(f"[{label}]" for label in row) for row in seen.rows]
    return [f"{seen.where} | {seen.who}{does}:", *(f"  {line}".rstrip() for line in seen.words.splitlines()), *rows]
