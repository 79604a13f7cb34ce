"""What borrowing costs: schedules to the fen, totals, early repayment, ceilings."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.amounts import exact
from simulator.cost import cost
from simulator.money import to_fen
from simulator.offers import CostQuestion, Fee, Method, Payment, Per, Prepayment, Rate

START = dt.date(2026, 1, 31)
REGULAR: tuple[Method, ...] = ("equal_instalment", "equal_principal", "interest_first", "bullet", "interest_first_6")


def yearly(value: str) -> Rate:
    return Rate(Decimal(value), "year")


USUAL = CostQuestion(Decimal(10000), START, "equal_instalment", months=12, rate=yearly("0.1825"))


def offer(method: Method = "equal_instalment", **changes: object) -> CostQuestion:
    return replace(USUAL, method=method, **changes)


@pytest.mark.parametrize(
    ("method", "interest", "first_payment"),
    [
        ("equal_instalment", "1015.88", "917.99"),
        ("equal_principal", "988.54", "985.41"),
        ("interest_first", "1825.00", "152.08"),
        ("bullet", "1825.00", "11825.00"),
    ],
)
def test_ten_thousand_over_a_year_costs_what_arithmetic_says(method: Method, interest: str, first_payment: str) -> None:
    """At 18.25 per cent a year by twelfths, every method's interest is the closed form's, to the fen."""
    costs = cost(offer(method))
    assert costs.total_interest == Decimal(interest)
    assert costs.schedule[0].payment == Decimal(first_payment)
    assert costs.daily_interest == Decimal("5.00")
    assert costs.simple_rate == pytest.approx(0.1825, abs=2e-5)


def test_due_dates_keep_the_day_or_take_the_last_of_the_month() -> None:
    """A loan from the 31st falls due on each month's last day, and on the 31st where there is one."""
    days = [row.date.isoformat() for row in cost(offer(months=3)).schedule]
    assert days == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_a_rate_per_day_accrues_by_actual_days() -> None:
    """Ten thousand at 0.05 per cent a day costs 140 yuan in February and 155 in March."""
    rows = cost(offer("interest_first", rate=Rate(Decimal("0.0005"), "day"))).schedule
    assert [row.interest for row in rows[:2]] == [Decimal("140.00"), Decimal("155.00")]
    assert sum(row.interest for row in rows) == Decimal("1825.00")


def test_half_a_year_of_interest_only_comes_before_equal_instalments() -> None:
    """The first six rows repay nothing, the last six repay all in equal payments."""
    rows = cost(offer("interest_first_6")).schedule
    assert [row.principal for row in rows[:6]] == [Decimal(0)] * 6
    assert len({row.payment for row in rows[6:-1]}) == 1
    assert rows[-1].balance == 0


def test_fees_lower_what_is_received_and_raise_the_rate() -> None:
    """A start fee is taken off the money, a fee with each instalment is paid on top; both are in the yearly rates."""
    plain = cost(offer())
    fees = (Fee("start", share=Decimal("0.02")), Fee("each", amount=Decimal(5)))
    charged = cost(offer(fees=fees))
    assert charged.received == Decimal("9800.00")
    assert charged.total_fees == Decimal("260.00")
    assert charged.total_cost == plain.total_interest + Decimal("260.00")
    assert charged.schedule[0].fee == Decimal("5.00")
    assert plain.irr_effective is not None
    assert charged.irr_effective is not None
    assert charged.irr_effective > plain.irr_effective + 0.04


def test_fees_that_eat_the_whole_amount_leave_no_rate() -> None:
    """Where nothing is received, no yearly rate is invented."""
    eaten = cost(offer(fees=(Fee("start", share=Decimal(1)),)))
    assert (eaten.received, eaten.irr_nominal, eaten.irr_effective) == (Decimal("0.00"), None, None)


