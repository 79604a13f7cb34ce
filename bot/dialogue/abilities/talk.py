"""Small talk: a short kind answer to what people say beside the matter, and then the card as it stood."""

from __future__ import annotations

from bot.dialogue.abilities.ask import beside
from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Ability, Scene, Turn

SAYINGS = frozenset({"hello", "thanks", "fine", "bye", "who", "sure", "free"})
"""What is answered with a phrase of its own."""


def _talk(who: Conversation, argument: str, scene: Scene) -> Turn:
    return beside(who, scene, f"talk.{argument}") if argument in SAYINGS else Turn(who)


ABILITY = Ability(name="talk", verbs={"talk": _talk})
