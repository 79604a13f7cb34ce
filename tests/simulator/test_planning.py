"""Plans: proved, re-checkable, reported on fresh paths, and never a raise behind the gate."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.actions import Action, Effect
from simulator.burden import gate
from simulator.forecasting import lines_in_yuan, prepare
from simulator.movement import run
from simulator.planning import FRESH_DRAWS, plan
from simulator.reporting_plan import plan_document
from simulator.results import Plan, PlanStep
from simulator.vocabulary import Facts, FactValue, Kind
from tests.simulator.borrowers import CLERK, JIEBEI, WANGSHANG, WORKSHOP, borrowers
from tests.simulator.made_up import made_up_actions

ALL = frozenset(Kind)


def act(name: str, *effects: Effect, **changes: object) -> Action:
    plain = Action(name, ALL, effects, 1.0, 0.0, 0.0, 0, (), (), False, True, False, "S")
    return replace(plain, **changes)


PROOF = act("proof", Effect("verified_income_share", "to", 1.0, 1.0, 1.0), effort_hours=2.0, asks_review=True)
BOOKS = act("books", Effect("statements_completeness", "to", 1.0, 0.8, 1.0), asks_review=True)
HABIT = act("habit", Effect("on_time_months", "by", 6.0, 4.0, 6.0, "ramp", 0, 6), habit=True)
FLOW = act("flow", Effect("payment_flow", "times", 1.3, 1.1, 1.5, "ramp", 0, 3), habit=True)
THRIFT = act("thrift", Effect("monthly_debt_service", "times", 0.8, 0.7, 0.9), reduces_debt=True, habit=True)
BUDGET = act("budget", Effect("other_debt_balance", "times", 0.9, 0.8, 1.0), reduces_debt=True)
SETTLE = act("settle", Effect("overdue_now", "to", 0.0, 0.0, 0.0), reduces_debt=True, effort_hours=3.0)
CLOSE = act("close", Effect("draws_per_month", "to", 0.0, 0.0, 0.0), reduces_debt=True, reversible=False)
ASK = act("ask", asks_review=True, conflicts=("thrift",))
IDLE = act("idle", Effect("sister_credit_clean", "to", 0.0, 0.0, 0.0))
LOAN = act("loan", Effect("monthly_debt_service", "by", 500.0, 400.0, 600.0))
CATALOGUE = (PROOF, BOOKS, HABIT, FLOW, THRIFT, BUDGET, SETTLE, CLOSE, ASK, IDLE, LOAN)


def share_on(found: Plan, preset: str, *, seed: int, draws: int, target: float) -> float:
    """The share of paths at a target when the plan's steps are carried out, by the plain walk."""
    actions = {action.id: action for action in CATALOGUE}
    tapes = prepare(CLERK, JIEBEI, months=12, seed=seed, preset=preset, draws=draws)
    lines = run(tapes, [(actions[step.action], step.start_month) for step in found.plan])
    return float(np.mean(lines_in_yuan(tapes, lines)[-1] >= target))


def hours_of(steps: tuple[PlanStep, ...]) -> float:
    return sum(step.effort_hours for step in steps)


def test_a_target_in_reach_gets_its_lightest_plan_with_a_proof() -> None:
    """The certificate's hours are those of the steps, its bound is met, and its paths agree with the plain walk."""
    found = plan(CLERK, JIEBEI, CATALOGUE, target=21_000, preset="optimistic")
    assert found.feasible
    assert found.plan
    proof = found.certificate
    assert proof is not None
    assert proof.objective == "least_effort"
    assert proof.best == proof.bound == pytest.approx(hours_of(found.plan))
    assert proof.parameter_hash == JIEBEI.parameter_hash()
    assert share_on(found, "optimistic", seed=proof.seed, draws=proof.draws, target=21_000) >= 0.5
    assert found.probability_interval[0] <= found.probability <= found.probability_interval[1]
    assert found.best_reachable == 21_000


def test_the_probability_comes_from_paths_the_search_has_not_seen() -> None:
    """The reported share is that of other tapes, to the path."""
    found = plan(CLERK, JIEBEI, CATALOGUE, target=21_000)
    assert found.probability == share_on(found, "honest", seed=1_000_004, draws=FRESH_DRAWS, target=21_000)


