"""Draws: common random numbers that no fact can shift, spread as the packs say."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.forecasting import prepare
from simulator.policy import Pack, Parameter, Prior, Spread
from simulator.preparing import Chance, draw_luck
from simulator.sampling import (
    believed,
    draw_parameters,
    draw_shocks,
    draw_state,
    draw_traits,
    reference_state,
    stream,
    told_values,
)
from simulator.vocabulary import FACTS, Facts, Kind
from tests.simulator.borrowers import CLERK, JIEBEI, PACKS, WORKSHOP, borrowers, changed

DRAWS = 20_000


def parameter(spread: Spread, value: float = 2.0, low: float = 0.5, high: float = 6.0) -> Parameter:
    return Parameter("one", value, low, high, "A", "test", "2026-01-01", spread)


@pytest.mark.parametrize(
    ("spread", "middle"),
    [
        (Spread("normal", 0.3), 2.0),
        (Spread("lognormal", 0.3), 2.0),
        (Spread("uniform"), 3.25),
        (Spread("loguniform"), (0.5 * 6.0) ** 0.5),
    ],
)
def test_each_spread_has_its_median_and_keeps_its_range(spread: Spread, middle: float) -> None:
    """Half of the draws lie below the stated centre, none outside the range."""
    drawn = np.asarray(draw_parameters({"one": parameter(spread)}, 7, DRAWS)["one"])
    assert np.median(drawn) == pytest.approx(middle, rel=0.03)
    assert drawn.min() >= 0.5
    assert drawn.max() <= 6.0
    assert drawn.std() > 0.1


def test_a_fixed_parameter_is_one_number() -> None:
    """Without a spread there is nothing to draw."""
    assert draw_parameters({"one": parameter(Spread())}, 7, 50)["one"] == 2.0


@pytest.mark.parametrize("how", ["lognormal", "fixed"])
def test_a_doubted_effect_is_often_nothing(how: str) -> None:
    """With a chance of nothing, that share of the draws is nothing at all."""
    drawn = np.asarray(draw_parameters({"one": parameter(Spread(how, 0.3, zero=0.4))}, 7, DRAWS)["one"])
    assert (drawn == 0.0).mean() == pytest.approx(0.4, abs=0.02)
    assert np.median(drawn[drawn > 0]) == pytest.approx(2.0, rel=0.03)


def test_every_weight_is_never_negative() -> None:
    """The sign of a factor gives its direction; its weight cannot turn it round."""
    for pack in PACKS.values():
        for preset in pack.presets.values():
            drawn = draw_parameters(preset, 3, 500)
            assert all(np.min(drawn[factor.weight]) >= 0.0 for factor in pack.factors)


@given(st.sampled_from(sorted(PACKS)).flatmap(lambda name: st.tuples(st.just(name), borrowers(PACKS[name].kind))))
@settings(max_examples=25, deadline=None)
def test_no_fact_shifts_a_random_number(case: tuple[str, Facts]) -> None:
    """Reviews, gates, offsets, bands and steps are the same for every borrower on one seed."""
    name, facts = case
    pack = PACKS[name]
    told = prepare(facts, pack, months=5, seed=9, preset="honest", draws=50)
    bare = prepare(Facts(pack.kind), pack, months=5, seed=9, preset="honest", draws=50)
    for part in ("cutting", "gate", "offsets", "up_band", "down_band", "up_step", "down_step", "noise", "drift"):
        assert np.array_equal(getattr(told, part), getattr(bare, part))


def test_a_longer_horizon_keeps_the_earlier_shocks() -> None:
    """Shocks are drawn month by month from a stream of their own."""
    short, long = draw_shocks(5, 3, 40), draw_shocks(5, 9, 40)
    for name in ("review", "rated", "gate", "regime", "freeze", "release", "fault", "noise", "drift"):
        assert np.array_equal(getattr(short, name), getattr(long, name)[:3])


def test_streams_have_names() -> None:
    """Two names under one seed, or two seeds under one name, give different numbers; the same gives the same."""
    numbers = [stream(seed, name).random() for seed in (1, 2) for name in (3, 4)]
    assert len(set(numbers)) == 4
    assert stream(1, 3).random() == numbers[0]


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.product)
def test_unknown_facts_are_drawn_around_the_reference_within_their_bounds(pack: Pack) -> None:
    """Half of the draws lie on either side of the reference, and none is out of bounds."""
    state = draw_state({"current_line": pack.usual_line}, pack, draw_traits(pack, 4, DRAWS))
    usual = reference_state(pack, pack.usual_line)
    for name, prior in pack.priors.items():
        drawn = np.broadcast_to(np.asarray(state[name], dtype=float), DRAWS)
        spec = FACTS[name]
        low, high = (0.0, 1.0) if spec.choices else (spec.low, spec.high)
        assert low <= drawn.min() <= drawn.max() <= high
        if prior.family in {"lognormal", "logit", "normal"} and not prior.of and name != "current_line":
            assert (drawn < usual[name]).mean() == pytest.approx(0.5, abs=0.05)
        if prior.family == "chance":
            assert drawn.mean() == pytest.approx(prior.median, abs=0.02)


def test_told_facts_are_kept_and_pull_their_multiples_along() -> None:
    """A told income is not drawn, and unknown debts are drawn as a multiple of it."""
    traits = draw_traits(JIEBEI, 4, 2000)
    poor, rich = (
        draw_state(told_values(changed(CLERK, monthly_income=income), JIEBEI), JIEBEI, traits) for income in (4e3, 4e4)
    )
    assert poor["monthly_income"] == 4_000.0
    assert np.allclose(np.asarray(rich["payment_flow"]), 10.0 * np.asarray(poor["payment_flow"]))


def test_the_reference_grows_with_the_line() -> None:
    """An ordinary client with a larger line earns more, though less than in proportion."""
    small, large = reference_state(JIEBEI, 10_000.0), reference_state(JIEBEI, 80_000.0)
    assert 1.5 < large["monthly_income"] / small["monthly_income"] < 8.0
    assert small["overdue_now"] == 0.0
    assert small["identity_valid"] == 1.0


def test_choices_become_their_levels() -> None:
    """A purpose is told to the model as the level the pack gives it."""
    told = told_values(changed(WORKSHOP, purpose="business"), PACKS["wangshang"])
    assert told["purpose"] == PACKS["wangshang"].levels["purpose"]["business"]
    assert told_values(changed(CLERK, overdue_now=True), JIEBEI)["overdue_now"] == 1.0


def test_common_traits_tie_facts_together() -> None:
    """Care loads on lapses and streaks with opposite signs, so they move apart."""
    state = draw_state({}, JIEBEI, draw_traits(JIEBEI, 4, DRAWS))
    lapses, streak = np.asarray(state["overdue_events_24m"]), np.asarray(state["on_time_months"])
    assert np.corrcoef(lapses, streak)[0, 1] < -0.05
    assert np.corrcoef(np.asarray(state["monthly_income"]), np.log(np.asarray(state["current_line"])))[0, 1] > 0.4


def test_each_family_at_its_median() -> None:
    """At a normal number of nothing, each family gives its median; a chance below a half gives no."""
    base = Prior("services_used", "lognormal", 3.7, 0.5, 0.0, 9.0)
    told = {
        family: float(believed(replace(base, family=family), 0.0, {}, JIEBEI))
        for family in ("lognormal", "normal", "levels", "count")
    }
    assert told == {"lognormal": 3.7, "normal": 3.7, "levels": 3.7, "count": 3.0}
    share = replace(base, median=0.3)
    assert float(believed(replace(share, family="logit"), 0.0, {}, JIEBEI)) == pytest.approx(0.3)
    chance = replace(share, family="chance")
    edge = NormalDist().inv_cdf(0.7)
    assert float(believed(chance, edge + 1e-6, {}, JIEBEI)) == 1.0
    assert float(believed(chance, edge - 1e-6, {}, JIEBEI)) == 0.0


def test_luck_is_its_chance() -> None:
    """Equal chances draw equal luck, down to the dispute over the ceiling."""
    chance = Chance(4, 6, "honest", 30)
    one, other = draw_luck(JIEBEI, chance), draw_luck(JIEBEI, chance)
    assert np.array_equal(one.dispute, other.dispute)
    assert np.array_equal(one.traits, other.traits)
    assert Kind.PERSON is JIEBEI.kind


def test_little_luck_is_kept_for_its_pack_alone() -> None:
    """The same small luck is handed out again, to the very pack that it was drawn for; a large one is drawn anew."""
    small, large = Chance(12, 77, "honest", 50), Chance(12, 77, "honest", 5000)
    kept = draw_luck(JIEBEI, small)
    assert draw_luck(JIEBEI, small) is kept
    twin, other = replace(JIEBEI), replace(JIEBEI, presets={"honest": JIEBEI.presets["article"]})
    assert draw_luck(twin, small) is not kept
    assert np.array_equal(draw_luck(twin, small).parameters["headroom"], kept.parameters["headroom"])
    assert not np.array_equal(draw_luck(other, small).parameters["headroom"], kept.parameters["headroom"])
    assert draw_luck(JIEBEI, large) is not draw_luck(JIEBEI, large)
