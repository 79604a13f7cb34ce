"""Pacing: how soon one more message may go to a chat, under the platform's limits, without holding up any other."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["send", "edit", "news"]

_KEPT = 5000
"""Chats whose tallies are kept; the least recently used goes first, and by then it is full again."""


MOST, MINUTE = 20, 61.0
"""What a group may be told, and in how many seconds: a little more than a minute, for calls do not all take equally
long to arrive."""


@dataclass(slots=True)
class Tally:
    """A bucket of tokens: ``room`` at most, one more each ``seconds``."""

    room: float
    seconds: float
    tokens: float = field(init=False)
    at: float = 0.0

    def __post_init__(self) -> None:
        """Begin full."""
        self.tokens = self.room

    def wait(self, now: float) -> float:
        """Seconds until a token is there; nothing is taken."""
        self.tokens = min(self.room, self.tokens + max(0.0, now - self.at) / self.seconds)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) * self.seconds

    @property
    def low(self) -> bool:
        """Whether less than half is left."""
        return self.tokens < self.room / 2

    def take(self) -> None:
        """Take a token; who may not wait for one takes it in advance, up to as many as there is room for."""
        self.tokens = max(-self.room, self.tokens - 1)


class Pace:
    """The tallies of a bot: one for all sends, one for each private chat.

    A private chat: bursts of four sends, a little less than one a second over time (a file leaves only when it is
    made, a tenth of a second later), edits at will. In all: twenty-eight sends a second. The limits are the platform's
    published ones, a little under; what it really allows it says with 429, which the postman obeys. A group has, in
    any minute, twenty sends, edits, whispers and removals together, of all workers: these places are in the store.

    News for many people wait for what all else leaves of the thirty a second that the platform is known for: they take
    of nothing that conversations need, and edits count there too.
    """

    def __init__(self) -> None:
        """Begin with every tally full."""
        self._all = Tally(28, 1 / 28)
        self._spare = Tally(20, 1 / 29.7)
        self._chats: OrderedDict[str, Tally] = OrderedDict()

    def wait(self, chat: str, kind: Kind, now: float, *, group: bool) -> float:
        """Seconds to wait before the next message to a chat; nought takes a token at once."""
        spare = self._spare.wait(now)
        if kind == "edit" and not group:
            self._spare.take()
            return 0.0
        tally = None if group else self._tally(chat)
        seconds = max(tally.wait(now) if tally else 0.0, spare if kind == "news" else self._all.wait(now))
        if seconds == 0.0:
            if tally:
                tally.take()
            self._spare.take()
            if kind != "news":
                self._all.take()
        return seconds

    def _tally(self, chat: str) -> Tally:
        tally = self._chats.pop(chat, None) or Tally(4, 1.1)
        self._chats[chat] = tally
        if len(self._chats) > _KEPT:
            self._chats.popitem(last=False)
        return tally


def is_group(conversation: str) -> bool:
    """Whether many read along: groups have negative numbers."""
    return ":-" in conversation
