"""What the postman needs of a door: carry one reply to a chat, and say how it went in words that every door shares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.store.outbox import Promise


@dataclass(frozen=True, slots=True)
class Delivered:
    """The reply is there; ``card`` is the message that shows it and can be edited (None when it cannot).

    ``poll`` is the platform's number of the poll that it is.
    """

    card: int | None = None
    poll: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """So many messages of a reply are there, and the next may follow, as a message of its own.

    None is there where the one to be replaced is gone: what comes in its place has to wait for its turn like any other.
    """

    parts: int


@dataclass(frozen=True, slots=True)
class Later:
    """It may heal: try again after ``seconds``; ``unsure`` when the reply may have arrived all the same."""

    seconds: float
    why: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """It will not heal. With ``gone`` nobody is there any more (blocked, deactivated, kicked), else this reply is."""

    why: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat goes on under another number."""

    conversation: str


Outcome = Delivered | Begun | Later | Never | Moved


class Carrier(Protocol):
    """A door's way out."""

    def in_place(self, promise: Promise) -> bool:
        """Whether this reply replaces a message that is there instead of adding one."""

    async def carry(self, conversation: str, promise: Promise) -> Outcome:
        """Carry the next message of a reply; never raises for anything that the platform or the network does."""
