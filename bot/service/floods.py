"""Floods: how much may come from one person or group; each worker counts alone, and asks the others in good time."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from bot.service.moments import Clock
from bot.service.pacing import Tally


class Ask(NamedTuple):
    """What all workers have to be asked for: a token of a bucket with so much room, which gets one each ``seconds``."""

    what: str
    room: int
    seconds: float


class Floods:
    """Tallies by what they are of.

    Half of a tally is each worker's own, so that whoever is calm costs the store nothing; of the other half there is
    one for all of them.
    """

    def __init__(self, clock: Clock, kept: int) -> None:
        """With so many tallies at most; the least recently used goes first, and by then it is full again."""
        self._clock, self._kept = clock, kept
        self._tallies: OrderedDict[str, Tally] = OrderedDict()
        self._asks: list[Ask] = []

    def may(self, what: str, room: int, seconds: float, *, shared: bool = True) -> bool:
        """Whether one more may come as far as this worker knows; where the others matter too it notes to ask them."""
        tally = self._tallies.pop(what, None) or Tally(room, seconds)
        self._tallies[what] = tally
        if len(self._tallies) > self._kept:
            self._tallies.popitem(last=False)
        if tally.wait(self._clock().timestamp()) > 0:
            return False
        tally.take()
        if shared and tally.low:
            self._asks.append(Ask(what, max(1, room // 2), seconds))
        return True

    def asks(self) -> tuple[Ask, ...]:
        """What is to be asked since this was last looked at."""
        asks = tuple(self._asks)
        self._asks.clear()
        return asks
