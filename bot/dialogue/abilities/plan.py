"""Plan: the way to a line the person names, with its probability, or an honest no."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate_screen import tell_estimate
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn


def _plan(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return open_goal(who, "plan")


ABILITY = Ability(name="plan", commands={"plan": _plan}, tell=tell_estimate)