def test_within_hours_the_greatest_chance_is_proved() -> None:
    """With hours given the certificate speaks of chance, and the steps stay within the hours."""
    found = plan(CLERK, JIEBEI, CATALOGUE, target=30_000, effort=3.0)
    assert found.certificate is not None
    assert found.certificate.objective == "greatest_chance"
    assert hours_of(found.plan) <= 3.0
    share = share_on(found, "honest", seed=1, draws=found.certificate.draws, target=30_000)
    assert found.certificate.best == found.certificate.bound == share


def test_a_target_out_of_reach_is_said_to_be_and_another_is_planned() -> None:
    """No plan makes a tenfold line likely: the bound proves it, and the plan is for the best line within reach."""
    found = plan(CLERK, JIEBEI, CATALOGUE, target=200_000)
    assert not found.feasible
    assert found.certificate is not None
    assert found.certificate.bound < 0.5
    assert found.best_reachable is not None
    assert found.best_reachable < 200_000
    assert found.probability < 0.1
    assert (found.frontier.fastest, found.frontier.least_effort, found.frontier.safest) == (None, None, None)
    narrow = plan(CLERK, JIEBEI, CATALOGUE, target=199_000, effort=2.0)
    assert not narrow.feasible
    assert hours_of(narrow.plan) <= 2.0


def test_without_a_target_the_plan_aims_at_what_everything_brings() -> None:
    """The line aimed at is above today's, and the cheapest way costs no more than the safest."""
    found = plan(CLERK, JIEBEI, CATALOGUE)
    assert found.feasible
    assert found.target is None
    assert found.best_reachable is not None
    assert found.best_reachable > 20_000
    three = found.frontier
    assert three.least_effort == found.plan
    assert three.fastest is not None
    assert three.safest is not None
    assert hours_of(three.least_effort) <= hours_of(three.safest)
    limited = plan(CLERK, JIEBEI, CATALOGUE, effort=2.0)
    assert hours_of(limited.plan) <= 2.0


def test_within_one_month_nothing_is_faster_than_the_plan() -> None:
    """With a single month there is no earlier one: the fastest way is the lightest."""
    found = plan(CLERK, JIEBEI, CATALOGUE, months=1, preset="optimistic")
    assert found.plan
    assert found.frontier.fastest == found.frontier.least_effort == found.plan


def test_a_business_gets_a_plan_of_its_own_actions() -> None:
    """Only actions of the kind are planned or named."""
    own = replace(BOOKS, kinds=frozenset({Kind.BUSINESS}))
    other = replace(PROOF, kinds=frozenset({Kind.PERSON}))
    found = plan(WORKSHOP, WANGSHANG, (own, other), target=None)
    assert {step.action for step in found.plan} <= {"books"}
    assert "proof" not in {one.action for one in found.avoid}


def test_what_two_steps_need_is_planned_once_and_what_needs_nothing_there_is_not() -> None:
    """A shared need comes before both, and an action whose need does not exist is left out."""
    first, second = (replace(one, needs=("budget",), habit=False) for one in (HABIT, FLOW))
    lost = replace(BOOKS, id="lost", needs=("nowhere",))
    found = plan(CLERK, JIEBEI, (first, second, BUDGET, lost), effort=20.0)
    taken = [step.action for step in found.plan]
    assert {"habit", "flow", "budget"} == set(taken)
    assert found.certificate is not None
    assert "lost" not in found.certificate.considered


def test_what_is_left_alone_is_named_with_its_reason() -> None:
    """Closing the line, taking a loan, moving nothing, and excluding a step are all told."""
    found = plan(CLERK, JIEBEI, CATALOGUE, target=21_000)
    why = {one.action: one.why for one in found.avoid}
    assert why["close"] == "ends_the_line"
    assert why["loan"] == "worsens"
    assert why["idle"] == "does_not_move"
    asked = plan(CLERK, JIEBEI, (replace(PROOF, conflicts=("flow",)), FLOW), target=21_000)
    assert {one.action: one.why for one in asked.avoid} == {"flow": "conflicts"}


@pytest.mark.parametrize("target", [None, 15_000.0, 90_000.0])
def test_where_nothing_helps_no_step_is_planned(target: float | None) -> None:
    """Without actions the plan is empty: a line already there is kept, a higher one is out of reach."""
    found = plan(CLERK, JIEBEI, (), target=target)
    assert found.plan == ()
    assert found.feasible == (target == 15_000.0)
    if target is None:
        assert (found.best_reachable, found.probability) == (None, 0.0)


