"""The stage of a large sitting: an agenda of moments, everything that the bot sent, and a process that may die."""

from __future__ import annotations

import asyncio
import base64
import heapq
import json
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from itertools import count
from random import Random
from typing import NamedTuple, TypeAlias
from unittest.mock import patch

from bot.channels.playground.person import Person
from bot.channels.playground.sights import Sight
from bot.channels.playground.street import Answer
from bot.channels.playground.town.posting import ImpossibleError
from bot.channels.playground.town.records import Press
from bot.channels.playground.wire import Call
from bot.channels.telegram.joining import Parts
from bot.service.consulting import open_consultations
from tests.consultation.playing import crowd
from tests.faults.living import Life
from tests.faults.plan import Plan

Happening: TypeAlias = Callable[[], float | None]


class Sent(NamedTuple):
    """One call of the bot's that belongs to a chat or a press, and the code that came back."""

    at: float
    call: Call
    code: int


class Awaited(NamedTuple):
    """Somebody waits for an answer since a moment, in a chat: to a press, or to a message of theirs in a topic."""

    at: float
    chat: int
    press: Press | None = None
    place: int = 0
    topic: int = 0


class Stage(Life):
    """A life whose acts come from an agenda: each may ask to happen again after so many seconds."""

    def __init__(self, seed: int, downs: tuple[float, ...], *, diary: bool = False) -> None:
        """Process by process the bot is killed by ``shoot``, and nobody is there for so many seconds each."""
        super().__init__(
            Plan(seed, people=(), acts=(), rates={"too_many": 0.03}, seconds=3, dawdling=0.05), diary=diary
        )
        self.begun = self.clock()
        self.deaths = [(None, down) for down in downs]
        self.agenda: list[tuple[float, int, Happening]] = []
        self.awaited: list[Awaited] = []
        self.sent: list[Sent] = []
        self.handed: dict[str, float] = {}
        self._numbers = count()
        self._tokens = Random(f"tokens {seed}")

    def lives(self) -> None:
        """Live through all that is on the agenda, with the same codes and secrets for the same seed."""
        with patch("secrets.token_urlsafe", self._token):
            super().lives()

    def _token(self, size: int) -> str:
        return base64.urlsafe_b64encode(self._tokens.randbytes(size)).decode().rstrip("=")

    def _settle_in(self) -> None:
        super()._settle_in()
        self._overhear()
        self._open_house()

    def _open_house(self) -> None:
        open_consultations(self.house.store, self.settings, lambda _packs: crowd())

    def _overhear(self) -> None:
        """Keep every call that the bot makes to a chat, and when it was last handed which press (by id)."""
        call, call_again = self.street.call, self.street.call_again

        def heard(one: Call, token: str | None = None) -> Answer:
            answer = call(one, token)
            if one.given("chat_id") or one.given("callback_query_id"):
                self.sent.append(Sent(self.clock(), one, answer.code))
            self._handed_over(one, answer)
            return answer

        def heard_again(one: Call, ticket: int) -> Answer:
            answer = call_again(one, ticket)
            self._handed_over(one, answer)
            return answer

        self.street.call, self.street.call_again = heard, heard_again

    def _handed_over(self, one: Call, answer: Answer) -> None:
        if one.method.lower() == "getupdates" and answer.code == HTTPStatus.OK:
            updates = json.loads(answer.body)["result"]
            pressed = (update["callback_query"] for update in updates if "callback_query" in update)
            self.handed |= {str(query["id"]): self.clock() for query in pressed}

    def at(self, seconds: float, act: Happening) -> None:
        """Let something happen so many seconds after the beginning."""
        heapq.heappush(self.agenda, (self.begun + seconds, next(self._numbers), act))

    def shoot(self) -> None:
        """The process dies within its next few steps."""
        self.fate.dies_at = self.fate.steps + self.chance.randint(1, 12)

    def pressed(self, who: Person, sight: Sight, label: str) -> Press:
        """Somebody presses a button and waits for what comes of it."""
        press = who.presses(sight, label)
        self.awaited.append(Awaited(self.clock(), sight.chat_id, press))
        return press

    def awaits(self, who: Person) -> None:
        """Somebody is about to say something in private, and waits for an answer."""
        self.awaited.append(Awaited(self.clock(), who.id))

    def _happens(self) -> None:
        _, _, act = heapq.heappop(self.agenda)
        again = None
        with suppress(ImpossibleError, IndexError):  # the bot is away, or the button that was meant is gone
            again = act()
        if again is not None:
            self.at(self.clock() - self.begun + again, act)

    def _next_act(self, loop: asyncio.AbstractEventLoop) -> None:
        def happen() -> None:
            self._happens()
            self._next_act(loop)

        if self.agenda:
            loop.call_later(max(0.0, self.agenda[0][0] - self.clock()), happen)

    def _stay_dead(self, seconds: float) -> None:
        """People go on while nobody is there."""
        until = self.clock() + seconds
        while self.agenda and self.agenda[0][0] < until:
            self.clock.advance(max(0.0, self.agenda[0][0] - self.clock()))
            self._happens()
        super()._stay_dead(max(0.0, until - self.clock()))
        self._open_house()

    def _over(self, parts: Parts) -> bool:
        return not self.agenda and super()._over(parts)
