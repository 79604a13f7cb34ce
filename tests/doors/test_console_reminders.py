"""Reminders at a terminal: nobody knocks there, so what has fallen due is asked when its person comes in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.channels.clock import wall_clock
from bot.channels.console import NAME, ConsoleDoor
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.followed import Checkin, Following
from bot.settings import Settings
from bot.store.conversations import load_conversation, save_conversation
from bot.store.engine import reading, writing
from bot.wiring import House
from tests.faults.house import shelves

DAY = dt.timedelta(days=1)


def _house(due: dt.datetime) -> House:
    """A house in which somebody at the terminal is to be reminded at a moment."""
    house = House(Settings(), "sqlite://")
    house._reading = shelves().read_ahead()
    line = Answer(value=20_000.0, at=due - 60 * DAY, source="said")
    who = Conversation(id=NAME, language="en", consent_at=due, adult=True, revision=3, answers={"current_line": line})
    with writing(house.store) as connection:
        following = Following(checkin=Checkin(day=due.day, hour=9, due=due))
        save_conversation(connection, who.but(following=following), due)
    return house


def _kept(house: House) -> Conversation:
    with reading(house.store) as connection:
        return load_conversation(connection, NAME)


def test_what_fell_due_is_asked_at_the_next_start_and_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """At any hour, for the person came by themselves; the next start shows the open question, not a second one."""
    now = wall_clock("Asia/Shanghai")
    house = _house(now - 3 * DAY)
    ConsoleDoor(house, tmp_path).open(None, None)
    assert "question of the month" in " ".join(capsys.readouterr().out.split())
    after = _kept(house)
    assert after.due_at is not None
    assert after.due_at > now
    door = ConsoleDoor(house, tmp_path)
    door.open(None, None)
    assert "question of the month" in " ".join(capsys.readouterr().out.split())
    assert _kept(house).following == after.following
    door.say("unchanged")
    assert "Thank you" in capsys.readouterr().out
    assert _kept(house).goal == "follow"


def test_before_its_time_nothing_is_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Whoever comes in earlier finds the menu as ever."""
    house = _house(wall_clock("Asia/Shanghai") + 3 * DAY)
    ConsoleDoor(house, tmp_path).open(None, None)
    assert "question of the month" not in " ".join(capsys.readouterr().out.split())
