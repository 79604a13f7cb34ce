"""Help: how to talk with us, at any moment, and back to the card."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.dialogue.scene import Ability, Scene, Turn


def _help(who: Conversation, _argument: str, scene: Scene) -> Turn:
    return Turn(who, (Reply(blocks=(scene.text(who, "help.text"),)),))


ABILITY = Ability(name="help", commands={"help": _help}, verbs={"help": _help})
