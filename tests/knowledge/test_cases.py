"""What must hold of nearest cases: by situation, same kind, gated borrowers see no raise, nothing from too little."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.cases import FEWEST_SHARED, MOST_COMPARED, compare, nearest
from simulator.vocabulary import Facts, Kind
from tests.knowledge.shipped import shipped

CASES = tuple(shipped()[0].cases.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_is_nearest_to_itself(case: object) -> None:
    """Somebody in exactly a case's situation meets a case at no distance, all facts agreeing."""
    found = nearest(CASES, Facts(case.kind, case.situation), gated=False)
    assert found[0].distance == 0
    assert found[0].differ == ()
    assert set(found[0].agree) == set(found[0].case.situation)


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(Kind),
    line=st.floats(0, 300_000),
    income=st.floats(0, 60_000),
    gated=st.booleans(),
    limit=st.integers(1, 5),
)
def test_matches_are_ordered_and_fitting(kind: Kind, line: float, income: float, gated: bool, limit: int) -> None:
    """Matches come nearest first, of one's own kind, resting on enough shared facts, and gated ones show no raise."""
    told = {"current_line": line, "lenders_count": 2.0}
    told |= {"monthly_income": income} if kind is Kind.PERSON else {"monthly_turnover": income}
    found = nearest(CASES, Facts(kind, told), gated=gated, limit=limit)
    assert len(found) <= limit
    assert [match.distance for match in found] == sorted(match.distance for match in found)
    for match in found:
        assert match.case.kind is kind
        assert len(match.agree) + len(match.differ) >= FEWEST_SHARED
        assert 0 <= match.distance <= 1
        assert not gated or match.case.outcome not in {"raised", "slower", "unchanged"}


def test_nothing_is_near_to_nothing() -> None:
    """Without facts there is no case, and words alone never bring one."""
    assert nearest(CASES, Facts(Kind.PERSON), gated=False) == ()


def test_choices_and_flags_differ_or_agree() -> None:
    """A choice or a flag is the same or wholly different; money ten times apart is as far as it gets."""
    case = replace(CASES[0], kind=Kind.PERSON, situation={"purpose": "education", "current_line": 1_000.0})
    facts = Facts(Kind.PERSON, {"purpose": "business", "current_line": 100_000.0})
    (match,) = nearest([case], facts, gated=False)
    assert match.distance == 1
    assert set(match.differ) == {"purpose", "current_line"}


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(Kind),
    line=st.floats(0, 300_000),
    used=st.floats(0, 300_000),
    service=st.floats(0, 30_000),
    late=st.booleans(),
)
def test_a_comparison_sets_both_values_beside_each_other(
    kind: Kind, line: float, used: float, service: float, late: bool
) -> None:
    """Few shared facts on either side, each once, with the case's own value and the borrower's own value."""
    told = {"current_line": line, "used_balance": used, "monthly_debt_service": service, "overdue_now": late}
    facts = Facts(kind, told)
    for match in nearest(CASES, facts, gated=False, limit=3):
        beside = compare(match, facts)
        for pairs, names in ((beside.agree, match.agree), (beside.differ, match.differ)):
            assert len(pairs) == min(len(names), MOST_COMPARED)
            assert {pair.fact for pair in pairs} <= set(names)
            assert len({pair.fact for pair in pairs}) == len(pairs)
        for pair in (*beside.agree, *beside.differ):
            assert pair.theirs == match.case.situation[pair.fact]
            assert pair.ours == facts.values[pair.fact]


def test_what_tells_most_stands_first() -> None:
    """Of two facts that differ, the line comes before a lesser one, and the wider gap before the narrower."""
    situation = {"current_line": 1_000.0, "lenders_count": 9.0, "draws_per_month": 2.0}
    case = replace(CASES[0], kind=Kind.PERSON, situation=situation)
    facts = Facts(Kind.PERSON, {"current_line": 10_000.0, "lenders_count": 0.0, "draws_per_month": 5.0})
    (match,) = nearest([case], facts, gated=False)
    assert [pair.fact for pair in compare(match, facts).differ] == ["current_line", "lenders_count", "draws_per_month"]


def test_a_striking_case_is_near_only_to_whom_it_was_told_of() -> None:
    """Nine applications are a case for somebody with many, and for nobody who said nothing of them or had none."""
    told = {"current_line": 10_000.0, "monthly_income": 8_000.0, "monthly_debt_service": 1_500.0, "overdue_now": False}
    for more, near in (({}, False), ({"hard_inquiries_3m": 0.0}, False), ({"hard_inquiries_3m": 8.0}, True)):
        found = nearest(CASES, Facts(Kind.PERSON, {**told, **more}), gated=False, limit=len(CASES))
        assert ("nine_applications" in {match.case.id for match in found}) is near
        assert found
