"""Learning: reported lines reweigh the paths, segments share biases, outcomes hold ranges to their promise."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.conformal import (
    EVERYONE_LABEL,
    LEAST,
    MISSES,
    PRIOR_LABEL,
    SEGMENT_LABEL,
    Calibration,
    Record,
    calibrate,
)
from simulator.following import USUAL, forecast_with_history, learn_from
from simulator.forecasting import forecast, prepare
from simulator.learning import ENOUGH, effective, learned, weighted_quantiles
from simulator.movement import run
from simulator.observing import LONGEST, History, log_likelihood, read_history, standing_still
from simulator.policy import Pack
from simulator.results import Range
from simulator.segments import PRIOR_BIAS, Pooling, pooled, segment_of, shifted
from simulator.vocabulary import Facts, Kind, Problem
from tests.simulator.borrowers import BORROWERS, CLERK, HABIT, JIEBEI, PROOF, WANGSHANG, changed

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


@given(st.lists(st.floats(0.0, 9.0), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_weighted_quantiles_leave_their_share_below(values: list[float]) -> None:
    """At least the share of the weight lies at or below each quantile, and less than it strictly below."""
    rows = np.array(values)
    weights = np.arange(1.0, len(rows) + 1.0) / np.arange(1.0, len(rows) + 1.0).sum()
    for share, found in zip((0.1, 0.5, 0.9), weighted_quantiles(rows[None], weights, (0.1, 0.5, 0.9))[0], strict=True):
        assert weights[rows <= found].sum() >= share - 1e-6
        assert weights[rows < found].sum() < share


def test_learning_takes_milliseconds() -> None:
    """Six reports reweigh two thousand paths in under thirty milliseconds of one core."""
    tapes = prepare(CLERK, JIEBEI, months=18, seed=1, preset="honest", draws=2000)
    took = []
    for _turn in range(6):
        began = time.process_time()
        learned(tapes, history(20e3, 20e3, 20e3, 24e3, 24e3, 24e3, 24e3), 12)
        took.append(time.process_time() - began)
    assert min(took) < 0.03


def test_segments_are_products_and_sizes() -> None:
    """A segment says the product and whether the line is small, usual or large for it."""
    assert segment_of(CLERK, JIEBEI) == "jiebei.usual"
    assert segment_of(changed(CLERK, current_line=3_000.0), JIEBEI) == "jiebei.small"
    assert segment_of(changed(CLERK, current_line=90_000.0), JIEBEI) == "jiebei.large"
    assert segment_of(Facts(Kind.BUSINESS), WANGSHANG) == "wangshang.unknown"


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.floats(-3, 3), max_size=12), max_size=4))
@settings(max_examples=60, deadline=None)
def test_a_believed_bias_lies_between_everyone_and_its_own(errors: dict[str, list[float]]) -> None:
    """Partial pooling never goes beyond the segment's own mean nor beyond everyone's bias."""
    found = pooled(errors)
    for name, one in found.segments.items():
        low, high = sorted((one.own, found.everyone))
        assert low - 1e-9 <= one.shift <= high + 1e-9
        assert 0.0 <= one.trust <= 1.0
        assert one.count == len(errors[name])
    assert found.shift("nobody") == found.everyone
    assert {name for name, rows in errors.items() if rows} == set(found.segments)


def test_without_outcomes_nothing_is_biased() -> None:
    """Before any outcome every segment's bias is nothing."""
    assert pooled({}).shift("a") == pooled({"a": []}).shift("a") == Pooling().everyone == 0.0


def test_more_outcomes_are_trusted_more() -> None:
    """Of two segments with the same mean error, the one with more outcomes is believed further."""
    few, many = [0.5, 0.7], [0.5, 0.7] * 20
    found = pooled({"few": few, "many": many, "other": [-0.6, -0.4] * 20, "third": [0.1, -0.1] * 20})
    assert found.segments["many"].trust > found.segments["few"].trust
    assert found.segments["many"].shift > found.segments["few"].shift > found.everyone


def test_pooling_beats_each_segment_alone() -> None:
    """On drawn segments the pooled biases lie nearer the true ones than plain means, and than one bias for all."""
    rng = np.random.default_rng(3)
    lost = np.zeros(3)
    for _round in range(60):
        true = rng.normal(0.1, 0.2, 8)
        errors = {str(one): rng.normal(bias, 0.5, rng.integers(2, 20)).tolist() for one, bias in enumerate(true)}
        found = pooled(errors)
        for one, bias in enumerate(true):
            own = found.segments[str(one)].own
            lost += np.square([found.shift(str(one)) - bias, own - bias, found.everyone - bias])
    assert lost[0] < 0.8 * lost[1]
    assert lost[0] < 0.95 * lost[2]


def test_one_outcome_moves_everyone_a_little() -> None:
    """A single outcome far off shifts all by less than the prior doubt about the model."""
    assert 0.0 < pooled({"a": [1.0]}).everyone < PRIOR_BIAS


