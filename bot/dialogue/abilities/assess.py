"""Assess: the range now and ahead with its reasons, the nearest case, and the plan; for the burdened, a debt plan."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import base_forecast
from bot.dialogue.estimate_words import sources_reply, tell_estimate
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn


def _assess(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return open_goal(who, "assess")


def _details(who: Conversation, _argument: str, scene: Scene) -> Turn:
    return Turn(who, (sources_reply(who, base_forecast(who, scene), scene),), show=False)


def _result(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return Turn(who)


ABILITY = Ability(
    name="assess", commands={"assess": _assess}, verbs={"details": _details, "result": _result}, tell=tell_estimate
)