def test_repaying_all_early_saves_the_interest_still_to_come() -> None:
    """After six of twelve instalments all later interest is saved, less the fee on the principal repaid."""
    costs = cost(offer(early=Prepayment(6, None, Decimal("0.01"))))
    early = costs.early
    assert early is not None
    assert early.amount == costs.schedule[5].balance
    assert early.date == costs.schedule[5].date
    assert early.interest_saved == sum(row.interest for row in costs.schedule[6:])
    assert early.fee == to_fen(early.amount / 100)
    assert early.saved == early.interest_saved - early.fee
    assert early.irr_effective is not None
    assert costs.irr_effective is not None
    assert early.irr_effective > costs.irr_effective


def test_repaying_a_bullet_loan_early_stops_the_clock() -> None:
    """A bullet loan of a year repaid after six months owes six months' interest; half repaid saves half of the rest."""
    whole, half = Prepayment(6, None), Prepayment(6, Decimal(5000))
    all_back, part_back = cost(offer("bullet", early=whole)).early, cost(offer("bullet", early=half)).early
    assert all_back is not None
    assert part_back is not None
    assert all_back.interest_saved == Decimal("912.50")
    assert all_back.irr_effective == pytest.approx((1 + 0.1825 / 2) ** (365 / 181) - 1)
    assert part_back.interest_saved == Decimal("456.25")


def test_repaying_on_the_first_day_saves_all_interest_and_fees() -> None:
    """With nothing left to run, all interest and every instalment fee is saved and no rate is left."""
    costs = cost(offer(early=Prepayment(0, None), fees=(Fee("each", amount=Decimal(3)),)))
    assert costs.early is not None
    assert costs.early.saved == costs.total_interest + Decimal(36)
    assert costs.early.irr_effective is None


def test_an_early_repayment_after_the_end_is_refused() -> None:
    """There is nothing to repay early on the last due date."""
    with pytest.raises(ValueError, match="before the last due date"):
        cost(offer(early=Prepayment(12, None)))


@pytest.mark.parametrize("changes", [{"rate": None}, {"months": 0}])
def test_a_question_without_rate_or_months_is_refused(changes: dict[str, object]) -> None:
    """A regular method needs a rate and at least one month."""
    with pytest.raises(ValueError, match="needed"):
        cost(offer(**changes))


def custom(*payments: tuple[str, int], **changes: object) -> CostQuestion:
    rows = tuple(Payment(dt.date.fromisoformat(day), Decimal(amount)) for day, amount in payments)
    return offer("custom", months=0, rate=None, payments=rows, **changes)


def test_custom_payments_imply_their_own_interest() -> None:
    """Rows add up to the payments, the balance ends at nothing, and the split follows the implied yearly rate."""
    costs = cost(custom(("2026-07-31", 6000), ("2027-01-31", 6000)))
    assert costs.total_interest == Decimal("2000.00")
    assert [row.payment for row in costs.schedule] == [Decimal("6000.00")] * 2
    assert costs.schedule[-1].balance == 0
    assert costs.irr_effective is not None
    factor = (1 + costs.irr_effective) ** (181 / 365) - 1
    assert float(costs.schedule[0].interest) == pytest.approx(10000 * factor, abs=0.01)


def test_custom_payments_after_an_early_repayment_end_sooner() -> None:
    """The same payments go on until nothing is owed, so that interest and whole payments fall away."""
    dates = [("2026-04-30", 2800), ("2026-07-31", 2800), ("2026-10-31", 2800), ("2027-01-31", 2800)]
    early = cost(custom(*dates, early=Prepayment(1, Decimal(5000)))).early
    assert early is not None
    assert early.amount == Decimal("5000.00")
    assert 0 < early.interest_saved < Decimal("1200.00")
    little = cost(custom(*dates, early=Prepayment(1, Decimal(1000)))).early
    assert little is not None
    assert 0 < little.interest_saved < early.interest_saved
    late = cost(custom(*dates, early=Prepayment(3, Decimal(1)))).early
    assert late is not None
    assert late.interest_saved >= 0
    everything = cost(custom(*dates, early=Prepayment(1, None))).early
    assert everything is not None
    assert everything.interest_saved > early.interest_saved


