"""The small parts of a forecast: money, shapes, effects, ceilings, the market, and where width comes from."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.actions import Effect
from simulator.ceilings import LAYERS, annuity, ceilings, policy_ceiling
from simulator.effects import central_amounts, drawn_amounts, kernel, moved_facts
from simulator.forecasting import forecast, prepare
from simulator.limit import central_parameters
from simulator.money import PARTS, line_parts, line_yuan, to_fen
from simulator.movement import run
from simulator.policy import SHAPES, Pack, Shape
from simulator.regimes import EASE, NEUTRAL, TIGHTEN, appetite, offsets, open_gates
from simulator.sampling import expected_state, stream
from simulator.shapes import shaped
from simulator.vocabulary import Facts, Kind
from simulator.widths import GROUPS, explained, variance_shares
from tests.simulator.borrowers import BORROWERS, CLERK, JIEBEI, PACKS, PROOF, WANGSHANG, action, changed

PARAMETERS = central_parameters(JIEBEI, "honest")
USUAL = expected_state({}, JIEBEI)


def test_fen_are_rounded_half_up() -> None:
    """Half a fen goes up."""
    assert to_fen(Decimal("0.125")) == Decimal("0.13")
    assert to_fen(Decimal("2.004")) == Decimal("2.00")


@given(st.integers(1, 500_000), st.sampled_from([100, 1000]))
@settings(max_examples=200, deadline=None)
def test_a_line_on_the_grid_survives_its_parts(steps: int, grid: int) -> None:
    """Any line on the grid up to 5,000 steps comes back from whole parts unchanged, others within a part."""
    yuan = float(steps * grid)
    back = float(line_yuan(line_parts(yuan), grid))
    assert abs(back - yuan) <= max(grid, yuan / PARTS)
    if steps <= 5_000:
        assert back == yuan


@pytest.mark.parametrize("kind", SHAPES)
@given(low=st.floats(0, 5), width=st.floats(0.1, 50), scale=st.floats(0.1, 100), knee=st.floats(0.2, 0.6))
@settings(max_examples=25, deadline=None)
def test_no_shape_ever_falls(kind: str, low: float, width: float, scale: float, knee: float) -> None:
    """Along rising measures every shape rises or stays."""
    shape = Shape(kind, low, low + width, scale, "knee")
    measure = np.linspace(0.0, 1.0 if "knee" in kind else 100.0, 301)
    assert np.all(np.diff(np.asarray(shaped(shape, measure, {"knee": knee}))) >= -1e-12)


@pytest.mark.parametrize("how", ["at_once", "ramp", "saturating"])
@given(delay=st.integers(0, 6), over=st.integers(0, 12))
@settings(max_examples=30, deadline=None)
def test_no_kernel_ever_falls(how: str, delay: int, over: int) -> None:
    """The share of an effect starts at nothing, never falls, and never exceeds the whole."""
    effect = Effect("on_time_months", "by", 6.0, 6.0, 6.0, how, delay, over)  # type: ignore[arg-type]  # one of three texts
    share = kernel(effect, np.arange(-3.0, 30.0))
    assert np.all(np.diff(share) >= 0.0)
    assert np.all(share[: 4 + delay] == 0.0)
    assert share.max() <= 1.0
    assert share[4 + delay] > 0.0


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (Effect("verified_income_share", "to", 0.8, 0.8, 0.8), 0.8),
        (Effect("verified_income_share", "to", 0.1, 0.1, 0.1), 0.45),
        (Effect("draws_per_month", "to", 0.2, 0.2, 0.2), 0.2),
        (Effect("draws_per_month", "to", 9.0, 9.0, 9.0), 0.7),
        (Effect("services_used", "by", 2.0, 2.0, 2.0), 5.0),
        (Effect("services_used", "by", 90.0, 90.0, 90.0), 30.0),
        (Effect("monthly_debt_service", "times", 0.5, 0.5, 0.5), 510.0),
    ],
)
def test_each_way_an_effect_moves_its_fact(effect: Effect, expected: float) -> None:
    """To an amount unless already better, by an amount, or times it; always within the fact's bounds."""
    one = action("one", effect)
    moved = moved_facts(one, 0, USUAL, 2, central_amounts(one))
    assert np.ravel(moved[effect.fact])[-1] == pytest.approx(expected)


