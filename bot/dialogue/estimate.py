"""The estimate behind a result: forecasts without and with the plan, the plan itself, and the nearest case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import PRODUCTS, facts_of, value_of
from bot.dialogue.scene import Scene
from knowledge.cases import Match, nearest
from simulator.actions import Action
from simulator.burden import gate
from simulator.forecasting import forecast, lines_in_yuan, prepare, ranges
from simulator.movement import run
from simulator.planning import plan
from simulator.policy import Pack
from simulator.results import Forecast, Plan, Range
from simulator.vocabulary import Facts

MONTHS = 12
DRAWS = 500
"""Enough draws that the ends of the range move by less than the digits shown, few enough for a quick turn."""

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


def base_forecast(who: Conversation, scene: Scene) -> Forecast:
    """The forecast without a plan, for the answers on the path."""
    facts = facts_of(who, scene.library)
    return forecast(facts, scene.packs[PRODUCTS[facts.kind]], months=MONTHS, seed=who.seed, draws=DRAWS)


def estimate(who: Conversation, scene: Scene) -> Estimate:
    """The estimate for the answers on the path; equal answers and seed give equal figures."""
    facts = facts_of(who, scene.library)
    pack = scene.packs[PRODUCTS[facts.kind]]
    catalogue = actions_for(facts, scene)
    base = base_forecast(who, scene)
    best = plan(
        facts,
        pack,
        catalogue,
        target=_target(who),
        months=MONTHS,
        seed=who.seed,
        draws=SEARCH_DRAWS,
        considered=CONSIDERED,
    )
    planned = () if best.gate else _planned(facts, pack, best, catalogue, who.seed)
    matches = nearest(scene.library.cases.values(), facts, gated=bool(best.gate))
    return Estimate(facts, base, planned, best, matches[0] if matches else None)


def _planned(facts: Facts, pack: Pack, best: Plan, catalogue: Sequence[Action], seed: int) -> tuple[Range, ...]:
    """The ranges by month when the plan is carried out, on the same paths as without it; empty without steps."""
    if not best.plan:
        return ()
    chosen = {action.id: action for action in catalogue}
    steps = [(chosen[step.action], step.start_month) for step in best.plan]
    tapes = prepare(facts, pack, months=MONTHS, seed=seed, preset="honest", draws=DRAWS)
    return ranges(lines_in_yuan(tapes, run(tapes, steps)))


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
