"""Killed at any point and started again, the chat goes on at the same card with every answer kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine

from bot.channels.lines import arrival_of
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.turn import show_again
from bot.service.postman import deliver
from bot.service.reception import receive
from bot.store.conversations import load_conversation
from bot.store.engine import open_store, reading
from bot.store.outbox import due_promises
from tests.faults.killing import shot_at
from tests.house.rooms import ROOT
from tests.journeys.walking import NOW, Walker, read_journey, scene_now

JOURNEY = read_journey(ROOT / "tests/journeys/sole_trader.txt")


def _told(walker: Walker) -> str:
    """The state as JSON; where messages stand is left out, for an unseen card is answered by other words."""
    return walker.conversation().model_dump_json(exclude={"below"})


def _undisturbed() -> list[str]:
    """The state after each line of the journey, walked in peace."""
    walker = Walker(open_store("sqlite://"))
    walker.begin(JOURNEY.language)
    states = []
    for line in JOURNEY.lines:
        walker.say(line)
        states.append(_told(walker))
    return states


def test_a_kill_at_every_statement_of_every_step_loses_nothing(tmp_path: Path) -> None:
    """Whichever statement the process dies at, the state is the one before or the one after the line, never between.

    After a restart the line is typed again where it had not been taken in, and the walk ends as if in peace.
    """
    peace = _undisturbed()
    path = f"sqlite:///{tmp_path / 'killed.db'}"
    walker = Walker(open_store(path))
    walker.begin(JOURNEY.language)
    kills = 0
    for number, line in enumerate(JOURNEY.lines):
        arrival = arrival_of(line, walker.last, str(number + 1), NOW)
        shots = 1 + (number * 7) % 24
        kills += _killed(path, arrival, shots)
        store = open_store(path)
        receive(store, walker.name, arrival, scene_now())
        walker.store = store
        deliver(store, walker.name, walker._draw)
        assert _told(walker) == peace[number]
    assert kills >= len(JOURNEY.lines) // 2


def _killed(path: str, arrival: Arrival, shots: int) -> int:
    """Shoot the turn of one arrival at one statement; whatever stands after must be whole."""
    store = open_store(path)

    def work() -> None:
        receive(store, "walker", arrival, scene_now())
        deliver(store, "walker", lambda _reply: None)

    shot = shot_at(store, shots, work)
    store.dispose()
    again = open_store(path)
    with again.begin() as connection:
        after = load_conversation(connection, "walker")
        promised = due_promises(connection, "walker")
    assert promised or show_again(after, scene_now())
    again.dispose()
    return int(shot)


def test_the_real_chat_goes_on_at_the_same_card_after_a_kill(tmp_path: Path) -> None:
    """A killed terminal chat, started again, welcomes back with the very card that stood open."""
    lines = JOURNEY.lines[:7]
    home = {**os.environ, "LIMIT_GUIDE_DATA_DIR": str(tmp_path), "COLUMNS": "88"}
    command = [sys.executable, "-m", "bot", "chat", "--lang", "zh"]
    with subprocess.Popen(
        command, cwd=ROOT, env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        chat.stdin.write("".join(f"{line}\n" for line in lines))
        chat.stdin.flush()
        store = _waited_for(tmp_path, len(lines) + 1)
        chat.send_signal(signal.SIGKILL)
    with store.begin() as connection:
        who = load_conversation(connection, "console")
    again = subprocess.run(
        command, cwd=ROOT, env=home, input="", capture_output=True, text=True, check=True, timeout=60
    ).stdout
    card: Reply = show_again(who, scene_now())[0]
    for button in (button for row in card.buttons for button in row):
        assert button.label in again


def _waited_for(folder: Path, revision: int) -> Engine:
    """The store once the chat has committed a revision."""
    store = open_store(f"sqlite:///{folder / 'limit-guide.db'}")
    for _ in range(600):
        with reading(store) as connection:
            reached = load_conversation(connection, "console").revision
        if reached >= revision:
            return store
        signal.sigtimedwait([], 0.05)
    raise AssertionError(f"the chat never came to revision {revision}")
