"""Calibration on outcomes: directions kept, ranges that cover, exact attributions, models that come back the same."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise, permutations
from math import factorial
from pathlib import Path

import numpy as np
import pytest

from simulator.fitting import baselines
from simulator.fitting.baselines import BOOSTING, LINEAR, guessed
from simulator.fitting.comparing import gaps
from simulator.fitting.crediting import credit
from simulator.fitting.design import Design
from simulator.fitting.drawing import draw, tenths
from simulator.fitting.fitted import Estimates, Fitted, mean_of
from simulator.fitting.grid import lay_grid
from simulator.fitting.keeping import keep, kept
from simulator.fitting.scores import pinball, rank_correlation, scores
from simulator.fitting.table import TableError
from simulator.fitting.teaching import Taught, margin_of, margins_of, teach
from simulator.fitting.weighing import weigh
from tests.simulator.made_tables import MAPPING, SMALL, TINY, made_design


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fitting")


@pytest.fixture(scope="module")
def train(folder: Path) -> Design:
    return made_design(folder, 1500, 1)


@pytest.fixture(scope="module")
def test(folder: Path) -> Design:
    return made_design(folder, 1500, 2)


@pytest.fixture(scope="module")
def taught(train: Design) -> Taught:
    return teach(train, SMALL)


def estimates_along(fitted: Fitted, design: Design, feature: int, cases: int) -> list[Estimates]:
    """Some cases at every bin of one feature, lowest first."""
    cuts = fitted.grid.cuts[feature]
    places = [*(cuts - 1e-9), cuts[-1] + 1e-9] if len(cuts) else []
    values = np.repeat(design.values[None, :cases], len(places), axis=0)
    values[:, :, feature] = np.array(places)[:, None]
    flat = Design(design.columns, values.reshape(-1, values.shape[2]), np.zeros(values.shape[0] * cases), np.zeros(0))
    flat = replace(flat, segments=np.tile(design.segments[:cases], len(places)))
    found = fitted.estimate(flat)
    ends = [getattr(found, name).reshape(len(places), cases) for name in ("low", "middle", "high")]
    return [Estimates(*rows) for rows in zip(*ends, strict=True)]


def test_directions_hold_on_all_pairs(taught: Taught, test: Design) -> None:
    """Along every feature with a direction, no two bins are out of order for middle or ends, whatever the case."""
    signed = [(feature, column) for feature, column in enumerate(test.columns) if column.sign]
    pairs = 0
    for feature, column in signed:
        along = estimates_along(taught.fitted, test, feature, 60)
        for lower, upper in combinations(along, 2):
            steps = [getattr(upper, name) - getattr(lower, name) for name in ("low", "middle", "high")]
            assert (column.sign * np.array(steps) >= -1e-12).all(), column.name
            pairs += len(steps)
    assert pairs > 1000


def test_a_direction_is_kept_against_the_data(folder: Path) -> None:
    """Where the table says the opposite of a stated direction, the feature does nothing at all."""
    wrong = MAPPING.replace(
        'spent_mean: {of: spent, take: mean, scale: log, sign: "+"}',
        'spent_mean: {of: spent, take: mean, scale: log, sign: "-"}',
    )
    design = made_design(folder, 600, 3, wrong)
    fitted = teach(design, TINY).fitted
    along = estimates_along(fitted, design, 0, 40)
    assert all((later.middle <= earlier.middle + 1e-12).all() for earlier, later in pairwise(along))
    assert abs(float((along[-1].middle - along[0].middle).mean())) < 0.2


def test_ranges_cover_what_they_promise(taught: Taught, test: Design) -> None:
    """On rows never seen four in five lines lie within their range, in each segment, and the order is right."""
    found = taught.fitted.estimate(test)
    whole = scores(test.doublings, found)
    assert 0.77 <= whole.coverage_80 <= 0.85
    assert whole.rank_correlation > 0.8
    for segment in (0, 1):
        rows = np.flatnonzero(test.segments == segment)
        part = Estimates(found.low[rows], found.middle[rows], found.high[rows])
        assert 0.74 <= scores(test.doublings[rows], part).coverage_80 <= 0.87
    wide = found.high - found.low
    assert wide[test.segments == 1].mean() > 2.0 * wide[test.segments == 0].mean()
    assert ((found.low <= found.middle) & (found.middle <= found.high)).all()


def test_rows_left_out_are_covered_exactly(taught: Taught, train: Design) -> None:
    """What members say of rows they had not seen covers four in five of those rows, by the choice of the margin."""
    assert scores(train.doublings, taught.unseen).coverage_80 == pytest.approx(0.8, abs=0.01)


def test_equal_seeds_give_equal_models(train: Design) -> None:
    """A fit depends on its rows and its seed alone; another seed gives another model."""
    some = train.rows(np.arange(300))
    first, again, other = (teach(some, replace(TINY, seed=seed)).fitted.estimate(some) for seed in (5, 5, 6))
    assert np.array_equal(first.low, again.low)
    assert np.array_equal(first.middle, again.middle)
    assert not np.array_equal(first.middle, other.middle)


def test_a_saved_model_comes_back_the_same(taught: Taught, test: Design, tmp_path: Path) -> None:
    """A model read back estimates every case to the last bit as before."""
    name = str(tmp_path / "model.npz")
    keep(taught.fitted, name)
    before, after = taught.fitted.estimate(test), kept(name, test.columns).estimate(test)
    for one, two in zip((before.low, before.middle, before.high), (after.low, after.middle, after.high), strict=True):
        assert np.array_equal(one, two)


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"PK\x03\x04 broken"])
def test_a_file_that_is_no_model_is_refused(content: bytes, tmp_path: Path, test: Design) -> None:
    """One problem is told, whatever the file holds instead of a model."""
    path = tmp_path / "model.npz"
    path.write_bytes(content)
    with pytest.raises(TableError, match="cannot be read"):
        kept(str(path), test.columns)


def test_a_model_of_other_features_is_refused(taught: Taught, test: Design, tmp_path: Path) -> None:
    """A model is read only with the mapping that it was fitted with."""
    name = str(tmp_path / "model.npz")
    keep(taught.fitted, name)
    with pytest.raises(TableError, match="other features"):
        kept(name, test.columns[1:])


def test_credit_is_the_exact_shapley_value(taught: Taught, test: Design) -> None:
    """Each factor's share equals its mean step over all orders, and together they lead to the case's middle."""
    fitted = taught.fitted
    factors = list(dict.fromkeys(column.factor for column in fitted.columns))
    owners = [factors.index(column.factor) for column in fitted.columns]
    for case in test.values[:8]:
        bins = fitted.grid.bins(case[None])[:, 0]
        sets = [[number >> owner & 1 for owner in owners] for number in range(1 << len(factors))]
        worth = mean_of(fitted.members, np.where(np.array(sets).T == 1, bins[:, None], fitted.usual[:, None]))
        steps = np.zeros(len(factors))
        for order in permutations(range(len(factors))):
            now = 0
            for factor in order:
                steps[factor] += worth[now | 1 << factor] - worth[now]
                now |= 1 << factor
        found = credit(fitted, case)
        assert list(found.added.values()) == pytest.approx(steps / factorial(len(factors)), abs=1e-9)
        assert found.usual == pytest.approx(worth[0])
        assert found.usual + sum(found.added.values()) == pytest.approx(worth[-1], abs=1e-9)


def test_weights_find_the_rule_behind_the_table(taught: Taught, train: Design) -> None:
    """A doubling of spending was made to double the line: about a hundred points; ranges hold their middle."""
    pulls, weights = weigh(taught.fitted, train, 0)
    by_name = {weight.feature: weight for weight in weights}
    doubling = by_name["spent_mean"].per_doubling
    assert doubling is not None
    assert doubling[0] == pytest.approx(100.0, abs=25.0)
    assert all(weight.low <= weight.points <= weight.high for weight in weights)
    assert by_name["late_months"].direction == "-"
    assert by_name["late_months"].high <= 0.0
    assert {pull.factor for pull in pulls} == {"spent", "late", "job", "age"}
    late = next(pull for pull in pulls if pull.factor == "late")
    assert late.points < -80.0


def test_rank_correlation_shares_ranks_among_equals() -> None:
    """Spearman's by hand, with equal values and at both extremes."""
    assert rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 90.0])) == pytest.approx(1.0)
    assert rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([3.0, 2.0, 1.0])) == pytest.approx(-1.0)
    assert rank_correlation(np.array([1.0, 2.0, 2.0, 3.0]), np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(0.9486833)
    assert rank_correlation(np.array([1.0, 2.0]), np.array([5.0, 5.0])) == pytest.approx(0.0)


def test_pinball_is_least_at_the_quantile() -> None:
    """The loss for 0.9 falls up to the ninetieth hundredth and rises after it."""
    truth = np.arange(101.0)
    losses = [pinball(truth, np.full(101, guess), 0.9) for guess in (70.0, 90.0, 99.0)]
    assert losses[1] < losses[0]
    assert losses[1] < losses[2]


def test_scores_are_perfect_for_perfect_estimates() -> None:
    """Estimates that are the truth explain all, cover all and lose nothing."""
    truth = np.array([1.0, 2.0, 4.0, 3.0])
    found = scores(truth, Estimates(truth, truth, truth))
    assert (found.rank_correlation, found.r2_log, found.coverage_80) == pytest.approx((1.0, 1.0, 1.0))
    assert (found.width_log_80, found.pinball, found.below, found.above) == pytest.approx((0.0, 0.0, 0.0, 0.0))


def test_scores_of_equal_lines_are_numbers() -> None:
    """Where all lines are equal nothing can be ordered or explained, and every score is still a finite number."""
    same = np.full(30, 3.0)
    found = scores(same, Estimates(same - 1.0, same + 0.1, same + 1.0))
    assert np.isfinite(found).all()
    assert found.rank_correlation == pytest.approx(0.0)
    assert found.r2_log < 0.0


def test_a_better_estimate_is_surely_better(test: Design) -> None:
    """Against one with far more noise every score is better, over the whole range of rows drawn again."""
    chance = np.random.default_rng(0)
    near, far = (test.doublings + chance.normal(0.0, spread, len(test)) for spread in (0.1, 1.0))
    found = {
        one.score: one
        for one in gaps(
            test.doublings, Estimates(near - 0.2, near, near + 0.2), Estimates(far - 1.5, far, far + 1.5), seed=1
        )
    }
    assert all(one.low <= one.gap <= one.high for one in found.values())
    assert min(found["rank_correlation"].low, found["r2_log"].low) > 0.0
    assert max(found["width_at_80"].high, found["pinball"].high) < 0.0


def test_a_margin_covers_four_in_five() -> None:
    """The margin is the outcome that four fifths of them, and one more for safety, lie below."""
    assert margin_of(np.arange(1.0, 100.0)) == pytest.approx(80.0)
    assert margin_of(np.array([3.0])) == pytest.approx(3.0)


def test_a_small_segment_has_the_margin_of_everyone() -> None:
    """A segment with few cases borrows; a large one keeps to its own."""
    outside = np.concatenate([np.linspace(0.0, 1.0, 1000), np.full(50, 9.0)])
    segments = np.repeat([0, 1], [1000, 50])
    margins = margins_of(np.stack([outside, outside]), segments, 4)
    assert margins[0] == pytest.approx(0.8, abs=0.01)
    assert margins[1] == pytest.approx(margin_of(outside))


def test_a_grid_keeps_order_and_its_bounds() -> None:
    """Larger values never lie in smaller bins, and no feature has more bins than asked for."""
    values = np.random.default_rng(0).lognormal(size=(500, 1))
    grid = lay_grid(values, 16)
    bins = grid.bins(np.sort(values, axis=0))[0].astype(int)
    assert (np.diff(bins) >= 0).all()
    assert len(np.unique(bins)) == 16


def test_a_line_through_points_is_found(folder: Path, train: Design, test: Design) -> None:
    """The linear baseline explains a rule that is nearly linear, and its ranges cover."""
    found = scores(test.doublings, guessed(LINEAR, train, test, 0))
    assert found.r2_log > 0.6
    assert 0.76 <= found.coverage_80 <= 0.85


def test_boosting_is_measured_where_it_is_installed(
    train: Design, test: Design, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The boosting baseline knows the same directions, and its ranges cover."""
    pytest.importorskip("sklearn")
    monkeypatch.setattr(baselines, "_MIDDLE", {"learning_rate": 0.3, "max_iter": 12})
    monkeypatch.setattr(baselines, "_ENDS", {"learning_rate": 0.3, "max_iter": 12, "loss": "quantile"})
    found = scores(test.doublings, guessed(BOOSTING, train.rows(np.arange(500)), test, 0))
    assert found.r2_log > 0.6
    assert 0.74 <= found.coverage_80 <= 0.87


def test_the_drawing_shows_ten_groups(taught: Taught, test: Design) -> None:
    """Ten equal groups in rising order, each with its bar, in one well-formed document that escapes its title."""
    groups = tenths(test.doublings, taught.fitted.estimate(test))
    middles = [group.estimated[1] for group in groups]
    assert len(groups) == 10
    assert middles == sorted(middles)
    assert np.mean([group.covered for group in groups]) == pytest.approx(0.8, abs=0.06)
    drawn = draw("Lines <of> & more", groups)
    assert drawn.startswith("<svg ")
    assert drawn.count('width="24"') == 10
    assert "Lines &lt;of&gt; &amp; more" in drawn
