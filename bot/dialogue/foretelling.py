"""Foretelling: what is kept of a forecast and a plan, so that it can be laid beside what came true."""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import RANGED, base_forecast, chance_of, chosen_plan, ranges_after, standing
from bot.dialogue.followed import Ends, Following, Foretold, KeptStep
from bot.dialogue.scene import Scene
from simulator.burden import gate
from simulator.correcting import correction_of
from simulator.results import Range


def assessed(who: Conversation) -> Conversation:
    """The same person at the result of an assessment, for which every answer counts that was told for one."""
    return who if who.goal in RANGED else who.but(goal="assess", focus=None, doubt=None)


def burdened(who: Conversation, scene: Scene) -> bool:
    """Whether the debts that were told are too heavy for any talk of a range."""
    return bool(gate(standing(assessed(who), scene).facts))


def with_plan(who: Conversation, scene: Scene) -> Conversation:
    """The person with the plan for today's answers kept, and with what it foretells; ticks made before stay."""
    asked = assessed(who)
    best = chosen_plan(asked, standing(asked, scene), scene)
    ticked = [step for step in who.following.steps if step.mark != "open"]
    fresh = [KeptStep(action=step.action, month=step.start_month) for step in best.plan]
    known = {step.action for step in ticked}
    steps = (*ticked, *(step for step in fresh if step.action not in known))
    kept = who.following.but(steps=steps, planned_at=scene.now)
    return who.but(following=kept.but(foretold=_foretold(asked, kept, scene)))


def with_forecast(who: Conversation, scene: Scene) -> Conversation:
    """The person with a forecast kept; one that still reaches ahead stays as it is."""
    following = who.following
    if following.foretold is not None and following.foretold.month(scene.now) < len(following.foretold.without) - 1:
        return who
    return who.but(following=following.but(foretold=_foretold(assessed(who), following, scene)))


def _foretold(who: Conversation, following: Following, scene: Scene) -> Foretold | None:
    """The ranges by month without and with the steps that are left; None where there is no line to start from."""
    now = standing(who, scene)
    if gate(now.facts) or not now.facts.known("current_line"):
        return None
    base = base_forecast(who, scene)
    left = [
        (scene.library.actions[step.action].action, step.month)
        for step in following.steps
        if step.mark == "open" and step.action in scene.library.actions
    ]
    planned = ranges_after(now, left, chance_of(who)) if left else ()
    how = correction_of(now.pack.corrections).code
    return Foretold(at=scene.now, without=_whole(base.line), with_plan=_whole(planned), correction=how)


def _whole(ranges: Iterable[Range]) -> tuple[Ends, ...]:
    return tuple((round(one.p10), round(one.p50), round(one.p90)) for one in ranges)
