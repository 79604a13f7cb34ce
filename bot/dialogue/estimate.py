"""The estimate behind a result: forecasts without and with the plan, the plan itself, and the nearest case."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.planning import plan

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import PRODUCTS, facts_of, value_of
from bot.dialogue.scene import Scene
from knowledge.cases import Match, nearest
from simulator.actions import Action
from simulator.forecasting import forecast
from simulator.results import Forecast, Plan
from simulator.vocabulary import Facts

MONTHS = 12
DRAWS = 600
"""Enough draws that the ends of the range move by less than the digits shown, few enough for a quick turn."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """All figures of one result, for the words to unfold."""

    facts: Facts
    base: Forecast
    planned: Forecast | None
    plan: Plan
    match: Match | None

    @property
    def gated(self) -> bool:
        """Whether the debts are too heavy for any talk of a raise."""
        return bool(self.plan.gate)


def estimate(who: Conversation, scene: Scene) -> Estimate:
    """The estimate for the answers on the path; equal answers and seed give equal figures."""
    facts = facts_of(who, scene.library)
    pack = scene.packs[PRODUCTS[facts.kind]]
    catalogue = actions_for(facts, scene)
    base = forecast(facts, pack, months=MONTHS, seed=who.seed, draws=DRAWS)
    best = plan(facts, pack, catalogue, target=_target(who), months=MONTHS, seed=who.seed)
    chosen = {action.id: action for action in catalogue}
    steps = [(chosen[step.action], step.start_month) for step in best.plan]
    planned = None
    if steps and not best.gate:
        planned = forecast(facts, pack, actions=steps, months=MONTHS, seed=who.seed, draws=DRAWS)
    matches = nearest(scene.library.cases.values(), facts, gated=bool(best.gate))
    return Estimate(facts, base, planned, best, matches[0] if matches else None)


def actions_for(facts: Facts, scene: Scene) -> tuple[Action, ...]:
    """The actions of the catalogue that apply to this kind of borrower, by id."""
    every = sorted(scene.library.actions.values(), key=lambda entry: entry.id)
    return tuple(entry.action for entry in every if facts.kind in entry.action.kinds)


def _target(who: Conversation) -> float | None:
    target = value_of(who, "target") if who.goal == "plan" else None
    return float(target) if isinstance(target, int | float) and target > 0 else None
