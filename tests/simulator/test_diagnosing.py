"""Why a line fell or vanished: ranked causes and the next question."""

import json
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.causes import MODEL, Chance, RestoreModel
from simulator.diagnosing import PLATFORM, diagnose
from simulator.evidence import evidence_of, posterior
from simulator.reading_diagnosis import diagnosis_document
from simulator.results import Diagnosis
from simulator.signs import CONDITIONS, Page, Seen, Story, after_repayment, lost_share
from simulator.vocabulary import FACTS, Facts, FactValue, Kind

FAMILIES = {"user", "platform", "system", "lender"}


def person(**values: FactValue) -> Facts:
    return Facts(Kind.PERSON, values)


def chance_of(diagnosis: Diagnosis, cause: str) -> float:
    return next((one.probability for one in diagnosis.causes if one.cause == cause), 0.0)


def test_the_file_of_causes_is_sound() -> None:
    """Chances lie in their ranges, signs add up to one and are never impossible, conditions and questions exist."""
    assert len({cause.id for cause in MODEL.causes}) == len(MODEL.causes) == 13
    for cause in MODEL.causes:
        assert cause.family in FAMILIES
        assert cause.condition is None or cause.condition in CONDITIONS
        for chance in (cause.prevalence, cause.strength):
            assert isinstance(chance, Chance)
            assert 0.0 <= chance.low <= chance.value <= chance.high <= 1.0
            assert chance.grade
            assert chance.source
            assert chance.date
        assert set(cause.page) == set(get_args(Page))
        for signs in (cause.page, cause.lost):
            assert sum(signs.values()) == pytest.approx(1.0)
            assert min(signs.values()) > 0.0
        assert 0.0 < cause.after_repayment < 1.0
    assert set(MODEL.seconds) <= set(FACTS) | set(Seen.__slots__)


def test_with_nothing_known_most_cut_lines_had_no_arrears() -> None:
    """Before any answer the borrower's own arrears hold less than the third that a supervisor's study found."""
    chances = posterior(evidence_of(person(), Seen()), MODEL)
    assert chances["overdue_anywhere"] < 0.33


@pytest.mark.parametrize(
    ("facts", "seen", "cause"),
    [
        (person(overdue_now=True), Seen(page_says="suspended"), "overdue_anywhere"),
        (person(max_days_past_due_24m=5.0), Seen(), "overdue_anywhere"),
        (person(draws_per_month=3.0, overdue_now=False), Seen(), "frequent_draws"),
        (person(prepaid_share=0.9, overdue_now=False), Seen(repaid=5000.0), "prepaid_reassessment"),
        (person(overdue_now=False), Seen(repaid_early=True), "prepaid_reassessment"),
        (person(monthly_debt_service=6000.0, monthly_income=10_000.0), Seen(), "heavy_debt_service"),
        (person(anomaly_flag=True, overdue_now=False), Seen(page_says="suspended"), "anomaly"),
        (person(identity_changes_3m=2.0, overdue_now=False), Seen(page_says="suspended"), "identity_change"),
        (person(identity_valid=False, overdue_now=False), Seen(), "identity_change"),
        (person(overdue_now=False), Seen(lender_changed=True, page_says="closed"), "lender_change"),
        (person(), Seen(business_account_opened=True, page_says="closed"), "business_account_opened"),
        (person(overdue_now=False), Seen(page_says="error", days_since=1.0), "system_fault"),
        (person(overdue_now=False), Seen(page_says="reassessing", repaid=100.0), "reassessing_now"),
    ],
)
def test_a_plain_story_puts_its_cause_among_the_first_two(facts: Facts, seen: Seen, cause: str) -> None:
    """What stands out in the account leads the list."""
    assert cause in [one.cause for one in diagnose(facts, seen).causes[:2]]


def test_a_clean_borrower_is_told_that_it_was_the_platform() -> None:
    """With every condition on the borrower's side ruled out, platform causes hold nearly all."""
    facts = person(
        overdue_now=False, draws_per_month=0.2, prepaid_share=0.0, monthly_debt_service=0.0, anomaly_flag=False,
        identity_changes_3m=0.0,
    )  # fmt: skip
    told = diagnose(facts, Seen(lender_changed=False, business_account_opened=False, page_says="nothing"))
    assert sum(one.probability for one in told.causes if one.family == "platform") > 0.95
    assert chance_of(told, "overdue_anywhere") == 0.0