def test_amounts_lie_in_their_range_around_the_stated_one() -> None:
    """Half of the drawn amounts lie below the stated amount, none outside the range."""
    one = action("one", Effect("payment_flow", "times", 1.2, 1.0, 2.0), Effect("services_used", "by", 1.0, 1.0, 1.0))
    drawn, fixed = drawn_amounts(one, 8000, 3)
    assert fixed == 1.0
    assert np.median(np.asarray(drawn)) == pytest.approx(1.2, rel=0.02)
    assert np.asarray(drawn).min() >= 1.0
    assert np.asarray(drawn).max() <= 2.0


def test_two_effects_of_one_action_on_one_fact_follow_each_other() -> None:
    """Twice by two is by four."""
    twice = Effect("services_used", "by", 2.0, 2.0, 2.0)
    one = action("one", twice, twice)
    assert np.ravel(moved_facts(one, 0, USUAL, 1, central_amounts(one))["services_used"])[-1] == 7.0


def test_an_annuity_is_the_sum_of_its_payments() -> None:
    """One yuan a month for a year at a nominal 12 per cent is worth the sum of twelve discounted yuan."""
    assert annuity(0.12, 12.0) == pytest.approx(sum(1.01**-month for month in range(1, 13)))


def test_affordability_by_hand() -> None:
    """Half the income counted at the debt-to-income ceiling, less debts, times the annuity."""
    state = {
        **USUAL,
        "monthly_income": 10_000.0,
        "verified_income_share": 1.0,
        "monthly_debt_service": 1_500.0,
        "current_line": 500.0,
    }
    (found,) = ceilings(Kind.PERSON, PARAMETERS, state)
    by_hand = (0.55 * 10_000.0 - 1_500.0) * annuity(PARAMETERS["capacity_rate"], PARAMETERS["capacity_months"])
    assert 2.0**found == pytest.approx(by_hand)


def test_business_ceilings_by_hand() -> None:
    """Turnover multiple, working capital need less own funds and other debt, and debt service coverage."""
    parameters = central_parameters(WANGSHANG, "honest")
    state = {
        **expected_state({}, WANGSHANG),
        "current_line": 1_000.0,
        "monthly_turnover": 100_000.0,
        "verified_turnover_share": 1.0,
        "gross_margin": 0.25,
        "turnover_growth": 0.1,
        "inventory_days": 50.0,
        "receivable_days": 60.0,
        "payable_days": 20.0,
        "other_debt_balance": 30_000.0,
        "monthly_debt_service": 5_000.0,
    }
    turnover, capital, coverage = (2.0**one for one in ceilings(Kind.BUSINESS, parameters, state))
    assert turnover == pytest.approx(150_000.0)
    assert capital == pytest.approx(1_200_000.0 * 1.1 * 0.75 / 4.0 * 0.8 - 30_000.0)
    spare = 25_000.0 / 1.25 - 5_000.0
    assert coverage == pytest.approx(spare * annuity(parameters["capacity_rate"], parameters["capacity_months"]))
    assert len(LAYERS[Kind.BUSINESS]) == 3


def test_a_ceiling_blocks_raises_but_hardly_pulls_a_line_that_stands_above_it() -> None:
    """Unproved income stops raises at the line; debts beyond even proved income pull it down a little."""
    state = {**USUAL, "current_line": 30_000.0, "monthly_income": 9_000.0, "verified_income_share": 0.0}
    (unproved,) = ceilings(Kind.PERSON, PARAMETERS, {**state, "monthly_debt_service": 1_000.0})
    (crushed,) = ceilings(Kind.PERSON, PARAMETERS, {**state, "monthly_debt_service": 9_000.0})
    assert 2.0**unproved == pytest.approx(30_000.0)
    assert 20_000.0 < 2.0**crushed < 30_000.0


def test_the_policy_ceiling_is_law_income_and_what_already_stands() -> None:
    """The lower of the rule and a multiple of income; a disputed rule by chance; an old line is left where it is."""
    rich = {**USUAL, "monthly_income": 1_000_000.0, "current_line": 1_000.0}
    assert policy_ceiling(Kind.PERSON, PARAMETERS, rich, 1.0) == 200_000.0
    assert policy_ceiling(Kind.PERSON, PARAMETERS, rich, 0.0) == 300_000.0
    assert policy_ceiling(Kind.PERSON, PARAMETERS, {**rich, "monthly_income": 5_000.0}, 1.0) == 60_000.0
    assert policy_ceiling(Kind.PERSON, PARAMETERS, {**rich, "current_line": 280_000.0}, 1.0) == 280_000.0


