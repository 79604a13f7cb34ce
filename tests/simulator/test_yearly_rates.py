"""Yearly rates against published worked examples and against an independent solver."""

import datetime as dt
from decimal import Decimal

import pytest
import pyxirr
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cost import cost
from simulator.offers import CostQuestion, Fee, Payment, Rate
from simulator.unit_periods import MONTH, UnitPeriod, add_months, common_unit, count_units
from simulator.yearly_rates import Flow, effective_rate, nominal_rate, simple_rate

Stream = list[tuple[dt.date, str]]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def monthly(first: str, amounts: list[str], step: int = 1) -> Stream:
    return [(add_months(day(first), step * n), amount) for n, amount in enumerate(amounts)]


def semimonthly(first: str, amounts: list[str]) -> Stream:
    return [(add_months(day(first), n // 2).replace(day=1 + 15 * (n % 2)), amount) for n, amount in enumerate(amounts)]


def weekly(first: str, amounts: list[str]) -> Stream:
    return [(day(first) + dt.timedelta(weeks=n), amount) for n, amount in enumerate(amounts)]


# United States, Regulation Z (12 CFR 1026), Appendix J, paragraph (c): advance, its date, payments, APR in per cent.
REG_Z = {
    "regular monthly": (5000, "1978-01-10", monthly("1978-02-10", ["230"] * 24), 9.69),
    "long first month": (6000, "1978-02-10", monthly("1978-04-01", ["200"] * 36), 11.82),
    "semimonthly, short first": (5000, "1978-02-23", semimonthly("1978-03-01", ["219.17"] * 24), 10.34),
    "quarterly, long first": (10000, "1978-05-23", monthly("1978-10-01", ["385"] * 40, 3), 8.97),
    "weekly, long first": (500, "1978-03-20", weekly("1978-04-21", ["17.60"] * 30), 14.96),
    "larger first payment": (5000, "1978-01-10", monthly("1978-02-10", ["250"] + ["230"] * 23), 10.08),
    "larger last payment": (5000, "1978-01-10", monthly("1978-02-10", ["230"] * 23 + ["280"]), 10.50),
    "single payment": (1000, "1978-01-03", [(day("1978-09-15"), "1080")], 11.45),
}


def custom(amount: int, start: str, stream: Stream) -> CostQuestion:
    payments = tuple(Payment(date, Decimal(paid)) for date, paid in stream)
    return CostQuestion(Decimal(amount), day(start), "custom", payments=payments)


@pytest.mark.parametrize("name", REG_Z)
def test_the_nominal_rate_is_that_of_regulation_z(name: str) -> None:
    """The annual percentage rate of each published example comes out to its two printed decimals."""
    amount, start, stream, percent = REG_Z[name]
    rate = cost(custom(amount, start, stream)).irr_nominal
    assert rate is not None
    assert round(rate * 100, 2) == percent


def test_the_effective_rate_is_that_of_the_european_directive() -> None:
    """1,000 repaid by 1,200 after a year and a half: 12.96 by days, 12.92 by standard months (Directive 98/7/EC)."""
    by_days = cost(custom(1000, "1994-01-01", [(day("1995-07-01"), "1200")]))
    assert by_days.irr_effective == pytest.approx(0.1296, abs=5e-5)
    rate = Rate(Decimal(1) / 90, "month")
    by_months = cost(CostQuestion(Decimal(1000), day("1994-01-01"), "bullet", months=18, rate=rate))
    assert by_months.total_interest == Decimal("200.00")
    assert by_months.irr_nominal is not None
    assert (1 + by_months.irr_nominal / 12) ** 12 - 1 == pytest.approx(0.1292, abs=5e-5)


@pytest.mark.parametrize(
    ("fee", "nominal", "effective"), [("0.005", 10.896, 11.457), ("0.006", 13.034, 13.842), ("0.0075", 16.217, 17.478)]
)
def test_a_fee_on_the_first_principal_costs_nearly_twice_its_face(fee: str, nominal: float, effective: float) -> None:
    """A monthly fee on the original amount over twelve instalments, as arithmetic gives its two yearly rates."""
    fees = (Fee("each", share=Decimal(fee)),)
    question = CostQuestion(
        Decimal(1_200_000), day("2026-01-01"), "equal_instalment", months=12, rate=Rate(Decimal(0), "month"), fees=fees
    )
    rate = cost(question).irr_nominal
    assert rate is not None
    assert rate * 100 == pytest.approx(nominal, abs=1e-3)
    assert ((1 + rate / 12) ** 12 - 1) * 100 == pytest.approx(effective, abs=1e-3)
    assert (cost(question).irr_effective or 0.0) * 100 == pytest.approx(effective, abs=0.1)


@pytest.mark.parametrize(("per_ten_thousand", "simple", "compounded"), [(2, 7.30, 7.572), (5, 18.25, 20.016)])
def test_a_daily_rate_is_carried_to_a_year_both_ways(per_ten_thousand: int, simple: float, compounded: float) -> None:
    """Parts per ten thousand a day, times 365 and compounded over 365 days."""
    rate = Rate(Decimal(per_ten_thousand) / 10_000, "day")
    assert float(rate.yearly()) * 100 == pytest.approx(simple)
    assert rate.compounded() * 100 == pytest.approx(compounded, abs=5e-4)


@given(
    payments=st.lists(st.floats(0, 1e5), min_size=1, max_size=40).filter(lambda paid: sum(paid) > 1.0),
    received=st.floats(1, 1e5),
)
@settings(max_examples=80, deadline=None)
def test_the_nominal_rate_agrees_with_an_independent_solver(payments: list[float], received: float) -> None:
    """For even months the rate found solves the present-value equation and is twelve times the library's IRR."""
    flows = [Flow(add_months(day("2026-01-15"), n), paid, n, 0.0) for n, paid in enumerate(payments, start=1)]
    rate = nominal_rate(received, MONTH, flows)
    if rate is None:
        assert sum(paid * 100.0**n for n, paid in enumerate(payments, start=1)) < received
        return
    worth = sum(paid / (1 + rate / 12) ** n for n, paid in enumerate(payments, start=1))
    assert worth == pytest.approx(received, rel=1e-6)
    found = pyxirr.irr([received, *(-paid for paid in payments)])
    if found is not None and sum(payments) > received:
        assert rate == pytest.approx(12 * found, rel=1e-6, abs=1e-9)


@given(
    payments=st.lists(st.tuples(st.integers(30, 3000), st.floats(1, 1e5)), min_size=1, max_size=30),
    share=st.floats(0.01, 1.0),
)
@settings(max_examples=80, deadline=None)
def test_the_effective_rate_solves_its_equation(payments: list[tuple[int, float]], share: float) -> None:
    """Payments discounted by actual days over 365 at the rate found are worth what was received."""
    start = day("2026-01-01")
    received = share * sum(paid for _, paid in payments)
    flows = [Flow(start + dt.timedelta(days=days), paid, 0, 0.0) for days, paid in sorted(payments)]
    rate = effective_rate(received, start, flows)
    assert rate is not None
    worth = sum(flow.amount * (1 + rate) ** (-(flow.date - start).days / 365) for flow in flows)
    assert worth == pytest.approx(received, rel=1e-5)


def test_where_numbers_run_out_the_rate_of_the_library_stands() -> None:
    """A payment discounted to nothing by a rate beyond all measure raises no warning and no failure."""
    flows = [Flow(day("2080-01-01"), 1e-9, 0, 0.0), Flow(day("2020-01-03"), 900.0, 0, 0.0)]
    rate = effective_rate(1.0, day("2020-01-01"), flows)
    assert rate is None or rate > 1e6
    assert effective_rate(100.0, day("2020-01-01"), [Flow(day("2020-01-02"), 0.0, 0, 0.0)]) is None


def test_where_no_rate_exists_none_is_given() -> None:
    """Nothing received, nothing paid, all on one day, or nothing owed: no rate."""
    start = day("2026-01-01")
    paid = [Flow(day("2026-02-01"), 100.0, 1, 0.0)]
    assert effective_rate(0.0, start, paid) is None
    assert effective_rate(100.0, start, [Flow(start, 110.0, 0, 0.0)]) is None
    assert effective_rate(100.0, start, []) is None
    assert nominal_rate(0.0, MONTH, paid) is None
    assert nominal_rate(100.0, MONTH, []) is None
    assert nominal_rate(1e-9, MONTH, [Flow(day("2026-02-01"), 1e9, 1, 0.0)]) is None
    assert simple_rate(1.0, 0.0) is None


@pytest.mark.parametrize(
    ("start", "days", "unit"),
    [
        ("2026-01-31", ["2026-02-28", "2026-03-31", "2026-04-30"], ("month", 1)),
        ("2026-01-10", ["2026-02-10", "2027-02-10", "2028-02-10"], ("month", 12)),
        ("2026-01-01", ["2026-01-15", "2026-01-29", "2026-02-12"], ("day", 14)),
        ("2026-01-01", ["2027-03-01"], ("month", 12)),
        ("2026-01-01", ["2026-07-01"], ("term", 1)),
        ("2026-01-01", ["2026-01-05", "2026-01-13"], ("day", 7)),
        ("2026-01-01", ["2026-03-12", "2026-04-29"], ("month", 2)),
        ("2026-01-01", ["2028-03-12", "2031-04-29"], ("month", 12)),
        ("2026-02-10", ["2026-02-25", "2026-03-10", "2026-03-25"], ("semimonth", 1)),
    ],
)
def test_the_unit_period_is_the_interval_met_most(start: str, days: list[str], unit: tuple[str, int]) -> None:
    """Months, half-months, weeks, whole years, a single term, or the mean where nothing repeats."""
    found = common_unit(day(start), [day(text) for text in days])
    assert (found.of, found.size) == unit


def test_a_half_year_term_is_two_units_a_year() -> None:
    """A single payment after whole months divides the year by months, after odd days by days."""
    start = day("2026-01-01")
    assert common_unit(start, [day("2026-07-01")]).per_year == 2.0
    assert common_unit(start, [day("2026-01-11")]).per_year == 36.5


def test_years_are_counted_back_from_the_later_day() -> None:
    """Two years and 59 days: whole years back from the payment, the rest in days over 365."""
    year = UnitPeriod("month", 12, 1.0)
    assert count_units(year, day("2026-01-01"), day("2028-03-01")) == (2, 59 / 365)