def test_what_speaks_for_and_against_is_named() -> None:
    """A condition that holds speaks for its cause, one that does not against it; signs do as they fit."""
    told = diagnose(person(overdue_now=True, draws_per_month=0.0), Seen(page_says="suspended", repaid=0.0))
    causes = {one.cause: one for one in told.causes}
    assert causes["overdue_anywhere"].speaks_for == ("page_says", "overdue_now")
    assert "page_says" in causes[PLATFORM].speaks_against
    other = diagnose(person(overdue_now=False), Seen(page_says="error"))
    assert "page_says" in next(one for one in other.causes if one.cause == "system_fault").speaks_for


def test_once_two_causes_hold_most_nothing_more_is_asked() -> None:
    """Four fifths on the first two, or three questions asked, end the questions."""
    clear = diagnose(person(overdue_now=True), Seen(page_says="suspended"))
    assert sum(one.probability for one in clear.causes[:2]) >= 0.8
    assert clear.next_question is None
    assert diagnose(person(), Seen()).next_question is not None
    assert diagnose(person(), Seen(), asked=3).next_question is None


def test_where_no_answer_would_tell_anything_nothing_is_asked() -> None:
    """With all told there is nothing left to ask, however open the answer stays."""
    facts = person(
        overdue_now=False, draws_per_month=2.0, prepaid_share=0.9, monthly_debt_service=6000.0, monthly_income=10_000.0,
        anomaly_flag=True, identity_changes_3m=1.0,
    )  # fmt: skip
    seen = Seen(
        page_says="nothing", available_line=500.0, line_before=1000.0, repaid=10.0, lender_changed=True,
        business_account_opened=True,
    )  # fmt: skip
    told = diagnose(facts, seen)
    assert sum(one.probability for one in told.causes[:2]) < 0.8
    assert told.next_question is None


@pytest.mark.parametrize(
    ("facts", "seen", "possible"),
    [
        (person(monthly_debt_service=5000.0), Seen(), "monthly_income"),
        (person(), Seen(line_before=1000.0), "available_line"),
        (person(), Seen(available_line=1000.0), "line_before"),
        (person(), Seen(repaid=10.0), "repaid_early"),
        (
            Facts(Kind.BUSINESS, {"monthly_debt_service": 6000.0, "monthly_turnover": 20_000.0}),
            Seen(),
            "gross_margin",
        ),
    ],
)
def test_only_what_is_unknown_is_asked(facts: Facts, seen: Seen, possible: str) -> None:
    """Answering question after question never meets the same one twice, and comes by the missing half of a pair."""
    met = _ask_to_the_end(facts, seen)
    assert possible in met
    assert len(met) == len(set(met))


def _ask_to_the_end(facts: Facts, seen: Seen) -> list[str]:
    """Answers every question by a value that settles nothing, so that all of them come up."""
    quiet: dict[str, Any] = {
        "page_says": "no_line", "available_line": 400.0, "line_before": 1000.0, "repaid": 100.0, "repaid_early": False,
        "lender_changed": False, "business_account_opened": False,
    }  # fmt: skip
    known: dict[str, FactValue] = {
        "overdue_now": False, "draws_per_month": 1.0, "prepaid_share": 0.1, "monthly_debt_service": 100.0,
        "monthly_income": 9000.0, "monthly_turnover": 9000.0, "gross_margin": 0.5, "anomaly_flag": False,
        "identity_changes_3m": 0.0,
    }  # fmt: skip
    met: list[str] = []
    model = replace(MODEL, seconds=dict.fromkeys(MODEL.seconds, 1.0))
    while (name := _next(facts, seen, model)) is not None:
        met.append(name)
        if name in known:
            facts = Facts(facts.kind, {**facts.values, name: known[name]})
        else:
            seen = replace(seen, **{name: quiet[name]})
    return met


def _next(facts: Facts, seen: Seen, model: RestoreModel) -> str | None:
    return diagnose(facts, seen, model=model).next_question


