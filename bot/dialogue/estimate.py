"""The estimate behind a result: forecasts without and with the plan, the plan itself, and the nearest case."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import PRODUCTS, facts_of, value_of
from bot.dialogue.reporting import history_of
from bot.dialogue.scene import Scene
from knowledge.cases import Match, nearest
from knowledge.entries import Question
from simulator.actions import Action
from simulator.asking import worth_of
from simulator.burden import gate
from simulator.certainty import clopper_pearson
from simulator.correcting import corrected
from simulator.following import forecast_with_history, learn_from, paths_after, weighted_ranges
from simulator.forecasting import forecast, lines_in_yuan, ranges
from simulator.gathering import started, steps, together
from simulator.movement import run
from simulator.observing import History
from simulator.planning import plan
from simulator.policy import Pack
from simulator.preparing import Chance
from simulator.results import Forecast, Frontier, Plan, PlanStep, Range
from simulator.scheduling import roster
from simulator.vocabulary import Facts

MONTHS = 12
DRAWS = 500
"""Enough draws that the ends of the range move by less than the digits shown, few enough for a quick turn."""

WHY_DRAWS = 1000
"""Enough draws that how much narrower a range would be is known to a few hundredths of it."""

SEARCH_DRAWS, CONSIDERED = 96, 6
"""A search wide enough for a plan that a person can follow, and done while they wait; the command line looks wider."""

TROUBLES = frozenset(
    {"overdue_now", "overdue_events_24m", "max_days_past_due_24m", "anomaly_flag", "high_risk_use_share"}
    | {"identity_changes_3m", "identity_valid", "spend_spike"}
)
"""Facts that are trouble only for some: nobody is advised to mend what they never told."""

_LIKELY = 0.5  # a plan of one's own reaches a target when it does so as likely as not, as the searched ones do

RANGED = frozenset({"assess", "plan"})
"""Goals whose result is a range."""

Steps = Sequence[tuple[Action, int]]
"""Actions, each with the month it starts (0 is now)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """All figures of one result, for the words to unfold."""

    facts: Facts
    base: Forecast
    planned: tuple[Range, ...]
    plan: Plan
    match: Match | None

    @property
    def gated(self) -> bool:
        """Whether the debts are too heavy for any talk of a raise."""
        return bool(self.plan.gate)


class Standing(NamedTuple):
    """Where a person stands: the facts told, the product's pack, and what their own lines say over time."""

    facts: Facts
    pack: Pack
    history: History | None


def narrowing(who: Conversation, question: Question, scene: Scene) -> float | None:
    """The part of this person's present range that an answer would take off on average, from 0 to 1.

    None where no range is asked for, where the answer is no fact, or where the debts are too heavy to talk of a range.
    """
    facts = facts_of(who, scene.library)
    if question.fact is None or who.goal not in RANGED or gate(facts):
        return None
    chance = replace(chance_of(who), draws=WHY_DRAWS)
    return worth_of(question.fact, facts, scene.packs[PRODUCTS[facts.kind]], chance).part


def standing(who: Conversation, scene: Scene) -> Standing:
    """Where this person stands by the answers on the path."""
    facts = facts_of(who, scene.library)
    return Standing(facts, scene.packs[PRODUCTS[facts.kind]], history_of(who, facts))


def base_forecast(who: Conversation, scene: Scene) -> Forecast:
    """The forecast without a plan, for the answers on the path; a line that has stood still reweighs its paths."""
    return _forecast(standing(who, scene), chance_of(who))


def estimate(who: Conversation, scene: Scene) -> Estimate:
    """The estimate for the answers on the path; equal answers and seed give equal figures."""
    now, chance = standing(who, scene), chance_of(who)
    best = chosen_plan(who, now, scene)
    taken = steps_of(best.plan, scene)
    planned = ranges_after(now, taken, chance) if taken and not best.gate else ()
    return Estimate(now.facts, _forecast(now, chance), planned, best, nearest_case(now.facts, scene))


def nearest_case(facts: Facts, scene: Scene) -> Match | None:
    """The case nearest to a borrower; who carries too much debt meets none that raised a line."""
    matches = nearest(scene.library.cases.values(), facts, gated=bool(gate(facts)))
    return matches[0] if matches else None


