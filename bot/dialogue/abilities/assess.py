"""Assess: the range now and ahead with its reasons, the nearest case, and the plan; for the burdened, a debt plan."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.debt_screen import steps_reply, whom_reply
from bot.dialogue.estimate import RANGED, base_forecast, estimate, standing
from bot.dialogue.estimate_layers import LAYERS, picture_of, step_card
from bot.dialogue.estimate_screen import tell_estimate
from bot.dialogue.estimate_sources import sources_reply
from bot.dialogue.layers import at_result
from bot.dialogue.messages import Reply
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn
from simulator.burden import gate

_FOR_ALL = frozenset({"case", "files", "rest"})
"""Layers that say nothing of a raise."""


def _assess(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return open_goal(who, "assess")


def _stands(who: Conversation, scene: Scene) -> bool:
    """Whether there is a result to look into: the buttons of an older one may be pressed at any time."""
    return at_result(who, scene, *RANGED)


def _heavy(who: Conversation, scene: Scene) -> bool:
    return bool(gate(standing(who, scene).facts))


def _shown(who: Conversation, reply: Reply | None) -> Turn:
    return Turn(who) if reply is None else Turn(who, (reply,), show=False)


def _details(who: Conversation, _argument: str, scene: Scene) -> Turn:
    if not _stands(who, scene) or _heavy(who, scene):
        return Turn(who)
    return _shown(who, sources_reply(who, base_forecast(who, scene), scene))


def _layer(who: Conversation, argument: str, scene: Scene) -> Turn:
    layer = LAYERS.get(argument)
    if layer is None or not _stands(who, scene) or (argument not in _FOR_ALL and _heavy(who, scene)):
        return Turn(who)
    return _shown(who, layer(who, scene)).noting("layer", argument)


def _step(who: Conversation, argument: str, scene: Scene) -> Turn:
    return _shown(who, step_card(who, argument, scene))


def _picture(who: Conversation, argument: str, scene: Scene) -> Turn:
    if not _stands(who, scene) or _heavy(who, scene):
        return Turn(who)
    name, _, shade = argument.partition(":")
    chosen = who.but(dark=shade == "dark") if shade in {"dark", "light"} else who
    return _shown(chosen, picture_of(chosen, name, scene))


def _debt(who: Conversation, argument: str, scene: Scene) -> Turn:
    if argument == "whom":
        return _shown(who, whom_reply(who, scene))
    if argument == "steps" and _stands(who, scene) and _heavy(who, scene):
        return _shown(who, steps_reply(who, estimate(who, scene), scene))
    return Turn(who)


def _result(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return Turn(who)


ABILITY = Ability(
    name="assess",
    commands={"assess": _assess},
    verbs={
        "details": _details,
        "layer": _layer,
        "step": _step,
        "picture": _picture,
        "debt": _debt,
        "result": _result,
    },
    tell=tell_estimate,
)
