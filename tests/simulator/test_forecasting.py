"""Forecasts: whole, repeatable, honest about no change, and exact in their reasons."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.burden import gate
from simulator.forecasting import available, forecast, lines_in_yuan, prepare, ranges
from simulator.movement import run
from simulator.policy import Pack
from simulator.reporting import forecast_document
from simulator.vocabulary import Facts, Kind
from tests.simulator.borrowers import (
    ACTIONS,
    BORROWERS,
    CLERK,
    HABIT,
    JIEBEI,
    PACKS,
    PROOF,
    WANGSHANG,
    WORKSHOP,
    borrowers,
    changed,
)


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_equal_seeds_give_equal_forecasts(facts: Facts, pack: Pack) -> None:
    """Facts, pack and seed decide every figure."""
    assert forecast(facts, pack, draws=300, seed=5) == forecast(facts, pack, draws=300, seed=5)
    assert forecast(facts, pack, draws=300, seed=5) != forecast(facts, pack, draws=300, seed=6)


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_month_nought_is_the_line_as_told(facts: Facts, pack: Pack) -> None:
    """No action and no review can move the line in the month it is told (claim A27)."""
    found = forecast(facts, pack, actions=[(one, 0) for one in ACTIONS], draws=300)
    now = found.line[0]
    assert (now.p10, now.p50, now.p90) == (facts.number("current_line"),) * 3
    assert found.months == tuple(range(13))
    assert len(found.line) == len(found.available) == 13


@given(st.sampled_from(sorted(PACKS)).flatmap(lambda name: st.tuples(st.just(name), borrowers(PACKS[name].kind))))
@settings(max_examples=40, deadline=None)
def test_any_borrower_gets_a_whole_forecast(case: tuple[str, Facts]) -> None:
    """Whatever is told within bounds, ranges are ordered and finite, shares are shares, and reasons add up."""
    name, facts = case
    found = forecast(facts, PACKS[name], months=4, draws=120, actions=[(one, 1) for one in ACTIONS])
    for one in (*found.line, *found.available):
        assert 0.0 <= one.p10 <= one.p50 <= one.p90 < math.inf
    assert 0.0 <= found.no_change_probability <= 1.0
    assert 0.0 <= found.share_grade_a <= 1.0
    total = sum(found.variance_shares.values())
    assert all(share >= 0.0 for share in found.variance_shares.values())
    assert total == pytest.approx(1.0) or total == 0.0
    assert found.gate == gate(facts)
    json.dumps(forecast_document(found), allow_nan=False)


def test_an_unknown_line_is_drawn_wide() -> None:
    """Where not even the line is known, month nought is a range already."""
    found = forecast(Facts(Kind.PERSON), JIEBEI, draws=500)
    assert found.line[0].p90 > 4 * found.line[0].p10


def test_more_told_means_narrower_or_equal_start() -> None:
    """Telling the line takes all width from month nought."""
    assert forecast(CLERK, JIEBEI, draws=200).line[0].p10 == forecast(CLERK, JIEBEI, draws=200).line[0].p90


def test_a_longer_horizon_keeps_the_earlier_months() -> None:
    """The first months of a longer forecast are those of a shorter one."""
    short = forecast(CLERK, JIEBEI, months=6, draws=400)
    long = forecast(CLERK, JIEBEI, months=18, draws=400)
    assert long.line[:7] == short.line
    assert long.available[:7] == short.available


def test_the_gate_is_told_with_the_forecast() -> None:
    """A borrower in arrears gets a forecast and the reason why no raise is planned."""
    late = changed(CLERK, overdue_now=True)
    assert forecast(late, JIEBEI, draws=100).gate == ("arrears",)
    assert forecast_document(forecast(late, JIEBEI, draws=100))["gate"] == {"codes": ["arrears"]}
    assert forecast_document(forecast(CLERK, JIEBEI, draws=100))["gate"] is None


def test_what_is_free_is_the_line_less_the_balance() -> None:
    """In open months the free amount is line less balance, in frozen ones nothing; it is never negative."""
    tapes = prepare(CLERK, JIEBEI, months=12, seed=2, preset="honest", draws=2000)
    yuan = lines_in_yuan(tapes, run(tapes))
    left = available(tapes, yuan)
    assert np.array_equal(left[0], yuan[0] - 12_000.0)
    assert tapes.frozen.any()
    assert np.all(left[1:][tapes.frozen] == 0.0)
    assert np.array_equal(left[1:][~tapes.frozen], np.maximum(yuan[1:] - 12_000.0, 0.0)[~tapes.frozen])


def test_moved_lines_lie_on_the_grid() -> None:
    """Once a line has moved it is a whole multiple of the product's grid."""
    tapes = prepare(CLERK, JIEBEI, months=12, seed=2, preset="honest", draws=2000)
    lines = run(tapes, [(PROOF, 0)])
    yuan = lines_in_yuan(tapes, lines)
    assert np.all(yuan[lines != tapes.start] % JIEBEI.grid == 0)
    assert np.all(yuan[lines == tapes.start] == 20_000.0)


def test_no_change_is_the_share_of_paths_that_never_move() -> None:
    """The probability of no change counts whole paths, not ends."""
    tapes = prepare(CLERK, JIEBEI, months=12, seed=1, preset="honest", draws=2000)
    still = np.all(run(tapes) == tapes.start, axis=0).mean()
    assert forecast(CLERK, JIEBEI).no_change_probability == pytest.approx(float(still))
    assert 0.0 < still < 1.0


def test_ranges_are_order_statistics() -> None:
    """The tenth, half and nine tenths of eleven ordered numbers are the second, sixth and tenth."""
    (one,) = ranges(np.arange(11.0)[None, ::-1])
    assert (one.p10, one.p50, one.p90) == (1.0, 5.0, 9.0)


@pytest.mark.parametrize("name", ["jiebei", "wangshang"])
def test_presets_keep_their_order(name: str) -> None:
    """What each preset makes of the same case: rare and small steps, honest width, and room above."""
    facts, pack = next(one for one in BORROWERS if one[1].product == name)
    plan = [(PROOF if name == "jiebei" else ACTIONS[1], 0), (HABIT, 0)]
    tops = {
        one: forecast(facts, pack, actions=plan, preset=one).line[-1].p90
        for one in ("base_rate", "honest", "optimistic")
    }
    assert tops["base_rate"] < tops["honest"] < tops["optimistic"]


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_disclosure_narrows_the_range(facts: Facts, pack: Pack) -> None:
    """Were all rules known (the certain preset), the range would be narrower than the honest one (claim B33)."""

    def width(preset: str) -> float:
        last = forecast(facts, pack, preset=preset).line[-1]
        return math.log2(last.p90 / last.p10)

    assert width("article") < width("honest")


def test_width_grows_with_the_horizon() -> None:
    """The platform keeps changing its rules: the range widens month by month (claims A1, A28, B4, B31)."""
    found = forecast(CLERK, JIEBEI, months=24)
    widths = [math.log2(one.p90 / one.p10) for one in found.line]
    assert widths[0] == 0.0
    assert widths[3] < widths[12] < widths[24]


def test_lines_rise_and_fall() -> None:
    """With reviews the line may go either way; repaying on time does not decide it alone (claims A1, B4, B5)."""
    tapes = prepare(WORKSHOP, WANGSHANG, months=12, seed=3, preset="honest", draws=2000)
    last = run(tapes)[-1]
    assert (last > tapes.start).mean() > 0.02
    assert (last < tapes.start).mean() > 0.02
