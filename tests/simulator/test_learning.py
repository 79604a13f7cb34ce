"""Learning: reported lines reweigh the paths."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conformal import PRIOR_LABEL
from simulator.following import USUAL, forecast_with_history, learn_from
from simulator.forecasting import forecast, prepare
from simulator.learning import ENOUGH, effective, learned
from simulator.movement import run
from simulator.observing import LONGEST, History, log_likelihood, read_history, standing_still
from simulator.policy import Pack
from simulator.results import Range
from simulator.vocabulary import Facts, Kind, Problem
from tests.simulator.borrowers import BORROWERS, CLERK, HABIT, JIEBEI, PROOF, changed

CHANCE = replace(USUAL, draws=1000)


def history(*lines: float) -> History:
    """Lines reported month by month."""
    return History(tuple(range(len(lines))), tuple(map(float, lines)))


def belief(parameter: str, told: History, facts: Facts = CLERK, pack: Pack = JIEBEI) -> float:
    """The mean of a parameter after a history."""
    found = learn_from(facts, pack, told, replace(CHANCE, months=1))
    return float(found.weights.each @ np.broadcast_to(found.tapes.parameters[parameter], found.weights.each.shape))


@given(
    st.lists(st.tuples(st.integers(-5, 60), st.floats(1.0, 1e6)), min_size=1, max_size=8, unique_by=lambda row: row[0])
)
@settings(max_examples=60, deadline=None)
def test_reports_in_order_are_a_history(reports: list[tuple[int, float]]) -> None:
    """Sorted reports become a history that begins at nought, ends at the last line, and is not too long."""
    reports.sort()
    told = read_history(reports)
    assert isinstance(told, History)
    assert told.months[0] == 0
    assert told.window == min(reports[-1][0] - reports[0][0], LONGEST)
    assert told.lines[-1] == reports[-1][1]
    assert all(span.begin < span.end for span in told.spans)


def test_what_is_too_old_leaves_only_its_last_line() -> None:
    """Of the years before the window only the line at its beginning is kept."""
    assert read_history([(0, 500.0), (10, 800.0), (40, 900.0)]) == History((0, LONGEST), (800.0, 900.0))
    assert read_history([(16, 700.0), (40, 900.0)]) == History((0, 24), (700.0, 900.0))


@pytest.mark.parametrize(
    "reports", [[], [(1, 100.0), (1, 100.0)], [(2, 100.0), (1, 100.0)], [(0, 0.0)], [(0, math.nan)], [(0, math.inf)]]
)
def test_reports_that_make_no_history_are_told(reports: list[tuple[int, float]]) -> None:
    """No report, months out of order or a line that is no amount come back as a problem."""
    told = read_history(reports)
    assert isinstance(told, Problem)
    assert told.field == "history"


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_one_report_teaches_nothing(facts: Facts, pack: Pack) -> None:
    """With the line of the first day alone the forecast is the plain one, but for the choice of order statistics."""
    line = float(facts.values["current_line"])
    found = learn_from(facts, pack, history(line), CHANCE)
    assert np.allclose(found.weights.each, 1.0 / CHANCE.draws)
    assert not found.weights.widened
    told, plain = forecast_with_history(facts, pack, history(line), chance=CHANCE), forecast(facts, pack, draws=1000)
    assert told.no_change_probability == pytest.approx(plain.no_change_probability)
    assert told.reasons == plain.reasons
    for one, other in zip(told.line, plain.line, strict=True):
        assert (one.p10, one.p50, one.p90) == pytest.approx((other.p10, other.p50, other.p90), rel=0.02)


def test_equal_histories_give_equal_forecasts() -> None:
    """Facts, pack, history and seed decide every figure."""
    told = history(20_000, 20_000, 26_000)
    assert forecast_with_history(CLERK, JIEBEI, told, chance=CHANCE) == forecast_with_history(
        CLERK, JIEBEI, told, chance=CHANCE
    )


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_months_without_change_count(facts: Facts, pack: Pack) -> None:
    """The longer a line stands still, the rarer its reviews are believed, and the likelier it is to stay."""
    line = float(facts.values["current_line"])
    rates = [belief("review_base", history(*[line] * count), facts, pack) for count in (1, 4, 10)]
    assert rates[0] > rates[1] > rates[2]
    stays = [
        forecast_with_history(facts, pack, history(*[line] * count), chance=CHANCE).no_change_probability
        for count in (1, 4, 10)
    ]
    assert stays[0] < stays[1] < stays[2]


def test_reports_need_not_come_every_month() -> None:
    """A year between two equal lines says what twelve equal reports say."""
    every, ends = history(*[20_000] * 13), History((0, 12), (20_000.0, 20_000.0))
    assert belief("review_base", every) == pytest.approx(belief("review_base", ends), rel=1e-4)


def test_a_told_time_without_change_is_a_history() -> None:
    """Who says how long the line has stood still has told a history; who says nothing has not."""
    assert standing_still(changed(CLERK, months_since_change=9.0)) == History((0, 9), (20_000.0, 20_000.0))
    assert standing_still(changed(CLERK, months_since_change=99.0)) == History((0, LONGEST), (20_000.0, 20_000.0))
    assert standing_still(changed(CLERK, months_since_change=0.4)) == History((0,), (20_000.0,))
    assert standing_still(CLERK) is None
    assert standing_still(Facts(Kind.PERSON, {"months_since_change": 3.0})) is None


def test_a_move_between_rare_reports_is_somewhere_in_between() -> None:
    """One raise within a gap is about as likely as its months together, told apart."""
    tapes = prepare(CLERK, JIEBEI, months=6, seed=1, preset="honest", draws=1000)
    nothing = np.zeros(tapes.draws)
    gap = np.exp(log_likelihood(tapes, History((0, 3), (20_000.0, 25_000.0)), nothing))
    parts = [
        np.exp(log_likelihood(tapes, history(*lines), nothing))
        for lines in ((20e3, 25e3, 25e3, 25e3), (20e3, 20e3, 25e3, 25e3), (20e3, 20e3, 20e3, 25e3))
    ]
    likely = gap > 1e-3
    assert likely.any()
    assert np.allclose(gap[likely], np.sum(parts, axis=0)[likely], rtol=0.02)


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_moves_teach_their_direction(facts: Facts, pack: Pack) -> None:
    """After a raise more headroom is believed than after a cut, and more reviews than after neither."""
    line = float(facts.values["current_line"])
    raised, cut, still = (history(line, line, line * times) for times in (1.25, 0.6, 1.0))
    assert belief("headroom", raised, facts, pack) > belief("headroom", cut, facts, pack)
    for moved in (raised, cut):
        assert belief("review_base", moved, facts, pack) > belief("review_base", still, facts, pack)


def test_the_forecast_starts_where_the_last_report_ends() -> None:
    """Month nought is the last reported line, and the horizon is counted from there."""
    told = forecast_with_history(
        CLERK, JIEBEI, history(20_000, 23_400), chance=replace(CHANCE, months=7), actions=[(PROOF, 0), (HABIT, 1)]
    )
    assert told.line[0] == Range(23_400.0, 23_400.0, 23_400.0)
    assert told.months == tuple(range(8))
    assert told.available[0] == Range(11_400.0, 11_400.0, 11_400.0)
    assert told.reports is not None
    assert told.reports.count == 2
    assert told.label == PRIOR_LABEL
    assert sum(told.variance_shares.values()) == pytest.approx(1.0)


def test_actions_still_help_after_reports() -> None:
    """What a borrower does after the last report raises the upper end of the range."""
    told = history(*[20_000] * 4)
    plain = forecast_with_history(CLERK, JIEBEI, told, chance=CHANCE)
    acting = forecast_with_history(CLERK, JIEBEI, told, chance=CHANCE, actions=[(PROOF, 0), (HABIT, 0)])
    assert acting.line[-1].p90 > plain.line[-1].p90
    assert acting.no_change_probability < plain.no_change_probability


@given(
    st.sampled_from(BORROWERS),
    st.lists(st.sampled_from([0.3, 0.7, 0.97, 1.0, 1.0, 1.0, 1.03, 1.3, 2.0, 5.0]), min_size=1, max_size=6),
)
@settings(max_examples=25, deadline=None)
def test_no_history_is_beyond_learning(case: tuple[Facts, Pack], moves: list[float]) -> None:
    """Whatever happened, enough draws stay effective, weights add up, and ranges are ordered and finite."""
    facts, pack = case
    lines = np.round(float(facts.values["current_line"]) * np.cumprod([1.0, *moves]), -2).clip(500.0)
    told = history(*lines.tolist())
    found = learn_from(facts, pack, told, replace(CHANCE, months=3))
    assert found.weights.each.sum() == pytest.approx(1.0)
    assert found.weights.effective == pytest.approx(effective(found.weights.each))
    assert found.weights.effective >= ENOUGH - 1e-6
    ends = forecast_with_history(facts, pack, told, chance=replace(CHANCE, months=3)).line
    assert all(0.0 < one.p10 <= one.p50 <= one.p90 < math.inf for one in ends)


def test_what_hardly_any_path_explains_is_widened_and_said() -> None:
    """A history of leaps leaves few draws; the range is then wider, and the forecast says so."""
    leaps = forecast_with_history(CLERK, JIEBEI, history(20e3, 45e3, 9e3, 60e3), chance=CHANCE).reports
    calm = forecast_with_history(CLERK, JIEBEI, history(20e3, 20e3, 20e3), chance=CHANCE).reports
    assert leaps is not None
    assert calm is not None
    assert (leaps.widened, calm.widened) == (True, False)
    assert calm.effective_draws > 4 * leaps.effective_draws


def test_few_draws_ask_for_no_more_than_half_of_them() -> None:
    """Where there are few draws at all, half of them are enough."""
    tapes = prepare(CLERK, JIEBEI, months=5, seed=1, preset="honest", draws=100)
    assert learned(tapes, history(20e3, 45e3, 9e3), 2).weights.effective >= 50 - 1e-6


def test_a_preset_without_spread_of_headroom_learns_too() -> None:
    """Where headroom is one number there is nothing to aim, and the weights come from the rest."""
    found = learn_from(CLERK, JIEBEI, history(20e3, 20e3, 24e3), replace(CHANCE, preset="article", months=2))
    assert found.tapes.parameters["headroom"] == pytest.approx(JIEBEI.presets["article"]["headroom"].value)
    assert found.weights.each.sum() == pytest.approx(1.0)


def test_resampled_paths_are_as_the_weights_say() -> None:
    """Paths drawn by weight have, each counting the same, the weighted mean of parameters and of ends."""
    found = learn_from(CLERK, JIEBEI, history(20e3, 20e3, 24e3), CHANCE)
    even = found.resampled()
    for name in ("headroom", "review_base"):
        weighted = found.weights.each @ found.tapes.parameters[name]
        assert np.mean(even.parameters[name]) == pytest.approx(weighted, abs=0.02)
    ends, again = run(found.tapes)[-1], run(even)[-1]
    assert again.mean() == pytest.approx(float(found.weights.each @ ends), rel=0.005)
    assert set(again.tolist()) <= set(ends.tolist())


def test_aiming_does_not_change_what_is_learned() -> None:
    """Aimed draws, once weighed, agree with plain weighing of very many draws that were never aimed."""
    told = history(20_000, 20_000, 16_000)
    tapes = prepare(CLERK, JIEBEI, months=3, seed=5, preset="honest", draws=40_000)
    logs = log_likelihood(tapes, told, np.zeros(tapes.draws))
    plain = np.exp(logs - logs.max()) / np.exp(logs - logs.max()).sum()
    found = learned(tapes, told, 1)
    for name in ("headroom", "review_base", "tighten_loss"):
        aimed = found.weights.each @ found.tapes.parameters[name]
        assert aimed == pytest.approx(float(plain @ tapes.parameters[name]), abs=0.012)
    assert found.weights.effective > effective(plain)


def test_learning_takes_milliseconds() -> None:
    """Six reports reweigh two thousand paths in under thirty milliseconds of one core."""
    tapes = prepare(CLERK, JIEBEI, months=18, seed=1, preset="honest", draws=2000)
    took = []
    for _turn in range(6):
        began = time.process_time()
        learned(tapes, history(20e3, 20e3, 20e3, 24e3, 24e3, 24e3, 24e3), 12)
        took.append(time.process_time() - began)
    assert min(took) < 0.03
