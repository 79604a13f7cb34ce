"""Calibration: on users drawn from the model, ranges cover what they promise and ranks are uniform."""

from __future__ import annotations

import json

import numpy as np
import pytest

from simulator.__main__ import main
from simulator.calibrating import BINS, RANKED, TOLERANCE, Crowd, Trial, attempt, unevenness
from tests.simulator.borrowers import JIEBEI, PACKS

USERS, REPORTS = 150, 3


@pytest.fixture(scope="module", params=sorted(PACKS))
def trial(request: pytest.FixtureRequest) -> Trial:
    """Some users of each product who live as the forecast believes."""
    return attempt(PACKS[request.param], Crowd(USERS, seed=3, reports=REPORTS, draws=800))


@pytest.mark.parametrize("name", RANKED)
def test_ranks_are_uniform_before_and_after_reports(trial: Trial, name: str) -> None:
    """The truth is as likely to lie in any tenth of its draws (simulation-based calibration)."""
    for ranks in trial.ranks[name]:
        assert np.all((ranks >= 0.0) & (ranks <= 1.0 + 1e-9))
        assert unevenness(ranks) < TOLERANCE


def test_ranges_cover_what_they_promise(trial: Trial) -> None:
    """Four in five outcomes lie within, to what chance allows for so few users (three standard errors)."""
    allowed = 3.0 * np.sqrt(0.16 / USERS)
    assert np.all(np.abs(trial.even_coverage() - 0.8) < allowed)
    assert np.all(trial.coverage() > 0.8 - allowed)
    assert np.all(trial.coverage() >= trial.even_coverage() - 0.02)


def test_reports_narrow_the_range(trial: Trial) -> None:
    """The median range becomes narrower with every few reports, and stays within a factor of two."""
    widths = trial.width()
    assert len(widths) == REPORTS + 1
    assert widths[-1] < widths[0]
    assert widths[-1] < 2.0


def test_without_reports_every_draw_counts(trial: Trial) -> None:
    """Nothing is learned from the first line alone; afterwards fewer draws stand behind a range."""
    assert np.allclose(trial.effective[0], 800)
    assert trial.effective[-1].mean() < 800
    assert not trial.widened[0].any()


def test_a_wrong_model_is_found_out() -> None:
    """Users who live by other rules than the forecast believes make the ranks uneven."""
    found = attempt(JIEBEI, Crowd(USERS, seed=3, reports=0, draws=800, truth="optimistic"))
    assert unevenness(found.ranks["outcome"][0]) > TOLERANCE
    assert unevenness(found.ranks["review_base"][0]) > TOLERANCE


@pytest.mark.parametrize("asked", ["line", "all"])
def test_ranges_hold_for_the_population_too(asked: str) -> None:
    """Where untold facts go together with told ones, ranges still cover about what they promise."""
    found = attempt(JIEBEI, Crowd(100, seed=4, asked=asked, real=True, reports=1, draws=600))
    assert np.all(found.coverage() > 0.8 - 3.0 * np.sqrt(0.16 / 100))


def test_equal_crowds_give_equal_trials() -> None:
    """The seed decides who the users are and what becomes of them."""
    crowd = Crowd(20, seed=9, reports=1, draws=400)
    first, again, other = attempt(JIEBEI, crowd), attempt(JIEBEI, crowd), attempt(JIEBEI, Crowd(20, 8, reports=1))
    assert np.array_equal(first.high, again.high)
    assert np.array_equal(first.ranks["outcome"], again.ranks["outcome"])
    assert not np.array_equal(first.outcome, other.outcome)


def test_uneven_ranks_are_measured() -> None:
    """Evenly spread ranks have no unevenness, ranks of a range too narrow much of it."""
    even = (np.arange(200) + 0.5) / 200
    assert unevenness(even) == 0.0
    assert unevenness(np.where(even < 0.5, 0.01, 0.99)) > TOLERANCE
    assert unevenness(np.ones(BINS)) == BINS * (BINS - 1)


def test_the_study_is_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """Coverage is told by product, crowd and number of reports, in lines or as one document."""
    words = ["coverage", "--users", "40", "--reports", "1", "--draws", "400", "--seed", "2"]
    assert main([*words, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert len(document["rows"]) == 2 * 2 * len(PACKS)
    assert all(0.0 <= row["coverage"] <= 1.0 <= row["width"] for row in document["rows"])
    assert main([*words, "--asked", "line", "--truth", "base_rate"]) == 0
    assert capsys.readouterr().out.startswith("aims: ")
    assert main([*words, "--truth", "luck"]) == 2
    assert main([*words, "--asked", "mood"]) == 2