def test_a_shift_leaves_the_line_that_stays() -> None:
    """Ends above the present line move but do not cross it, and an end that says no change keeps saying it."""
    moved = shifted(Range(10_000.0, 20_000.0, 30_000.0), -1.0, 20_000.0)
    assert moved == Range(5_000.0, 20_000.0, 20_000.0)
    assert shifted(Range(10_000.0, 20_000.0, 30_000.0), 0.5, 20_000.0).p10 == pytest.approx(14_142.1, abs=0.1)


def test_before_outcomes_a_range_is_labelled_as_prior() -> None:
    """With fewer outcomes than a segment needs, the range is the model's and says so."""
    state = Calibration()
    for _outcome in range(LEAST - 1):
        state = state.with_outcome("a", 1, Range(90.0, 100.0, 110.0), 200.0)
    assert state.calibrated("a", 1, Range(90.0, 100.0, 110.0)) == (Range(90.0, 100.0, 110.0), PRIOR_LABEL)


def test_a_segment_speaks_for_itself_once_it_can() -> None:
    """Outcomes widen a segment's own range; one with few of its own borrows from everyone; months are kept apart."""
    state, promised = Calibration(), Range(90.0, 100.0, 110.0)
    for turn in range(LEAST):
        state = state.with_outcome("a", 1, promised, 55.0 if turn % 2 else 100.0)
    wide, label = state.calibrated("a", 1, promised)
    assert label == SEGMENT_LABEL
    assert wide.p10 == pytest.approx(55.0)
    assert wide.p50 == 100.0
    assert state.calibrated("b", 1, promised) == (wide, EVERYONE_LABEL)
    assert state.calibrated("a", 2, promised) == (promised, PRIOR_LABEL)


@pytest.mark.parametrize(("scatter", "change"), [(0.2, 0.2), (0.6, 0.6), (0.3, 0.7), (0.6, 0.15)])
def test_ranges_are_held_to_their_promise(scatter: float, change: float) -> None:
    """Too narrow or too wide a model, or one that changes halfway: calibrated ranges cover four in five."""
    rng = np.random.default_rng(5)
    state, hits = Calibration(), []
    for turn in range(1200):
        line = 100.0 * 2.0 ** rng.normal(0.0, scatter if turn < 600 else change)
        promised = Range(100.0 * 2**-0.4, 100.0, 100.0 * 2**0.4)
        told, _label = state.calibrated("a", 3, promised)
        hits.append(told.p10 <= line <= told.p90)
        state = state.with_outcome("a", 3, promised, line)
    assert np.mean(hits[100:600]) == pytest.approx(1.0 - MISSES, abs=0.05)
    assert np.mean(hits[700:]) == pytest.approx(1.0 - MISSES, abs=0.05)


def test_each_segment_is_held_to_its_own_promise() -> None:
    """One range too wide and one too narrow are both put right, not averaged."""
    rng = np.random.default_rng(6)
    state, hits = Calibration(), {"calm": [], "wild": []}
    promised = Range(100.0 * 2**-0.4, 100.0, 100.0 * 2**0.4)
    for _turn in range(600):
        for name, scatter in (("calm", 0.1), ("wild", 0.8)):
            line = 100.0 * 2.0 ** rng.normal(0.0, scatter)
            told, _label = state.calibrated(name, 1, promised)
            hits[name].append(told.p10 <= line <= told.p90)
            state = state.with_outcome(name, 1, promised, line)
    for outcomes in hits.values():
        assert np.mean(outcomes[100:]) == pytest.approx(1.0 - MISSES, abs=0.05)


def test_a_record_forgets_what_is_old() -> None:
    """Only the latest outcomes count, and the aimed miss rate stays within sense."""
    record = Record()
    for _turn in range(700):
        record = record.with_outcome(5.0)
    assert len(record.outside) == 500
    for _turn in range(700):
        record = record.with_outcome(-1.0)
    assert record.margin == -1.0
    assert 0.01 <= record.aim <= 0.5


def test_a_calibrated_forecast_says_on_what_its_weakest_month_rests() -> None:
    """Every month ahead is calibrated by its own outcomes; one month without any keeps the prior label."""
    told = forecast(CLERK, JIEBEI, months=2, draws=400)
    state = Calibration()
    for _turn in range(LEAST):
        state = state.with_outcome("a", 1, told.line[1], told.line[1].p90 * 2)
    first = calibrate(told, state, "a")
    assert first.line[1].p90 == pytest.approx(told.line[1].p90 * 2)
    assert (first.line[0], first.line[2], first.label) == (told.line[0], told.line[2], PRIOR_LABEL)
    for _turn in range(LEAST):
        state = state.with_outcome("b", 2, told.line[2], told.line[2].p50)
    assert calibrate(told, state, "a").label == EVERYONE_LABEL
    for _turn in range(LEAST):
        state = state.with_outcome("a", 2, told.line[2], told.line[2].p50)
    assert calibrate(told, state, "a").label == SEGMENT_LABEL
