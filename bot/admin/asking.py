"""Asking whether an operator is sure: what is typed under such a question confirms nothing, there or anywhere else."""

from __future__ import annotations

from dataclasses import fields

from bot.dialogue.conversation import Conversation
from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.flags import hear_flag
from bot.dialogue.hearing.text import fold
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.turn import take_turn
from bot.service.deciding import Beside

_ASKING = "office "
"""Whoever is asked has their plain words go to the office, for so long as its question is the newest card."""


def asked(who: Conversation, revision: int) -> Conversation:
    """Somebody who is asked from a revision on; words that go to a consultation go on going there."""
    return who.but(aside=f"{_ASKING}{revision}") if _is_free(who) else who


def not_asked(who: Conversation) -> Conversation:
    """The same when nothing is asked any more."""
    return who.but(aside="") if _is_free(who) else who


def _is_free(who: Conversation) -> bool:
    return who.aside == "" or who.aside.startswith(_ASKING)


def under_a_question(who: Conversation, arrival: Arrival, scene: Scene) -> Beside | None:
    """The turn of words that are typed under the office's question; None for all else.

    A yes or no is said to count for nothing; whatever else it is, is a question of theirs and answers no card.
    """
    words = arrival.text
    if not who.aside.startswith(_ASKING) or words is None or arrival.command is not None or arrival.media is not None:
        return None
    free = who.but(aside="")
    if who.aside != f"{_ASKING}{who.shown}":
        return _beside(take_turn(free, arrival, scene))
    if _says_yes_or_no(words, scene, who):
        told = Reply(blocks=(scene.text(who, "office.only_buttons"),))
        return Beside(who.but(revision=who.revision + 1), (told,), show=False)
    return _beside(take_turn(free, arrival.model_copy(update={"command": "ask"}), scene))


def _says_yes_or_no(words: str, scene: Scene, who: Conversation) -> bool:
    label = scene.say(who, "office.yes")
    folded = fold(words) or ""
    return folded == fold(label) or hear_flag(folded, Asked()).status != "refused"


def _beside(turn: Turn) -> Beside:
    return Beside(**{one.name: getattr(turn, one.name) for one in fields(turn)})
