"""A life that is followed: one person over months, who says things and for whom reminders fall due."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.dialogue.following_card import CHECKIN
from bot.dialogue.following_days import CLOCKS
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import CAST
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

WHO = {person.name: person for person in CAST}
CLERK, LENDERS = "clerk", "five_lenders"
ZONES = {name: ZoneInfo(name) for name in CLOCKS}


def scene_at(now: dt.datetime = NOW) -> Scene:
    """The scene of a moment, with every clock that somebody may choose."""
    return replace(scene_now(), now=now, zones=ZONES)


class Life:
    """One person over months: says things, and reminders fall due."""

    def __init__(self, name: str = CLERK, goal: str = "assess", language: str = "zh") -> None:
        self.who = WHO[name].asking(goal, language)  # type: ignore[arg-type]  # one of the three languages
        self.now, self.steps = NOW, 0

    def does(self, **arrival: object) -> Turn:
        """One arrival, and the turn that it leads to."""
        self.steps += 1
        given_ = Arrival(key=f"k{self.steps}", at=self.now, **arrival)  # type: ignore[arg-type]
        turn = take_turn(self.who, given_, scene_at(self.now))
        self.who = turn.conversation
        return turn

    def agrees(self, day: int = 15, hour: int = 20) -> Life:
        """Ask for a reminder."""
        self.does(action=f"remind:at:{day}:{hour}")
        return self

    def falls_due(self, later: dt.timedelta = dt.timedelta()) -> Turn:
        """Let time pass until the next reminder, or a while beyond it."""
        assert self.who.due_at is not None
        self.now = self.who.due_at.astimezone(ZONES["Asia/Shanghai"]) + later
        return self.does(due="checkin")


def said_in_turn(turn: Turn) -> str:
    """All words of a turn."""
    return " ".join(words for reply in turn.replies for words in words_of(reply))


def asks_for_the_line(turn: Turn) -> bool:
    """Whether a turn asks for the line as it is now."""
    return any(reply.slot == CHECKIN for reply in turn.replies)
