"""The compiled walk is the plain one, to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.forecasting import prepare
from simulator.movement import walk
from simulator.policy import Pack
from simulator.vocabulary import Facts
from tests.simulator.borrowers import ACTIONS, BORROWERS, HABIT
from tests.simulator.loops import odd_tapes, plain_loops

pytest.importorskip("numba")
kernels = pytest.importorskip("simulator.kernels")


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_the_compiled_walk_is_the_plain_one(facts: Facts, pack: Pack) -> None:
    """With and without actions, both give the same whole parts of a doubling."""
    tapes = prepare(facts, pack, months=18, seed=12, preset="honest", draws=700)
    for actions in ((), (HABIT,), ACTIONS):
        gain = tapes.joined(tapes.increment(one, 2) for one in actions)
        assert np.array_equal(kernels.walk(tapes, gain), walk(tapes, gain))


@given(seed=st.integers(0, 2**31), months=st.integers(1, 6), draws=st.integers(1, 70), which=st.integers(0, 1))
@settings(max_examples=40, deadline=None)
def test_any_tapes_are_walked_alike(seed: int, months: int, draws: int, which: int) -> None:
    """Whatever the layers, gains, reviews, bands and bounds, the compiled lines are the plain ones to the bit."""
    facts, pack = BORROWERS[which]
    tapes, gain = odd_tapes(prepare(facts, pack, months=months, seed=1, preset="honest", draws=draws), seed)
    assert np.array_equal(kernels.walk(tapes, gain), walk(tapes, gain))


def test_the_loops_mean_the_same_before_they_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The source of the compiled loops, run as it stands, gives the plain lines too."""
    plain_loops(monkeypatch, kernels)
    for facts, pack in BORROWERS:
        tapes = prepare(facts, pack, months=6, seed=12, preset="honest", draws=40)
        for actions in ((), ACTIONS):
            gain = tapes.joined(tapes.increment(one, 0) for one in actions)
            assert np.array_equal(kernels.walk(tapes, gain), walk(tapes, gain))
