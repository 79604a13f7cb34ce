"""Goals: the buttons of the menu that open an interview, and the way to the ones that need none."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Reply
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn

INTERVIEWS = frozenset({"assess", "plan", "diagnose", "cost", "compare", "afford", "lower", "budget"})


def _goal(who: Conversation, argument: str, scene: Scene) -> Turn:
    if argument == "ask":
        return Turn(who, (Reply(blocks=(scene.text(who, "ask.prompt"),)),), show=False)
    if argument in INTERVIEWS:
        return open_goal(who, argument)
    return Turn(who)


ABILITY = Ability(name="goals", verbs={"goal": _goal})