def test_the_market_keeps_its_long_run_shares_and_its_habits() -> None:
    """The chain starts from its long-run shares and stays there; neighbours only."""
    regimes = appetite(PARAMETERS, stream(1, 99).random((60, 20_000)))
    shares = [(regimes == state).mean(axis=1) for state in (EASE, NEUTRAL, TIGHTEN)]
    assert shares[0][0] == pytest.approx(shares[0][-1], abs=0.02)
    assert shares[2][0] == pytest.approx(shares[2][-1], abs=0.02)
    assert np.abs(np.diff(regimes.astype(int), axis=0)).max() == 1
    stayed = regimes[1:][regimes[:-1] == TIGHTEN] == TIGHTEN
    assert stayed.mean() == pytest.approx(0.88, abs=0.01)
    rates = offsets(PARAMETERS, np.array([[EASE, NEUTRAL, TIGHTEN]], np.int8))
    assert rates.tolist() == [[0.1, 0.0, -0.4]]
    gates = open_gates(PARAMETERS, regimes, stream(1, 98).random(regimes.shape))
    assert gates[regimes != TIGHTEN].all()
    assert gates[regimes == TIGHTEN].mean() == pytest.approx(0.2, abs=0.01)


def test_the_higher_the_number_the_tighter_the_market() -> None:
    """On one path, higher random numbers never give an easier market (claim B13)."""
    low = stream(1, 97).random((24, 2000))
    calm, rough = appetite(PARAMETERS, low), appetite(PARAMETERS, np.minimum(low + 0.05, 0.999999))
    assert np.all(rough >= calm)
    assert (rough > calm).any()


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_width_shares_name_what_matters(facts: Facts, pack: Pack) -> None:
    """Every group has its share, and with the interaction they make up the whole."""
    tapes = prepare(facts, pack, months=12, seed=2, preset="honest", draws=4000)
    shares = variance_shares(tapes, run(tapes, [(PROOF, 0)]), [(PROOF, 0)])
    assert set(shares) == {*GROUPS, "interaction"}
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["timing"] > shares["noise"]


def test_a_line_that_cannot_move_has_no_width_to_share() -> None:
    """Where every path ends where it began, no group explains anything."""
    tapes = prepare(CLERK, JIEBEI, months=2, seed=2, preset="honest", draws=200)
    still = np.repeat(tapes.start[None], 3, axis=0)
    assert set(variance_shares(tapes, still).values()) == {0.0}


def test_what_is_explained_is_what_was_put_in() -> None:
    """A planted share is found, noise explains nothing, and a constant says nothing."""
    chance = np.random.default_rng(1)
    cause, other = chance.standard_normal((2, 6000))
    outcome = 3.0 * cause + other**2
    planted = 9.0 / (9.0 + 2.0)
    assert explained(outcome, [cause]) == pytest.approx(planted, abs=0.03)
    assert explained(outcome, [other]) == pytest.approx(1.0 - planted, abs=0.03)
    assert explained(outcome, [chance.standard_normal(6000)]) < 0.01
    assert explained(outcome, [np.ones(6000), 5.0]) == 0.0


def test_knowing_more_leaves_less_to_unknown_facts() -> None:
    """Telling every fact takes the share of unknown facts away (claim B32: an answer never widens what is unknown)."""
    told = forecast(CLERK, JIEBEI).variance_shares["unknown_facts"]
    everything = {name: value for name, value in expected_state({}, JIEBEI).items() if name != "purpose"}
    flags = {"overdue_now": False, "identity_valid": True, "anomaly_flag": False, "sister_credit_clean": True}
    full = Facts(Kind.PERSON, {**everything, **flags, "purpose": "consumption"})
    assert forecast(full, JIEBEI).variance_shares["unknown_facts"] == 0.0
    assert told > 0.0


def test_an_open_dispute_leaves_some_lines_room_above_the_old_ceiling() -> None:
    """At the old ceiling some paths may still rise, up to the disputed one and no further (claim B14)."""
    rich = changed(CLERK, current_line=200_000.0, used_balance=0.0, monthly_income=60_000.0, verified_income_share=1.0)
    tapes = prepare(rich, JIEBEI, months=12, seed=1, preset="optimistic", draws=1000)
    last = line_yuan(run(tapes)[-1], 100)
    assert 200_000.0 < last.max() <= 300_000.0
    assert np.median(last) <= 200_000.0
    assert set(PACKS) >= {"jiebei"}
