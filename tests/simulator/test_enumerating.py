"""Every set of actions: counted plainly, and by compiled loops to the same number."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.enumerating import every_set
from simulator.quickest import compiler_installed
from simulator.tapes import Increment
from tests.simulator.borrowers import RESTRAINT
from tests.simulator.loops import odd_tapes, plain_loops
from tests.simulator.made_up import Instance, made_up, plain_hits

kernels = pytest.importorskip("simulator.kernels_of_sets") if compiler_installed() else None
compiled = pytest.mark.skipif(not compiler_installed(), reason="there is no compiler (numba) to compare with")


def gains(instance: Instance) -> list[Increment]:
    """What each action of the roster adds from its earliest month on."""
    roster = instance.roster
    return [instance.pace.increment(one, modes[0]) for one, modes in zip(roster.actions, roster.modes, strict=True)]


@pytest.mark.parametrize("seed", [3, 4])
def test_each_set_has_its_own_count(seed: int) -> None:
    """The count of a set is that of its actions walked together; its place spells the set."""
    instance = made_up(seed, 4)
    roster = instance.roster
    hits = every_set(instance.pace.tapes, gains(instance), instance.aim)
    for number in range(1 << len(roster)):
        taken = {one.id: roster.modes[place][0] for place, one in enumerate(roster.actions) if number >> place & 1}
        assert hits[number] == plain_hits(instance, taken)


@compiled
@given(seed=st.integers(0, 10_000), count=st.integers(0, 7))
@settings(max_examples=15, deadline=None)
def test_the_compiled_counts_are_the_plain_ones(seed: int, count: int) -> None:
    """Whatever the actions, whether they share a fact or ask for reviews, every set has the same count."""
    instance = made_up(seed, count)
    tapes, own = instance.pace.tapes, gains(instance)
    assert np.array_equal(kernels.every_set(tapes, own, instance.aim), every_set(tapes, own, instance.aim))


@compiled
def test_shared_rooms_odd_tapes_and_plain_loops_count_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions that move the same fact stop at its room in either way of counting, and before compiling too."""
    instance = made_up(7, 3)
    tapes = instance.pace.tapes
    twice = [tapes.increment(RESTRAINT, 0), tapes.increment(RESTRAINT, 1), *gains(instance)]
    expected = every_set(tapes, twice, instance.aim)
    assert np.array_equal(kernels.every_set(tapes, twice, instance.aim), expected)
    odd, _ = odd_tapes(tapes, 5)
    assert np.array_equal(kernels.every_set(odd, twice, instance.aim), every_set(odd, twice, instance.aim))
    plain_loops(monkeypatch, kernels)
    assert np.array_equal(kernels.every_set(tapes, twice, instance.aim), expected)
