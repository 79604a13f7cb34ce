"""What can be done on the page: one act in plain words becomes what a person, the weather or the bot's keeper does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.channels.clock import let_pass
from bot.channels.playground.page.cast import Cast, Locale
from bot.channels.playground.page.process import BotProcess
from bot.channels.playground.person import Person
from bot.channels.playground.place import Place
from bot.channels.playground.sights import Sight
from bot.channels.playground.town.faults import Mishap
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Letter, Press
from bot.channels.playground.wire import Wire

Sendable = Literal["photo", "document", "voice", "audio", "video", "sticker", "contact", "location", "dice"]

_LONGEST_SPIN = 15.0
"""Seconds after which a client stops the spinner of a button that the bot does not answer."""


class Act(BaseModel):
    """One act as the page tells it; what an act does not need is left out."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    act: str
    person: int = 0
    chat: int = 0
    message: int = 0
    whisper: int = 0
    other: int = 0
    row: int = Field(0, ge=0)
    column: int = Field(0, ge=0)
    text: str = Field("", max_length=4096)
    choices: list[str] = Field(default_factory=list)
    kind: Sendable = "photo"
    language: Locale = "zh-hans"
    mishap: Mishap = "drop_after"
    method: str = Field("", max_length=64)
    times: int = Field(1, ge=1, le=100)
    seconds: int = Field(1, ge=1, le=600)


@dataclass(frozen=True)
class Acting:
    """An act with everything that it may touch."""

    act: Act
    cast: Cast
    bot: BotProcess

    @property
    def person(self) -> Person:
        """Who acts."""
        return self.cast.person(self.act.person)

    @property
    def other(self) -> Person:
        """Whom it is done to."""
        return self.cast.person(self.act.other)

    @property
    def place(self) -> Place:
        """Where: the chat that is named, which must be one the person can open."""
        places = {place.id: place for place in self.cast.places_of(self.person)}
        if self.act.chat not in places:
            raise ImpossibleError(f"{self.person.name} has no chat {self.act.chat}")
        return places[self.act.chat]

    @property
    def sight(self) -> Sight:
        """The message that is named, if the person sees it."""
        wanted = (self.act.whisper, 0 if self.act.whisper else self.act.message)
        for sight in self.person.sees(self.place):
            if (sight.message.whisper, sight.id) == wanted or (not wanted[0] and sight.id == wanted[1]):
                return sight
        raise ImpossibleError("this message is gone")


async def _press(now: Acting) -> Wire:
    """Press a button and wait for the bot's answer, as a client lets the spinner turn."""
    rows = (now.sight.message.markup or {}).get("inline_keyboard", [])
    row = rows[now.act.row] if now.act.row < len(rows) else []
    button = row[now.act.column] if now.act.column < len(row) else {}
    if button.get("text") != now.act.text or "callback_data" not in button:
        raise ImpossibleError("this button is gone")
    press = now.person.forges(now.sight, str(button["callback_data"]))
    return await _answer(now, press)


async def _answer(now: Acting, press: Press) -> Wire:
    news = asyncio.Event()
    with now.cast.street.watched_by(news.set), suppress(TimeoutError):
        await asyncio.wait_for(_answered(press, news), _LONGEST_SPIN)
    return {"answered": False} if press.answer is None else {"answered": True, **press.answer}


async def _answered(press: Press, news: asyncio.Event) -> None:
    while press.answer is None:
        await news.wait()
        news.clear()


def _follow(now: Acting) -> None:
    now.person.opens(now.act.text, now.place if now.place.chat.kind != "private" else None)


def _move_in(now: Acting) -> None:
    person = now.cast.move_in(now.act.text, now.act.language)
    for number in now.cast.groups:
        person.joins(now.cast.place(number))


def _offline(now: Acting) -> None:
    now.person.goes_offline(back=now.person.user.offline)
    now.cast.street.tell()


def _weather(now: Acting) -> None:
    now.cast.street.weather.write(now.act.mishap, now.act.method, now.act.times, now.act.seconds)
    now.cast.street.tell()


def _fine_weather(now: Acting) -> None:
    now.cast.street.weather.written.clear()
    now.cast.street.tell()


async def _reborn(now: Acting) -> Wire:
    await now.bot.shoot()
    await now.bot.start()
    return {}


async def _later(now: Acting) -> Wire:
    """Time passes for everybody here: for the people's phones and for the bot."""
    let_pass(now.act.seconds)
    await now.bot.later(now.act.seconds)
    now.cast.street.wake()
    now.cast.street.tell()
    return {}


async def _stop(now: Acting) -> Wire:
    await now.bot.stop()
    return {}


AT_ONCE: Final[Mapping[str, Callable[[Acting], object]]] = {
    "start": lambda now: now.person.starts(now.act.text),
    "say": lambda now: now.person.says(now.place, now.act.text, Letter(reply_to=now.act.message)),
    "send": lambda now: now.person.sends(now.act.kind, now.place, caption=now.act.text),
    "tap": lambda now: now.person.taps(now.place, now.act.text),
    "follow": _follow,
    "edit": lambda now: now.person.edits(now.sight, now.act.text),
    "delete": lambda now: now.person.deletes(now.sight),
    "vote": lambda now: now.person.votes(now.sight, *now.act.choices),
    "react": lambda now: now.person.reacts(now.sight, now.act.text),
    "block": lambda now: now.person.blocks(),
    "unblock": lambda now: now.person.unblocks(),
    "offline": _offline,
    "join": lambda now: now.person.joins(now.place),
    "leave": lambda now: now.person.leaves(now.place),
    "bring_bot": lambda now: now.person.brings(now.place),
    "kick_bot": lambda now: now.person.kicks(now.place),
    "promote_bot": lambda now: now.person.promotes(now.place),
    "demote_bot": lambda now: now.person.demotes(now.place),
    "promote": lambda now: now.person.promotes(now.place, now.other),
    "demote": lambda now: now.person.demotes(now.place, now.other),
    "move_in": _move_in,
    "open_group": lambda now: now.cast.open_group(now.act.text, now.person),
    "weather": _weather,
    "fine_weather": _fine_weather,
}
"""Every act that is done at once, by name."""

IN_TIME: Final[Mapping[str, Callable[[Acting], Awaitable[Wire]]]] = {
    "press": _press,
    "stop": _stop,
    "later": _later,
    "reborn": _reborn,
}
"""Every act that takes its time, by name."""


async def perform(now: Acting) -> Wire:
    """Do an act and tell what came of it: for a press the bot's answer, otherwise an empty object.

    Raises:
        ImpossibleError: when the platform would not let the person, or the act is not known.
    """
    if now.act.act in IN_TIME:
        return await IN_TIME[now.act.act](now)
    if now.act.act not in AT_ONCE:
        raise ImpossibleError(f"nobody knows how to {now.act.act[:40]!r}")
    AT_ONCE[now.act.act](now)
    return {}
