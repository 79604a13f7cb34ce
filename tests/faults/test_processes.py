"""Real processes, really shot: no answer is lost, none counts twice, and hardly anything is shown twice.

A few dozen shots fall here; ``python -m tests.faults.kills --kills 1000`` fires as many as one likes.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine

from bot.channels.playground.faces.background import served
from bot.channels.playground.street import Street
from bot.settings import PREFIX
from bot.store.conversations import load_conversation
from bot.store.engine import reading
from tests.faults.nursery import Nursery
from tests.faults.relay import Relay, balanced
from tests.faults.storm import Aftermath, Storm, settled, watched_store
from tests.faults.walkers import neighbours
from tests.house.rooms import ROOT
from tests.store.postgresql import Server

KILLS = 14
"""For each of the two databases."""


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_no_kill_loses_an_answer(
    database: str, bots: Nursery, peace: Aftermath, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Shot at random moments with fifty updates queued, the bot ends where it ends in peace.

    In each chat one message at most comes twice for a shot, and what replaces a card in place never comes as a message.
    """
    sqlite = f"sqlite:///{tmp_path / 'storm.db'}"
    address = sqlite if database == "sqlite" else request.getfixturevalue("postgresql").fresh()
    after = Storm(bots, address, tmp_path, Random(7), most_kills=KILLS).rages()
    assert after.kills >= KILLS
    assert after.states == peace.states
    assert after.worst <= 1
    assert after.wrongly_sent(peace) == []


@pytest.mark.timeout(300)
def test_two_workers_shot_in_turn_lose_nothing(bots: Nursery, postgresql: Server, tmp_path: Path) -> None:
    """Two workers on one PostgreSQL by webhook, shot in turn under load: nothing lost, nothing twice, order kept."""
    with balanced() as (url, ports):

        def raged(most_kills: int) -> Aftermath:
            place = {"people": 6, "url": url, "ports": ports}
            return Relay(bots, postgresql.fresh(), tmp_path, Random(3), most_kills, **place).rages()

        peace, after = raged(0), raged(8)
    assert after.kills >= 5
    assert after.states == peace.states
    assert after.worst <= 1
    assert after.wrongly_sent(peace) == []


@dataclass
class Cut(Storm):
    """A storm in which the bot lives on, but every connection to its database is cut at random moments."""

    server: Server | None = None

    def _struck(self, settings: dict[str, str], street: Street, store: Engine) -> None:
        bot = self.nursery.start(settings, self.folder / "log")
        while not self.lived(street, store):
            assert self.server is not None
            self.server.cut()
            self.kills += 1
        self.ended(bot)


@pytest.mark.timeout(300)
def test_a_lost_connection_is_found_again(bots: Nursery, peace: Aftermath, postgresql: Server, tmp_path: Path) -> None:
    """PostgreSQL closing all connections in the middle of everything costs no answer, and the bot goes on by itself."""
    after = Cut(bots, postgresql.fresh(), tmp_path, Random(11), most_kills=12, server=postgresql).rages()
    assert after.kills >= 9
    assert after.states == peace.states
    assert after.wrongly_sent(peace) == []
    assert after.repeats(peace) <= after.kills
    said = (tmp_path / "log").read_text()
    assert "Traceback" not in said
    assert "postgres@" not in said


def test_the_peaceful_run_repeats_nothing(peace: Aftermath) -> None:
    """The measure itself: everybody came to the end, and without a shot nothing with buttons is shown twice."""
    assert len(peace.states) == 10
    assert peace.steps > 150
    assert [one for one, times in peace.sent.items() if one.buttons and times > 1] == []


@pytest.mark.timeout(180)
def test_the_command_itself_goes_on_after_a_kill(tmp_path: Path) -> None:
    """``python -m bot telegram``, shot in the middle and started again, takes everything in and stops when asked to."""
    street, address = Street(3), f"sqlite:///{tmp_path / 'command.db'}"
    with served(street) as place, watched_store(address) as store:
        told = {"BOT_TOKEN": street.token, "BOT_API_URL": place.root, "DATABASE_URL": address}
        home = {**os.environ, **{PREFIX + name: value for name, value in told.items()}}
        home |= {"PYTHONDONTWRITEBYTECODE": ""}
        people = neighbours(street, 20)
        for one in people:
            one.begins()
        first = _started(home)
        _until_true(lambda: any(len(one.person.home.messages) > 1 for one in people))
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        second = _started(home)
        _until_true(lambda: settled(street, store))
        second.send_signal(signal.SIGTERM)
        assert second.wait(10) == 0
        assert all(len(one.person.home.messages) > 1 for one in people)
        with reading(store) as connection:
            revisions = {load_conversation(connection, f"tg:{one.person.id}").revision for one in people}
        assert revisions == {1}


def _started(home: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "bot", "telegram"], cwd=ROOT, env=home)


def _until_true(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.01)
