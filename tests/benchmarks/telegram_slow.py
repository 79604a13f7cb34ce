"""The product as it is, except that whoever says "slow" has a turn that takes three seconds; only benchmarks use it."""

from __future__ import annotations

import sys
import time

import bot.dialogue.turn as real
from bot.__main__ import commands, main
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from tests.benchmarks.peers.interview import SLOW, SLOW_SECONDS

_take_turn = real.take_turn


def slow_turn(who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """A turn of the product, after a while for those who ask for it."""
    if arrival.text == SLOW:
        time.sleep(SLOW_SECONDS)
    return _take_turn(who, arrival, scene)


def put_in_place() -> int:
    """Let every room of the product that takes turns take these; how many there were."""
    commands()  # enters every room behind the command line, so that none can fetch the real one later
    rooms = [room for name, room in sys.modules.items() if name.startswith("bot.") and hasattr(room, "take_turn")]
    for room in rooms:
        room.take_turn = slow_turn
    return len(rooms)


if __name__ == "__main__":
    put_in_place()
    sys.exit(main())