def test_amounts_become_bands() -> None:
    """How much of the line is left names the band; without both amounts there is none."""
    bands = [lost_share(Seen(available_line=left, line_before=100.0)) for left in (0.0, 2.0, 50.0, 95.0, 100.0)]
    assert bands == ["all", "all", "most", "some", "none"]
    assert lost_share(Seen(available_line=1.0)) is None
    assert lost_share(Seen(available_line=1.0, line_before=0.0)) is None
    assert after_repayment(Seen()) is None
    assert after_repayment(Seen(repaid_early=True)) is True
    assert after_repayment(Seen(repaid=0.0)) is False


def test_the_conditions_know_what_they_do_not_know() -> None:
    """Arrears of the past leave today open, and an unknown margin leaves a heavy service open."""
    assert CONDITIONS["overdue"](person(overdue_events_24m=0.0), Seen()).holds is None
    assert CONDITIONS["prepaid"](person(), Seen(repaid=0.0)).holds is False
    assert CONDITIONS["prepaid"](person(prepaid_share=0.9), Seen(repaid=0.0)).holds is True
    business = Facts(Kind.BUSINESS, {"monthly_debt_service": 6000.0, "monthly_turnover": 20_000.0})
    assert CONDITIONS["heavy_debt_service"](business, Seen()).holds is None
    assert CONDITIONS["heavy_debt_service"](person(monthly_debt_service=1.0), Seen()).holds is None
    light = Facts(Kind.BUSINESS, {"monthly_debt_service": 500.0, "monthly_turnover": 20_000.0})
    assert CONDITIONS["heavy_debt_service"](light, Seen()).holds is False


STORIES = st.builds(
    Story,
    st.fixed_dictionaries(
        {},
        optional={
            "overdue_now": st.booleans(),
            "draws_per_month": st.floats(0, 20),
            "prepaid_share": st.floats(0, 1),
            "monthly_debt_service": st.floats(0, 20_000),
            "monthly_income": st.floats(0, 50_000),
            "anomaly_flag": st.booleans(),
            "identity_changes_3m": st.integers(0, 5).map(float),
        },
    ).map(lambda values: Facts(Kind.PERSON, values)),
    st.builds(
        Seen,
        available_line=st.none() | st.floats(0, 1e5),
        line_before=st.none() | st.floats(0, 1e5),
        repaid=st.none() | st.floats(0, 1e5),
        repaid_early=st.none() | st.booleans(),
        days_since=st.none() | st.floats(0, 1000),
        page_says=st.none() | st.sampled_from(get_args(Page)),
        lender_changed=st.none() | st.booleans(),
        business_account_opened=st.none() | st.booleans(),
    ),
)


@given(story=STORIES)
@settings(max_examples=60, deadline=None)
def test_whatever_is_told_the_diagnosis_is_sound(story: Story) -> None:
    """At least two causes, likely ones first, the platform always a candidate, chances within one, JSON to write."""
    told = diagnose(story.facts, story.seen)
    chances = [one.probability for one in told.causes]
    assert len(chances) >= 2
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) <= 1.0 + 1e-9
    assert all(chance >= 0.0 for chance in chances)
    assert any(one.family == "platform" for one in told.causes)
    assert PLATFORM in {one.cause for one in told.causes}
    assert told.next_question is None or told.next_question in MODEL.seconds
    json.dumps(diagnosis_document(told))


@given(story=STORIES)
@settings(max_examples=40, deadline=None)
def test_a_condition_that_holds_never_makes_its_cause_less_likely(story: Story) -> None:
    """Learning of arrears raises arrears as a cause, learning that there are none rules it out."""
    clean = story.facts.without(["overdue_now"])
    unknown = posterior(evidence_of(clean, story.seen), MODEL)["overdue_anywhere"]
    late = Facts(Kind.PERSON, {**clean.values, "overdue_now": True})
    on_time = Facts(Kind.PERSON, {**clean.values, "overdue_now": False})
    assert posterior(evidence_of(late, story.seen), MODEL)["overdue_anywhere"] >= unknown
    assert posterior(evidence_of(on_time, story.seen), MODEL)["overdue_anywhere"] == 0.0
