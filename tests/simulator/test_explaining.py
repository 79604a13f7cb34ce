"""Reasons add up, name what holds, and offer only what helps."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.actions import Action, Effect
from simulator.central import Central, central_case
from simulator.explaining import binding, reasons
from simulator.policy import Pack
from simulator.trace import share_of_assumptions, trace
from simulator.vocabulary import Facts, Kind
from tests.simulator.borrowers import (
    ACTIONS,
    BORROWERS,
    CLERK,
    JIEBEI,
    PACKS,
    WANGSHANG,
    WORKSHOP,
    action,
    borrowers,
    changed,
)


def case(facts: Facts, pack: Pack, actions: tuple[Action, ...] = (), preset: str = "honest") -> Central:
    return central_case(facts, pack, preset=preset, months=12, actions=[(one, 0) for one in actions])


@given(st.sampled_from(sorted(PACKS)).flatmap(lambda name: st.tuples(st.just(name), borrowers(PACKS[name].kind))))
@settings(max_examples=60, deadline=None)
def test_reasons_lead_from_the_ordinary_target_to_this_one(told: tuple[str, Facts]) -> None:
    """For any borrower, with and without actions, points and yuan add up to the way between the two targets."""
    name, facts = told
    for actions in ((), ACTIONS):
        central = case(facts, PACKS[name], actions)
        ordinary = min(central.base, float(central.least(central.usual)))
        told_by = reasons(central)
        assert sum(one.points for one in told_by) == pytest.approx(100 * (central.target - ordinary), abs=1e-6)
        way = 2.0**central.target - 2.0**ordinary
        assert sum(one.yuan for one in told_by) == pytest.approx(way, rel=1e-9, abs=1e-4)
        assert all(one.points * one.yuan >= 0 for one in told_by)
        sizes = [abs(one.points) for one in told_by]
        assert sizes == sorted(sizes, reverse=True)
        steps = trace(central, told_by, binding(central), PACKS[name].presets["honest"])
        by_factor = [step for step in steps if step.rule in {one.code for one in told_by}]
        assert sum(step.effect_yuan for step in by_factor) == pytest.approx(way, rel=1e-6, abs=1e-3)


def test_an_ordinary_borrower_has_no_reasons() -> None:
    """Who tells nothing but the line is the reference itself."""
    assert reasons(case(Facts(Kind.PERSON, {"current_line": 20_000.0}), JIEBEI)) == ()
    assert reasons(case(Facts(Kind.BUSINESS), WANGSHANG)) == ()


def test_each_fact_speaks_in_its_direction() -> None:
    """Frequent draws count against, a high income for, and each names its own fact and grade."""
    told = {one.code: one for one in reasons(case(changed(CLERK, monthly_income=30_000.0), JIEBEI))}
    assert told["draws"].points < 0 < told["income"].points
    assert told["draws"].fact == "draws_per_month"
    assert told["draws"].actionable
    assert not told["income"].actionable
    assert told["on_time_streak"].grade == "S"


UNPROVED = changed(
    CLERK,
    current_line=10_000.0,
    used_balance=2_000.0,
    monthly_income=6_000.0,
    verified_income_share=0.0,
    draws_per_month=2.2,
    services_used=6.0,
    cash_reserve_months=12.0,
)
"""Score enough for a raise, and too little income proved to let it through."""


def test_unproved_income_is_named_before_the_score() -> None:
    """Where only proofs hold the target down, the proofs are named; once they are there, nothing is."""
    assert binding(case(UNPROVED, JIEBEI)) == "unproved_income"
    assert binding(case(changed(UNPROVED, verified_income_share=1.0, monthly_debt_service=0.0), JIEBEI)) is None


def test_debts_that_leave_nothing_bind_as_affordability() -> None:
    """Where even full proofs would not do, affordability itself is named."""
    held = changed(UNPROVED, monthly_debt_service=3_200.0)
    assert binding(case(held, JIEBEI)) == "affordability"


def test_a_full_line_binds_on_the_policy_ceiling() -> None:
    """At the regulatory ceiling no score helps."""
    rich = changed(
        CLERK, current_line=200_000.0, monthly_income=100_000.0, verified_income_share=1.0, draws_per_month=0.0
    )
    assert binding(case(rich, JIEBEI)) == "policy_ceiling"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (
            {
                "current_line": 120_000.0,
                "monthly_turnover": 70_000.0,
                "gross_margin": 0.5,
                "verified_turnover_share": 1.0,
                "receivable_days": 200.0,
                "debt_to_asset": 0.3,
                "payment_flow": 90_000.0,
                "statements_completeness": 0.8,
            },
            "turnover",
        ),
        ({"inventory_days": 5.0, "receivable_days": 5.0, "payable_days": 5.0, "gross_margin": 0.5}, "working_capital"),
        ({"gross_margin": 0.06}, "affordability"),
    ],
)
def test_a_business_learns_which_ceiling_holds(facts: dict[str, float], code: str) -> None:
    """Turnover, working capital need and debt service coverage are told apart."""
    assert binding(case(changed(WORKSHOP, **facts), WANGSHANG)) == code


def test_nothing_is_offered_that_would_not_move_the_target() -> None:
    """Under a ceiling that only the law could lift, no reason is something to do."""
    rich = changed(
        CLERK, current_line=200_000.0, monthly_income=100_000.0, verified_income_share=1.0, draws_per_month=0.0
    )
    assert not any(one.actionable for one in reasons(case(rich, JIEBEI)))


def test_proofs_are_offered_where_they_hold_the_target() -> None:
    """Under unproved income the documents are what to do, and no habit is."""
    told = {one.code: one.actionable for one in reasons(case(UNPROVED, JIEBEI))}
    assert told["documents"]
    assert not told["draws"]


def test_early_repayment_is_never_something_to_do() -> None:
    """Whatever share was prepaid, no reason asks for more or less of it."""
    for share in (0.0, 0.3, 1.0):
        told = {one.code: one for one in reasons(case(changed(CLERK, prepaid_share=share), JIEBEI))}
        assert "prepaid_share" not in told or not told["prepaid_share"].actionable


def test_debts_of_other_lenders_are_told_even_without_a_weight_of_their_own() -> None:
    """A fact that only moves a ceiling has its reason and its steps too."""
    owing = changed(WORKSHOP, other_debt_balance=900_000.0, inventory_days=60.0)
    central = case(owing, WANGSHANG)
    told = {one.code: one for one in reasons(central)}
    assert told["other_debt"].points < 0
    assert told["other_debt"].fact == "other_debt_balance"
    assert told["other_debt"].grade == "I"
    steps = trace(central, tuple(told.values()), "working_capital", WANGSHANG.presets["honest"])
    assert {"other_debt", "ceiling_working_capital", "headroom", "movement"} <= {step.rule for step in steps}
    assert all(step.source and step.date and step.grade for step in steps)


def test_the_mediating_score_takes_half_of_what_it_stands_for() -> None:
    """Once the score is told, bills count less beside it, but not for nothing (claim B6)."""
    bills = changed(CLERK, bills_on_time_share=0.2)
    alone = {one.code: one.points for one in reasons(case(bills, JIEBEI))}
    beside = {one.code: one.points for one in reasons(case(changed(bills, sesame_score=650.0), JIEBEI))}
    assert alone["bills"] < beside["bills"] < 0


def test_several_actions_on_one_fact_are_composed() -> None:
    """Two halvings of a debt leave a quarter of it in the central case."""
    half = Effect("monthly_debt_service", "times", 0.5, 0.5, 0.5)
    central = case(CLERK, JIEBEI, (action("one", half), action("two", half)))
    assert central.after["monthly_debt_service"] == pytest.approx(300.0)
    assert central.now["monthly_debt_service"] == pytest.approx(1_200.0)


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_assumptions_are_a_share_of_all_weight(facts: Facts, pack: Pack) -> None:
    """The share on grade A lies between nothing and all, and grows when a ceiling of that grade binds."""
    central = case(facts, pack)
    plain = share_of_assumptions(central, None, pack.presets["honest"])
    assert 0.2 < plain < 1.0
    held = share_of_assumptions(central, "unproved_income", pack.presets["honest"])
    assert held >= plain
