"""Deciding beside the dialogue: whoever else may answer an arrival, with an act in the transaction of the turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn


def _nothing(_connection: Connection) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Beside(Turn):
    """A turn that was decided beside the dialogue.

    ``act`` is done in the transaction that commits the turn; when it says False nothing of the turn stays, and it is
    decided anew. With ``wipe`` nothing of what it deleted is left in the store's log either.
    """

    act: Callable[[Connection], bool] = _nothing
    wipe: bool = False


Decider = Callable[[Conversation, Arrival, Scene], Beside | None]
"""Answers an arrival, or leaves it to the dialogue with None."""

_DECIDERS: WeakKeyDictionary[Engine, Decider] = WeakKeyDictionary()


def let_decide(store: Engine, decider: Decider) -> None:
    """From now on this decider is asked before the dialogue whenever somebody calls it from this store's chats."""
    _DECIDERS[store] = decider


def decided_beside(store: Engine, who: Conversation, arrival: Arrival, scene: Scene) -> Beside | None:
    """What was decided beside the dialogue; None for everything that is the dialogue's.

    Only words of a person's own, said in private, ever come to a decider.
    """
    decider = _DECIDERS.get(store)
    if decider is None or arrival.public or arrival.secondhand:
        return None
    return decider(who, arrival, scene)
