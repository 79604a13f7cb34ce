"""Shares lie where quantiles say, segments share biases, and outcomes hold ranges to their promise."""

from __future__ import annotations

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
from simulator.forecasting import forecast
from simulator.learning import weighted_quantiles
from simulator.results import Range
from simulator.segments import PRIOR_BIAS, Pooling, pooled, segment_of, shifted
from simulator.vocabulary import Facts, Kind
from tests.simulator.borrowers import CLERK, JIEBEI, WANGSHANG, changed


@given(st.lists(st.floats(0.0, 9.0), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_weighted_quantiles_leave_their_share_below(values: list[float]) -> None:
    """At least the share of the weight lies at or below each quantile, and less than it strictly below."""
    rows = np.array(values)
    weights = np.arange(1.0, len(rows) + 1.0) / np.arange(1.0, len(rows) + 1.0).sum()
    for share, found in zip((0.1, 0.5, 0.9), weighted_quantiles(rows[None], weights, (0.1, 0.5, 0.9))[0], strict=True):
        assert weights[rows <= found].sum() >= share - 1e-6
        assert weights[rows < found].sum() < share


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