def chosen_plan(who: Conversation, now: Standing, scene: Scene) -> Plan:
    """The plan: of the actions this person chose to keep, else the best one found; never past the gate.

    What is ticked as done, or as nothing for them, is not advised again.
    """
    ticked = who.following.left_out
    catalogue = tuple(action for action in actions_for(now.facts, scene) if action.id not in ticked)
    kept = [action for action in catalogue if action.id in who.kept]
    if kept and not gate(now.facts):
        return _kept_plan(who, now, kept)
    return plan(
        now.facts,
        now.pack,
        catalogue,
        target=target_of(who),
        months=MONTHS,
        seed=who.seed,
        draws=SEARCH_DRAWS,
        considered=CONSIDERED,
        history=now.history,
    )


def _kept_plan(who: Conversation, now: Standing, kept: Sequence[Action]) -> Plan:
    """All actions kept that go together, as early as can be, with the chance that they bring the target."""
    own, target = roster(kept, MONTHS), target_of(who)
    modes = together(own, math.inf, near=0)
    chance, interval = 0.0, (0.0, 0.0)
    if target is not None:
        tapes = paths_after(*now, chance_of(who))
        hits = int((lines_in_yuan(tapes, run(tapes, started(own, modes)))[-1] >= target).sum())
        chance, interval = hits / tapes.draws, clopper_pearson(hits, tapes.draws)
    return Plan(
        gate=(),
        target=target,
        feasible=chance >= _LIKELY,
        best_reachable=None,
        plan=steps(own, modes),
        probability=chance,
        probability_interval=interval,
        certificate=None,
        frontier=Frontier(None, None, None),
        avoid=(),
    )


def chance_of(who: Conversation) -> Chance:
    """What decides this person's random numbers: the same for every figure of a result."""
    return Chance(MONTHS, who.seed, "honest", DRAWS)


def _forecast(now: Standing, chance: Chance) -> Forecast:
    if now.history is None:
        facts, pack = now.facts, now.pack
        return forecast(facts, pack, months=chance.months, seed=chance.seed, preset=chance.preset, draws=chance.draws)
    return forecast_with_history(now.facts, now.pack, now.history, chance=chance)


def steps_of(taken: Sequence[PlanStep], scene: Scene) -> list[tuple[Action, int]]:
    """Steps as the simulator's actions with the months they start."""
    return [(scene.library.actions[step.action].action, step.start_month) for step in taken]


def ranges_after(now: Standing, taken: Steps, chance: Chance) -> tuple[Range, ...]:
    """The ranges by month when some steps are carried out, on the same paths as without them."""
    if now.history is None:
        tapes = paths_after(now.facts, now.pack, None, chance)
        return corrected(ranges(lines_in_yuan(tapes, run(tapes, taken))), now.pack)
    found = learn_from(now.facts, now.pack, now.history, chance)
    return corrected(weighted_ranges(lines_in_yuan(found.tapes, run(found.tapes, taken)), found.weights.each), now.pack)


def actions_for(facts: Facts, scene: Scene) -> tuple[Action, ...]:
    """The actions of the catalogue that apply to this borrower, by id, without cures for what was never told.

    Where the gate is closed every way to lighten a debt counts; elsewhere only for debts that were told.
    """
    every = sorted(scene.library.actions.values(), key=lambda entry: entry.id)
    own = [entry.action for entry in every if facts.kind in entry.action.kinds]
    return tuple(own) if gate(facts) else tuple(action for action in own if not _untold(action, facts))


def _untold(action: Action, facts: Facts) -> bool:
    """Whether an action mends a trouble, or lightens a debt, that this person never spoke of."""
    moved = {effect.fact for effect in action.effects}
    if action.reduces_debt:
        return not any(facts.number(fact) for fact in moved)
    return bool(moved) and moved <= TROUBLES and not any(facts.known(fact) for fact in moved)


def target_of(who: Conversation) -> float | None:
    """The line (yuan) that a plan is asked for, or None."""
    target = value_of(who, "target") if who.goal == "plan" else None
    return float(target) if isinstance(target, int | float) and target > 0 else None
