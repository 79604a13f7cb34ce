"""A budget: fair shares never promise more than there is, and repaying the dearest first is never slower."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.budgeting import LONGEST, Owed, dearest_first, month_of, months_to_clear, shares
from simulator.burden import burden
from simulator.vocabulary import Facts, Kind, Problem

_MONEY = st.floats(0.0, 200_000.0)
_OWED = st.lists(
    st.builds(Owed, place=st.just(1), balance=_MONEY, payment=_MONEY, rate=st.none() | st.floats(0.0, 0.36)), max_size=4
)


def _facts(**values: float) -> Facts:
    facts = Facts(Kind.PERSON)
    for name, value in values.items():
        changed = facts.with_value(name, value)
        assert not isinstance(changed, Problem)
        facts = changed
    return facts


@settings(max_examples=200)
@given(available=st.floats(-1000.0, 300_000.0), owed=_OWED)
def test_shares_are_fair(available: float, owed: list[Owed]) -> None:
    """Together no more than there is, none above what is due, nothing negative; who is owed more gets no less."""
    given_ = shares(available, owed)
    assert len(given_) == len(owed)
    assert sum(given_) <= max(available, 0.0) + 1e-6
    for one, part in zip(owed, given_, strict=True):
        assert 0.0 <= part <= one.payment + 1e-6
        for other, theirs in zip(owed, given_, strict=True):
            if one.balance >= other.balance > 0.0 and one.payment >= other.payment:
                assert part >= theirs - 1.0


def test_what_one_debt_cannot_take_goes_to_the_others() -> None:
    """With enough for all, each gets what is due; with less, by what is owed."""
    small, large = Owed(1, 1000.0, 50.0, 0.1), Owed(2, 9000.0, 900.0, 0.1)
    assert shares(2000.0, (small, large)) == (50.0, 900.0)
    assert shares(500.0, (small, large)) == (50.0, 450.0)
    assert shares(600.0, (small, large)) == (50.0, 550.0)


def test_the_dearest_comes_first() -> None:
    """By rate, an unknown rate last."""
    cheap, dear, unknown = Owed(1, 9.0, 1.0, 0.05), Owed(2, 9.0, 1.0, 0.2), Owed(3, 9.0, 1.0, None)
    assert dearest_first((unknown, cheap, dear)) == (dear, cheap, unknown)


@settings(max_examples=60)
@given(owed=_OWED, monthly=_MONEY, more=st.floats(1.0, 5000.0))
def test_paying_more_is_never_slower(owed: list[Owed], monthly: float, more: float) -> None:
    """More money a month never takes more months."""
    slow, fast = months_to_clear(owed, monthly), months_to_clear(owed, monthly + more)
    assert slow is None or (fast is not None and fast <= slow)


@pytest.mark.parametrize(
    ("owed", "monthly", "months"),
    [
        ((Owed(1, 1200.0, 100.0, None),), 100.0, 12),
        ((Owed(1, 1200.0, 100.0, 0.0), Owed(2, 1200.0, 100.0, 0.0)), 200.0, 12),
        ((Owed(1, 100_000.0, 1000.0, 0.24),), 1000.0, None),
        ((), 0.0, 1),
    ],
)
def test_months_to_clear(owed: tuple[Owed, ...], monthly: float, months: int | None) -> None:
    """Without interest a plain division; where interest eats the payment, never."""
    assert months_to_clear(owed, monthly) == months
    assert months is None or months <= LONGEST


def test_a_month_adds_up() -> None:
    """What comes in, less living, less all payments, is what is left; priority debts never exceed what is paid."""
    month = month_of(_facts(monthly_income=9000.0, monthly_debt_service=4000.0), 3000.0, 5000.0)
    assert month is not None
    assert (month.priority, month.free) == (4000.0, 2000.0)
    assert (month.left.low, month.left.high) == (2000.0, 2000.0)
    assert month.bad_left is None


def test_the_balance_of_the_line_makes_a_span() -> None:
    """From its interest alone to twelve equal payments, and a bad month is the burden's less what living takes."""
    facts = _facts(
        monthly_income=9000.0, monthly_debt_service=4000.0, used_balance=12_000.0, other_debt_balance=50_000.0
    )
    month, weight = month_of(facts, 3000.0, 1000.0), burden(facts)
    assert month is not None
    assert month.left.low < month.left.high < 2000.0
    assert month.others.high - month.others.low == pytest.approx(month.left.high - month.left.low)
    assert weight.bad_month_left is not None
    assert month.bad_left is not None
    assert month.bad_left.low == pytest.approx(weight.bad_month_left.low - 3000.0)


def test_without_income_or_payments_there_is_no_month() -> None:
    """What was not told is not made up."""
    assert month_of(_facts(monthly_income=9000.0), 0.0, 0.0) is None
    assert month_of(_facts(monthly_debt_service=9000.0), 0.0, 0.0) is None
