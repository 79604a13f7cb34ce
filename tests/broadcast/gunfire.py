"""A street with some way to it, on which a bot's process is shot at the worst moment: around one of its own sends."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from bot.channels.playground.clocks import wall_seconds
from bot.channels.playground.street import Answer, Street
from bot.channels.playground.town.faults import ON_CALLS, Fault, Weather
from bot.channels.playground.town.limits import Limits
from bot.channels.playground.town.town import Setup
from bot.channels.playground.wire import Call

When = Literal["before", "after", "on the wire"]
"""Before the platform takes the message; when it has, and its answer is on the way; or it takes it from a dead bot."""

FAR = 0.06
"""Seconds that an answer takes, so that some calls are under way at any moment."""

_COUNT = frozenset({200, 403})
"""Answers to calls that the platform counts among those of a second."""


@dataclass
class FarWeather(Weather):
    """Every answer that nothing else befalls comes a little late."""

    def _drawn(self, kinds: tuple[str, ...], what: str, number: int) -> Fault | None:
        drawn = super()._drawn(kinds, what, number)  # type: ignore[arg-type]
        if drawn is None and kinds == ON_CALLS and what != "getupdates":
            return Fault("slow", FAR)  # type: ignore[arg-type]
        return drawn


@dataclass
class _Aim:
    process: int
    when: When


class ShootingStreet(Street):
    """It counts what the platform counts, and how long no bot was there."""

    def __init__(self, words: tuple[str, ...], seed: int = 1) -> None:
        super().__init__(seed, wall_seconds, Setup(limits=Limits()))
        self.town.weather = FarWeather(seed, {"too_many": 0.01, "drop_after": 0.003, "drop_before": 0.003})
        self.words = words
        self.counted = 0
        self.away = 0.0
        self._aim: _Aim | None = None
        self._shot_at: float | None = None

    def aim(self, process: int, when: When) -> None:
        """Shoot a process around its next send of the words."""
        self._aim = _Aim(process, when)

    def call(self, call: Call, token: str | None = None) -> Answer:
        """One call of the bot, with a shot where it is due."""
        method = call.method.lower()
        if method == "getme" and self._shot_at is not None:
            self.away += self.clock() - self._shot_at
            self._shot_at = None
        aim = self._aim
        due = aim is not None and method == "sendmessage" and any(word in call.text("text") for word in self.words)
        if due and aim is not None and aim.when != "after":
            self._shoot(aim)
        if due and aim is not None and aim.when == "before":
            return Answer(502, b"", Fault("drop_before"))
        answer = super().call(call, token)
        self.counted += method.startswith(("send", "edit")) and answer.code in _COUNT
        if due and aim is not None and aim.when == "after":
            self._shoot(aim)
        return answer

    def _shoot(self, aim: _Aim) -> None:
        self._aim, self._shot_at = None, self.clock()
        with suppress(ProcessLookupError):
            os.kill(aim.process, signal.SIGKILL)
