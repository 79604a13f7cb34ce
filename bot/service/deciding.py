"""Deciding beside the dialogue: whoever else may answer an arrival, with an act in the transaction of the turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Toast
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn


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
"""Answers an arrival, or leaves it to the next one, and at last to the dialogue, with None."""


class _Asked(NamedTuple):
    """A decider, and whether it is asked about groups and about what fell due too."""

    decider: Decider
    everywhere: bool


_DECIDERS: WeakKeyDictionary[Engine, dict[str, _Asked]] = WeakKeyDictionary()


def let_decide(store: Engine, decider: Decider, *, everywhere: bool = False) -> None:
    """From now on this decider is asked before the dialogue, after those that were there; one of each kind.

    It hears words of a person's own, said in private, and ``everywhere`` also what is said in groups, was forwarded,
    or fell due.
    """
    _DECIDERS.setdefault(store, {})[type(decider).__qualname__] = _Asked(decider, everywhere)


def decided_beside(store: Engine, who: Conversation, arrival: Arrival, scene: Scene) -> Beside | None:
    """What was decided beside the dialogue; None for everything that is the dialogue's."""
    own = not (arrival.public or arrival.secondhand or arrival.due is not None)
    for asked in _DECIDERS.get(store, {}).values():
        turn = asked.decider(who, arrival, scene) if own or asked.everywhere else None
        if turn is not None:
            return turn
    return None


def decided(store: Engine, who: Conversation, arrival: Arrival, scene: Scene) -> Turn:
    """A turn: decided beside the dialogue or by it, said where the arrival came from, with an answer to a press."""
    turn = decided_beside(store, who, arrival, scene)
    if turn is None and (arrival.happened is not None or arrival.due in {"table", "work"}):
        turn = Beside(who.but(revision=who.revision + 1), show=False)
    return _in_its_place(turn or take_turn(who, arrival, scene), arrival)


def _in_its_place(turn: Turn, arrival: Arrival) -> Turn:
    """Replies that name no topic go to that of the arrival; a press that nobody answered gets a bare answer."""
    if arrival.topic is not None:
        replies = [
            reply if reply.topic is not None else reply.model_copy(update={"topic": arrival.topic})
            for reply in turn.replies
        ]
        turn = replace(turn, replies=tuple(replies))
    return turn if arrival.press is None or turn.toast else replace(turn, toast=Toast(press=arrival.press))
