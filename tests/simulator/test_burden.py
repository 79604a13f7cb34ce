"""How heavy debts are, and when no raise may be offered."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.burden import SERVICE_LINE, Span, burden, gate, monthly_means
from simulator.vocabulary import Facts, FactValue, Kind


def person(**values: FactValue) -> Facts:
    return Facts(Kind.PERSON, values)


def business(**values: FactValue) -> Facts:
    return Facts(Kind.BUSINESS, values)


def test_unknown_facts_never_close_the_gate() -> None:
    """A borrower of whom nothing is known is not gated."""
    assert gate(person()) == ()
    assert gate(business()) == ()


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (person(overdue_now=True), ("arrears",)),
        (person(overdue_now=False), ()),
        (person(max_days_past_due_24m=30.0), ("arrears",)),
        (person(max_days_past_due_24m=29.0), ()),
        (person(max_days_past_due_24m=30.0, on_time_months=2.0), ("arrears",)),
        (person(max_days_past_due_24m=30.0, on_time_months=3.0), ()),
        (person(monthly_income=10_000.0, monthly_debt_service=5_500.0), ()),
        (person(monthly_income=10_000.0, monthly_debt_service=5_501.0), ("debt_service_over_line",)),
        (person(monthly_income=0.0, monthly_debt_service=1.0), ("debt_service_over_line",)),
        (business(monthly_turnover=100_000.0, monthly_debt_service=6_000.0), ()),
        (
            business(monthly_turnover=100_000.0, monthly_debt_service=6_000.0, gross_margin=0.1),
            ("debt_service_over_line",),
        ),
        (business(monthly_turnover=100_000.0, monthly_debt_service=56_000.0), ("debt_service_over_line",)),
        (
            business(monthly_turnover=100_000.0, monthly_debt_service=1.0, gross_margin=-0.2),
            ("debt_service_over_line",),
        ),
        (person(lenders_count=4.0), ()),
        (person(lenders_count=4.0, other_debt_balance=60_001.0), ()),
        (person(lenders_count=4.0, other_debt_balance=60_001.0, monthly_income=10_000.0), ("many_commitments",)),
        (person(lenders_count=4.0, other_debt_balance=60_000.0, monthly_income=10_000.0), ()),
        (person(lenders_count=3.0, other_debt_balance=90_000.0, monthly_income=10_000.0), ()),
        (person(lenders_count=4.0, purpose="repay_other_debt"), ("many_commitments", "persistent_debt")),
        (person(purpose="repay_other_debt"), ("persistent_debt",)),
        (person(purpose="necessities"), ()),
    ],
)
def test_the_gate_names_what_closes_it(facts: Facts, codes: tuple[str, ...]) -> None:
    """Each code appears exactly on its side of its threshold."""
    assert gate(facts) == codes


def test_a_full_line_redrawn_for_a_year_and_a_half_is_persistent_debt() -> None:
    """All three signs together close the gate, and taking any one away opens it."""
    signs: dict[str, FactValue] = {
        "current_line": 10_000.0,
        "used_balance": 9_000.0,
        "months_on_book": 18.0,
        "draws_per_month": 1.0,
    }
    assert gate(person(**signs)) == ("persistent_debt",)
    for name in signs:
        assert gate(person(**{key: value for key, value in signs.items() if key != name})) == ()


def test_the_burden_of_a_person_with_known_debts_is_exact_but_for_the_own_line() -> None:
    """Known figures give equal ends; a bad month takes a fifth of income and adds three points of interest."""
    facts = person(
        monthly_income=10_000.0,
        monthly_debt_service=2_000.0,
        other_debt_balance=24_000.0,
        used_balance=6_000.0,
        cash_reserve_months=2.0,
    )
    weight = burden(facts)
    assert weight.service_ratio == Span(0.2, 0.2)
    assert weight.months_owed == Span(3.0, 3.0)
    assert weight.reserve_months == 2.0
    assert weight.service_ratio_with_line is not None
    assert weight.service_ratio_with_line.low == pytest.approx(0.2 + 6_000 * 0.1825 / 12 / 10_000)
    assert weight.service_ratio_with_line.high == pytest.approx(0.2 + 550.79 / 10_000, abs=1e-6)
    assert weight.bad_month_left is not None
    assert weight.bad_month_left.high == pytest.approx(8_000 - 2_000 - 91.25 - 75.0)
    assert weight.bad_month_ratio is not None
    assert weight.bad_month_ratio.low == pytest.approx((2_000 + 91.25 + 75.0) / 8_000)


def test_the_burden_of_an_unknown_borrower_is_not_guessed() -> None:
    """Without income or debts no figure is given."""
    nothing = burden(person())
    assert (nothing.service_ratio, nothing.months_owed, nothing.bad_month_left) == (None, None, None)
    assert burden(person(monthly_income=0.0, monthly_debt_service=100.0)).service_ratio is None


def test_an_unknown_margin_widens_the_burden_of_a_business() -> None:
    """Without a margin the means run from a twentieth of turnover to all of it; without turnover there are none."""
    assert monthly_means(business(monthly_turnover=100_000.0)) == Span(5_000.0, 100_000.0)
    assert monthly_means(business(gross_margin=0.2)) is None
    wide = burden(business(monthly_turnover=100_000.0, monthly_debt_service=1_000.0)).service_ratio
    assert wide == Span(0.01, 0.2)


@given(income=st.floats(1, 1e6), service=st.floats(0, 1e6), less=st.floats(0, 1))
@settings(max_examples=60)
def test_less_debt_service_never_closes_the_gate(income: float, service: float, less: float) -> None:
    """If the gate is open, lowering debt service keeps it open; it is closed exactly above the line."""
    before = gate(person(monthly_income=income, monthly_debt_service=service))
    after = gate(person(monthly_income=income, monthly_debt_service=service * less))
    assert set(after) <= set(before)
    assert ("debt_service_over_line" in before) == (service > SERVICE_LINE * income)
