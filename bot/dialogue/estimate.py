"""The estimate behind a result: forecasts without and with the plan, the plan itself, and the nearest case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import PRODUCTS, facts_of, value_of
from bot.dialogue.reporting import history_of
from bot.dialogue.scene import Scene
from knowledge.cases import Match, nearest
from knowledge.entries import Question
from simulator.actions import Action
from simulator.asking import worth_of
from simulator.burden import gate
from simulator.following import forecast_with_history, learn_from, paths_after, weighted_ranges
from simulator.forecasting import forecast, lines_in_yuan, ranges
from simulator.movement import run
from simulator.observing import History
from simulator.planning import plan
from simulator.policy import Pack
from simulator.preparing import Chance
from simulator.results import Forecast, Plan, Range
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


RANGED = frozenset({"assess", "plan"})
"""Goals whose result is a range."""


def narrowing(who: Conversation, question: Question, scene: Scene) -> float | None:
    """The part of this person's present range that an answer would take off on average, from 0 to 1.

    None where no range is asked for, where the answer is no fact, or where the debts are too heavy to talk of a range.
    """
    facts = facts_of(who, scene.library)
    if question.fact is None or who.goal not in RANGED or gate(facts):
        return None
    chance = replace(_chance(who), draws=WHY_DRAWS)
    return worth_of(question.fact, facts, scene.packs[PRODUCTS[facts.kind]], chance).part


def base_forecast(who: Conversation, scene: Scene) -> Forecast:
    """The forecast without a plan, for the answers on the path; a line that has stood still reweighs its paths."""
    facts = facts_of(who, scene.library)
    return _forecast(facts, scene.packs[PRODUCTS[facts.kind]], history_of(who, facts), _chance(who))


def estimate(who: Conversation, scene: Scene) -> Estimate:
    """The estimate for the answers on the path; equal answers and seed give equal figures."""
    facts = facts_of(who, scene.library)
    pack = scene.packs[PRODUCTS[facts.kind]]
    catalogue, history = actions_for(facts, scene), history_of(who, facts)
    best = plan(
        facts,
        pack,
        catalogue,
        target=_target(who),
        months=MONTHS,
        seed=who.seed,
        draws=SEARCH_DRAWS,
        considered=CONSIDERED,
        history=history,
    )
    steps = _steps(best, catalogue)
    planned = _ranges(facts, pack, history, steps, _chance(who)) if steps and not best.gate else ()
    base = _forecast(facts, pack, history, _chance(who))
    matches = nearest(scene.library.cases.values(), facts, gated=bool(best.gate))
    return Estimate(facts, base, planned, best, matches[0] if matches else None)


def _chance(who: Conversation) -> Chance:
    return Chance(MONTHS, who.seed, "honest", DRAWS)


def _forecast(facts: Facts, pack: Pack, history: History | None, chance: Chance) -> Forecast:
    if history is None:
        return forecast(facts, pack, months=chance.months, seed=chance.seed, preset=chance.preset, draws=chance.draws)
    return forecast_with_history(facts, pack, history, chance=chance)


def _steps(best: Plan, catalogue: Sequence[Action]) -> list[tuple[Action, int]]:
    chosen = {action.id: action for action in catalogue}
    return [(chosen[step.action], step.start_month) for step in best.plan]


def _ranges(
    facts: Facts, pack: Pack, history: History | None, steps: Sequence[tuple[Action, int]], chance: Chance
) -> tuple[Range, ...]:
    """The ranges by month when the steps of a plan are carried out, on the same paths as without them."""
    if history is None:
        tapes = paths_after(facts, pack, None, chance)
        return ranges(lines_in_yuan(tapes, run(tapes, steps)))
    found = learn_from(facts, pack, history, chance)
    return weighted_ranges(lines_in_yuan(found.tapes, run(found.tapes, steps)), found.weights.each)


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


def _target(who: Conversation) -> float | None:
    target = value_of(who, "target") if who.goal == "plan" else None
    return float(target) if isinstance(target, int | float) and target > 0 else None
