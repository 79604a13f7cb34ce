"""What if: steps taken up and facts changed beside the real answers, and how the range moves on the same paths."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from bot.dialogue.conversation import Conversation, Trial
from bot.dialogue.estimate import MONTHS, actions_for, chance_of, chosen_plan, ranges_after, standing
from bot.dialogue.scene import Scene
from simulator.actions import Action
from simulator.burden import gate
from simulator.gathering import started, together
from simulator.results import Range
from simulator.scheduling import clash, roster
from simulator.vocabulary import Facts, Kind, Problem

MOST_OFFERED = 5
"""More steps than these on one card and nobody finds theirs."""

FACTORS: Mapping[Kind, Mapping[str, tuple[float, ...]]] = {
    Kind.PERSON: {
        "used_balance": (1.0, 0.5, 0.0),
        "monthly_debt_service": (1.0, 0.5, 0.0),
        "monthly_income": (1.0, 1.2, 0.8),
    },
    Kind.BUSINESS: {
        "used_balance": (1.0, 0.5, 0.0),
        "monthly_debt_service": (1.0, 0.5, 0.0),
        "monthly_turnover": (1.0, 1.2, 0.8),
    },
}
"""Facts that may be tried in another size, and their sizes as parts of what was told; debts never in a larger one."""


class Tried(NamedTuple):
    """The range by month as it is and as tried (none where the debts would be too heavy), and the facts as tried."""

    before: tuple[Range, ...]
    after: tuple[Range, ...]
    facts: Facts


def opened(who: Conversation, scene: Scene) -> Conversation:
    """The conversation with a trial on the table: the steps of the plan, what else moves something, nothing taken up.

    A trial that is there already goes on.
    """
    now = standing(who, scene)
    best = chosen_plan(who.but(kept=()), now, scene)
    planned = [step.action for step in best.plan]
    moving = () if best.certificate is None else best.certificate.considered
    free = [action.id for action in actions_for(now.facts, scene) if not action.reduces_debt]
    names = tuple(dict.fromkeys((*who.trial.taken, *planned, *moving, *free)))
    return who.but(trial=who.trial.model_copy(update={"offered": names[:MOST_OFFERED]}))


def toggled(who: Conversation, argument: str, scene: Scene) -> Conversation:
    """The conversation after a press: ``+step`` takes a step up, ``-step`` lets it go, ``fact=1`` sets a fact's size.

    Said twice it stays as said once. A step brings those it needs and sends away those it excludes.
    """
    if argument[:1] in {"+", "-"} and argument[1:] in who.trial.offered:
        return who.but(trial=_with_step(who.trial, argument[1:], scene, wanted=argument[0] == "+"))
    fact, _, place = argument.partition("=")
    sizes = FACTORS[standing(who, scene).facts.kind].get(fact, ())
    if place.isdecimal() and len(place) < 2 and int(place) < len(sizes):
        return who.but(trial=who.trial.model_copy(update={"factors": {**who.trial.factors, fact: sizes[int(place)]}}))
    return who


def _with_step(trial: Trial, name: str, scene: Scene, *, wanted: bool) -> Trial:
    shelf = scene.library.actions
    rest = [other for other in trial.taken if other != name and other in shelf]
    if not wanted:
        return trial.model_copy(
            update={"taken": tuple(other for other in rest if name not in shelf[other].action.needs)}
        )
    action = shelf[name].action
    agreeing = [other for other in rest if not clash(shelf[other].action, action)]
    return trial.model_copy(update={"taken": tuple(dict.fromkeys((*agreeing, *action.needs, name)))})


def taken_steps(who: Conversation, scene: Scene) -> list[tuple[Action, int]]:
    """The steps taken up that go together, each as early as can be."""
    shelf = scene.library.actions
    own = roster([shelf[name].action for name in who.trial.taken if name in shelf], MONTHS)
    return started(own, together(own, math.inf, near=0))


def tried(who: Conversation, scene: Scene) -> Tried:
    """The range as it is and as tried, on the same paths; the real answers are only read."""
    now, chance = standing(who, scene), chance_of(who)
    facts = _changed(now.facts, who.trial.factors)
    before = ranges_after(now, (), chance)
    if gate(facts):
        return Tried(before, (), facts)
    steps = taken_steps(who, scene)
    if not steps and facts == now.facts:
        return Tried(before, before, facts)
    return Tried(before, ranges_after(now._replace(facts=facts), steps, chance), facts)


def sized(value: float, factor: float) -> float:
    """A told value in another size, in whole yuan; as it was told where it stays."""
    return value if factor == 1.0 else float(round(value * factor))


def _changed(facts: Facts, factors: Mapping[str, float]) -> Facts:
    for name, factor in factors.items():
        value = facts.number(name)
        changed = None if value is None else facts.with_value(name, sized(value, factor))
        facts = facts if changed is None or isinstance(changed, Problem) else changed
    return facts