def test_a_line_reached_anyway_needs_no_step() -> None:
    """A target below today's line is kept without any effort."""
    found = plan(CLERK, JIEBEI, CATALOGUE, target=10_000)
    assert (found.plan, found.feasible) == ((), True)


def test_a_plan_is_a_function_of_its_arguments() -> None:
    """Equal arguments give equal plans."""
    assert plan(CLERK, JIEBEI, CATALOGUE, seed=7) == plan(CLERK, JIEBEI, CATALOGUE, seed=7)


def test_behind_the_gate_only_debt_is_reduced_and_arrears_come_first() -> None:
    """No raise, no request for a review, no line and no probability; conflicts and bars are named."""
    facts = Facts(Kind.PERSON, {"overdue_now": True, "monthly_income": 5000.0, "monthly_debt_service": 4500.0})
    found = plan(facts, JIEBEI, CATALOGUE, target=50_000)
    assert found.gate == ("arrears", "debt_service_over_line")
    assert [step.action for step in found.plan] == ["settle", "thrift", "budget"]
    assert (found.target, found.feasible, found.probability, found.best_reachable) == (None, False, 0.0, None)
    assert found.certificate is None
    why = {one.action: one.why for one in found.avoid}
    assert why == {"loan": "worsens", "proof": "gated", "books": "gated", "ask": "conflicts"}
    short = plan(facts, JIEBEI, CATALOGUE, effort=3.0)
    assert [step.action for step in short.plan] == ["settle"]


def test_debts_known_to_be_nothing_need_no_relief() -> None:
    """Behind the gate for other reasons, what is known to be nothing is not planned away."""
    facts = Facts(Kind.PERSON, {"purpose": "repay_other_debt", "overdue_now": False, "monthly_debt_service": 0.0})
    assert [step.action for step in plan(facts, JIEBEI, CATALOGUE).plan] == ["budget"]


@given(facts=st.sampled_from(list(Kind)).flatmap(borrowers), seed=st.integers(0, 99), debts=st.booleans())
@settings(max_examples=40, deadline=None)
def test_no_gated_profile_ever_gets_a_raise(facts: Facts, seed: int, debts: bool) -> None:
    """Whatever is known: behind the gate every step reduces debt, none asks for a review, nothing is promised."""
    owing: dict[str, FactValue] = {"purpose": "repay_other_debt", "lenders_count": 6.0}
    heavy: dict[str, FactValue] = owing if debts else {"overdue_now": True}
    gated = Facts(facts.kind, {**facts.values, **heavy})
    made = made_up_actions(np.random.default_rng(seed), 6)
    mixed = [replace(one, reduces_debt=number % 2 == 0) for number, one in enumerate(made)]
    found = plan(gated, JIEBEI if facts.kind is Kind.PERSON else WANGSHANG, (*mixed, *CATALOGUE), target=99_000)
    assert found.gate == gate(gated) != ()
    known = {action.id: action for action in (*mixed, *CATALOGUE)}
    for step in found.plan:
        assert known[step.action].reduces_debt
        assert not known[step.action].asks_review
        assert known[step.action].reversible
    assert (found.feasible, found.probability, found.probability_interval) == (False, 0.0, (0.0, 0.0))
    assert found.frontier.fastest is found.frontier.safest is found.frontier.least_effort is None


def test_a_plan_is_written_as_the_contract_says() -> None:
    """The document has the contract's names, survives JSON, and says nothing where there is nothing."""
    document = json.loads(json.dumps(plan_document(plan(CLERK, JIEBEI, CATALOGUE, target=21_000))))
    names = ("gate", "target", "feasible", "best_reachable", "plan", "probability", "probability_interval")
    assert set(document) == {*names, "certificate", "frontier", "avoid"}
    assert document["gate"] is None
    assert set(document["plan"][0]) == {"action", "start_month", "effort_hours", "money"}
    assert set(document["frontier"]) == {"fastest", "least_effort", "safest"}
    assert {"best", "bound", "nodes", "seed", "parameter_hash"} <= set(document["certificate"])
    assert not any(isinstance(value, float) and math.isnan(value) for value in document.values())
    gated = plan_document(plan(Facts(Kind.PERSON, {"overdue_now": True}), JIEBEI, CATALOGUE))
    assert gated["gate"] == {"codes": ["arrears"]}
    assert (gated["certificate"], gated["frontier"]["fastest"]) == (None, None)
