"""The product as it is but for one thing, for a measurement; only benchmarks start it.

``slow``: whoever says "slow" has a turn that takes three seconds. ``unpaced``: messages leave and are let in as fast as
can be, not as slowly as the platform allows and people type, so that turns a second tell of the bot and not of limits.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping

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


ALTERATIONS: Mapping[str, Callable[[], None]] = {"slow": slow, "unpaced": unpaced}


if __name__ == "__main__":
    ALTERATIONS[sys.argv[1]]()
    sys.exit(main(sys.argv[2:]))
