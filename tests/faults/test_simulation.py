"""Five hundred lives, half of them here: whatever befalls the bot, nothing is lost, doubled or shuffled."""

from __future__ import annotations

import pytest

from tests.faults.plan import drawn
from tests.faults.simulation import faults_of_seed

A_CHUNK = 25


@pytest.mark.parametrize("first", range(0, 250, A_CHUNK))
def test_nothing_goes_wrong_in_any_life(first: int) -> None:
    """At the end of each of these lives every invariant holds; a seed that fails is replayed by its command."""
    failed = {f"--seed {seed}": faults for seed in range(first, first + A_CHUNK) if (faults := faults_of_seed(seed))}
    assert failed == {}


def test_the_plans_are_full_of_mishaps() -> None:
    """Among a thousand plans every mishap is frequent: kills, refusing stores, pauses, webhooks, all weathers."""
    plans = [drawn(seed) for seed in range(1000)]
    happens = {act.kind for plan in plans for act in plan.acts}
    assert {"pause", "silence", "database is locked", "database or disk is full", "block", "paste"} <= happens
    assert sum(bool(plan.deaths) for plan in plans) > 300
    assert sum(plan.webhook for plan in plans) > 200
    assert sum(plan.fair for plan in plans) > 100
    weather = {kind for plan in plans for kind, rate in plan.rates.items() if rate}
    assert len(weather) == 8


def test_equal_seeds_give_equal_lives() -> None:
    """A plan is a function of its seed, so that a failure can be replayed."""
    assert drawn(17) == drawn(17)
    assert drawn(17) != drawn(18)
