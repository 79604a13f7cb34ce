"""Help: how to talk with us, at any moment, and back to the card."""

from __future__ import annotations

from bot.dialogue.abilities.ask import beside
from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Ability, Scene, Turn


def _help(who: Conversation, _argument: str, scene: Scene) -> Turn:
    return beside(who, scene, "help.text")


ABILITY = Ability(name="help", commands={"help": _help}, verbs={"help": _help})
