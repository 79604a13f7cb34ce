"""The claims of the founding articles, each by its id, on every path of random profiles."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from simulator.claims import CLAIMS, Claim, Outcome, check, check_all, claims_for
from simulator.forecasting import forecast, prepare
from simulator.movement import run
from simulator.policy import Pack
from simulator.shapes import shaped
from tests.simulator.borrowers import BORROWERS, CLERK, JIEBEI, PACKS, WANGSHANG, WORKSHOP, changed

MONOTONE = {f"A{number}" for number in (*range(2, 25), 29)} | {
    f"B{number}" for number in (2, 6, *range(8, 13), *range(16, 21), 22, 23, *range(25, 31))
}
"""Claims of kind M about facts; A27 and B13 are tested with the movement and the forecast."""

DISTINCT = {
    (claim.fact, claim.worst_to_best, pack.product): (claim, pack)
    for pack in PACKS.values()
    for claim in claims_for(pack)
}


@cache
def outcomes(product: str) -> dict[tuple[str, tuple[object, ...]], Outcome]:
    """How every distinct claim about a product fares on the same random profiles, which are drawn once."""
    claims = [claim for claim, pack in DISTINCT.values() if pack.product == product]
    found = check_all(claims, PACKS[product], profiles=40, paths=64, seed=11)
    return {(claim.fact, claim.worst_to_best): outcome for claim, outcome in zip(claims, found, strict=True)}


@pytest.mark.parametrize(
    ("claim", "pack"), DISTINCT.values(), ids=[f"{product}-{fact}-{grid[0]}" for fact, grid, product in DISTINCT]
)
def test_a_better_fact_never_ends_lower(claim: Claim, pack: Pack) -> None:
    """No path of any random profile ends a month lower for the better value, and some end higher."""
    outcome = outcomes(pack.product)[claim.fact, claim.worst_to_best]
    assert outcome.pairs == 40 * 64 * (len(claim.worst_to_best) - 1)
    assert outcome.broken == 0
    assert outcome.strict > 0


def test_every_directional_claim_is_tested() -> None:
    """Each claim about a fact has a row, and each row's id is a claim."""
    assert {claim.id for claim in CLAIMS} == MONOTONE


def test_a_broken_direction_would_be_seen() -> None:
    """The check itself can fail: the same values upside down are broken on many paths."""
    upside_down = Claim("none", "draws_per_month", (0, 8))
    outcome = check(upside_down, JIEBEI, profiles=20, paths=64, seed=3)
    assert outcome.broken > 0


def test_large_numbers_of_profiles_are_walked_in_batches() -> None:
    """Batches change neither the number of pairs nor the result."""
    claim = next(one for one in CLAIMS if one.fact == "anomaly_flag")
    outcome = check(claim, JIEBEI, profiles=5, paths=9000, seed=1, months=2)
    assert (outcome.pairs, outcome.broken) == (45_000, 0)


def test_good_habits_work_gradually() -> None:
    """The streak's worth rises each month, by less each time, and from nothing (claim A7)."""
    factor = next(one for one in JIEBEI.factors if one.name == "on_time_streak")
    worth = np.asarray(shaped(factor.shape, np.arange(37.0), {}))
    assert worth[0] == 0.0
    assert np.all(np.diff(worth) > 0)
    assert np.all(np.diff(worth, 2) < 0)


def test_a_rating_brings_the_raise_earlier() -> None:
    """With a third party's rating the first raise comes sooner on average (claim A24)."""

    def first_raise(rated: bool) -> float:
        facts = changed(WORKSHOP, third_party_rating=rated, verified_turnover_share=1.0)
        lines = run(prepare(facts, WANGSHANG, months=24, seed=8, preset="honest", draws=3000))
        raised = lines > lines[0]
        return float(np.where(raised.any(axis=0), raised.argmax(axis=0), 25).mean())

    assert first_raise(rated=True) < first_raise(rated=False) - 0.3


def test_arrears_and_anomalies_freeze_more_often() -> None:
    """Free amounts vanish more often where risk control has a reason, and come back (claims B1, B7, B15)."""

    def frozen(**flags: bool) -> np.ndarray:
        return prepare(changed(CLERK, **flags), JIEBEI, months=24, seed=8, preset="honest", draws=2000).frozen

    calm, odd, late = frozen(anomaly_flag=False, overdue_now=False), frozen(anomaly_flag=True), frozen(overdue_now=True)
    assert 0.0 < calm.mean() < odd.mean() < late.mean()
    assert np.all(late >= calm)
    thawed = calm[:-1] & ~calm[1:]
    assert thawed.any()


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda pack: pack.product)
def test_opposite_conduct_gives_opposite_forecasts(pack: Pack) -> None:
    """Use after the loan, ability and conduct decide where the median goes (claims B7, B31)."""
    facts = next(facts for facts, own in BORROWERS if own is pack)
    poor = changed(facts, draws_per_month=9.0, high_risk_use_share=0.9, lenders_count=8.0, overdue_events_24m=5.0)
    good = changed(facts, draws_per_month=0.0, high_risk_use_share=0.0, lenders_count=0.0, overdue_events_24m=0.0)
    worse, better = (forecast(one, pack, draws=500).line[-1] for one in (poor, good))
    assert worse.p10 < better.p10
    assert worse.p50 < better.p50
