"""The product as it is but for one thing, for a measurement; only benchmarks start it.

``slow``: whoever says "slow" has a turn that takes three seconds. ``unpaced``: messages leave and are let in as fast as
can be, not as slowly as the platform allows and people type, so that turns a second tell of the bot and not of limits.
``full``: SQLite waits for the disk at each commit. Several are joined by commas.
"""

from __future__ import annotations

import sqlite3
import sqlite3.dbapi2
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial

import bot.dialogue.turn as real
from bot.__main__ import commands, main
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from bot.service.pacing import Tally
from tests.benchmarks.peers.interview import SLOW, SLOW_SECONDS

_take_turn = real.take_turn


def slow_turn(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """A turn of the product, after a while for those who ask for it."""
    if arrival.text == SLOW:
        time.sleep(SLOW_SECONDS)
    return _take_turn(who, arrival, scene)


def slow() -> None:
    """Let every room of the product that takes turns take these."""
    commands()  # enters every room behind the command line, so that none can fetch the real one later
    for name, room in list(sys.modules.items()):
        if name.startswith("bot.") and hasattr(room, "take_turn"):
            room.take_turn = slow_turn


def _at_once(_tally: Tally, _now: float) -> float:
    return 0.0


def unpaced() -> None:
    """Let every tally be full for ever."""
    Tally.wait = _at_once
    Tally.low = False


class _Durable(sqlite3.Connection):
    """A connection that cannot be told to wait less for the disk."""

    def execute(self, statement: str, *given: object) -> sqlite3.Cursor:
        """What the driver does, with another word in one statement."""
        return super().execute(statement.replace("synchronous=NORMAL", "synchronous=FULL"), *given)


def full() -> None:
    """Let every connection to SQLite be such a one."""
    sqlite3.dbapi2.connect = partial(sqlite3.connect, factory=_Durable)


ALTERATIONS: Mapping[str, Callable[[], None]] = {"slow": slow, "unpaced": unpaced, "full": full}


if __name__ == "__main__":
    for name in sys.argv[1].split(","):
        ALTERATIONS[name]()
    sys.exit(main(sys.argv[2:]))
