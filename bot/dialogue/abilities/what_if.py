"""What if: try steps and other figures beside the real answers, and keep the steps as a plan of one's own."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation, Trial
from bot.dialogue.estimate import RANGED, standing
from bot.dialogue.layers import at_result
from bot.dialogue.scene import Ability, Scene, Turn
from bot.dialogue.what_if import opened, taken_steps, toggled
from bot.dialogue.what_if_card import what_if_card
from simulator.burden import gate


def _allowed(who: Conversation, scene: Scene) -> bool:
    """Whether there is a range to try things on: not where the debts are too heavy for any talk of a raise."""
    return at_result(who, scene, *RANGED) and not gate(standing(who, scene).facts)


def _open(who: Conversation, _argument: str, scene: Scene) -> Turn:
    if not _allowed(who, scene):
        return Turn(who)
    trying = opened(who, scene)
    return Turn(trying, (what_if_card(trying, scene),), show=False).noting("what_if")


def _try(who: Conversation, argument: str, scene: Scene) -> Turn:
    if not _allowed(who, scene):
        return Turn(who)
    bare = who.but(trial=Trial(offered=who.trial.offered))
    trying = bare if argument == "none" else toggled(who, argument, scene)
    return Turn(trying, (what_if_card(trying, scene),), show=False)


def _keep(who: Conversation, argument: str, scene: Scene) -> Turn:
    """Keep the steps taken up as the plan, all honest ones; ``none`` goes back to the searched one."""
    if argument == "none":
        return Turn(who.but(kept=())).noting("keep", "none")
    if not _allowed(who, scene):
        return Turn(who)
    steps = tuple(action.id for action, _ in taken_steps(who, scene))
    if not steps:
        return Turn(who)
    return Turn(who.but(kept=steps, trial=Trial())).noting("keep", "own")


ABILITY = Ability(name="what_if", verbs={"what_if": _open, "try": _try, "keep": _keep})