def test_steep_and_long_contracts_stay_sound() -> None:
    """Fifty years at steep rates: rows still add up, no interest is negative, and rates are numbers."""
    days = [(START + dt.timedelta(days=30 * n)).isoformat() for n in range(1, 600)]
    steep = cost(custom(*((day, 900) for day in days)))
    assert all(row.interest >= 0 for row in steep.schedule)
    assert sum(row.principal for row in steep.schedule) == Decimal(10000)
    for method in REGULAR:
        long = cost(offer(method, months=600, rate=Rate(Decimal("0.05"), "day")))
        assert sum(row.principal for row in long.schedule) == Decimal(10000)
        assert long.irr_nominal is not None
    overnight = cost(custom(("2026-02-01", 10**9)))
    assert overnight.irr_effective is None
    assert overnight.irr_nominal == pytest.approx((10**5 - 1) * 365)


@pytest.mark.parametrize("days", [(), ("2026-01-31",), ("2026-05-01", "2026-04-01")])
def test_custom_payments_must_come_in_order_after_the_start(days: tuple[str, ...]) -> None:
    """No payments, a payment on the first day, or payments out of order are refused."""
    with pytest.raises(ValueError, match="after the start"):
        cost(custom(*((day, 11000) for day in days)))


@st.composite
def questions(draw: st.DrawFn) -> CostQuestion:
    per: Per = draw(st.sampled_from(["day", "month", "year"]))
    most = {"day": 0.002, "month": 0.06, "year": 0.72}[per]
    months = draw(st.integers(7, 60))
    return CostQuestion(
        amount=to_fen(exact(draw(st.floats(0.01, 1e6)))),
        start=draw(st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))),
        method=draw(st.sampled_from(REGULAR)),
        months=months,
        rate=Rate(exact(draw(st.floats(0, most))), per),
        fees=(Fee(draw(st.sampled_from(["start", "each"])), share=exact(draw(st.floats(0, 0.1)))),),
        early=Prepayment(draw(st.integers(0, months - 1)), None, exact(draw(st.floats(0, 0.05)))),
    )


@given(question=questions())
@settings(max_examples=80, deadline=None)
def test_every_schedule_adds_up_to_the_fen(question: CostQuestion) -> None:
    """Principal adds up to the amount, rows to their parts, balances fall to nothing, and dates rise."""
    costs = cost(question)
    rows = costs.schedule
    assert sum(row.principal for row in rows) == question.amount
    assert sum(row.interest for row in rows) == costs.total_interest
    assert all(row.payment == row.principal + row.interest + row.fee for row in rows)
    assert all(row.interest >= 0 and row.principal >= 0 for row in rows)
    assert all(first.balance >= second.balance for first, second in pairwise(rows))
    assert rows[-1].balance == 0
    assert all(first.date < second.date for first, second in pairwise(rows))
    assert all(number == to_fen(number) for row in rows for number in (row.payment, row.interest, row.balance))


@given(question=questions())
@settings(max_examples=60, deadline=None)
def test_early_repayment_never_costs_more_interest(question: CostQuestion) -> None:
    """Interest by actual time: repaying all sooner saves interest, but for rounding, and never adds any."""
    early = cost(question).early
    assert early is not None
    assert early.interest_saved >= -Decimal("0.01") * question.months


@given(question=questions())
@settings(max_examples=60, deadline=None)
def test_the_yearly_rate_is_never_below_the_quoted_one(question: CostQuestion) -> None:
    """The simple rate of a loan with its fees is at least its quoted rate, but for rounding to the fen."""
    costs = cost(question)
    assert costs.quoted_yearly is not None
    if question.amount >= 10_000:
        assert costs.simple_rate is not None
        assert costs.simple_rate >= costs.quoted_yearly - 2e-4
