"""Month by month: the play operator keeps every order, and actions can only help."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.actions import Action
from simulator.forecasting import prepare
from simulator.money import PARTS
from simulator.movement import bands, play, run, targets, walk
from simulator.policy import Pack
from simulator.tapes import Tapes
from simulator.vocabulary import Facts
from tests.simulator.borrowers import (
    ACTIONS,
    BOOKS,
    BORROWERS,
    CLERK,
    HABIT,
    JIEBEI,
    PROOF,
    RESTRAINT,
    THRIFT,
    never_below,
)


def tapes_of(facts: Facts, pack: Pack, months: int = 10, draws: int = 400, seed: int = 4) -> Tapes:
    return prepare(facts, pack, months=months, seed=seed, preset="honest", draws=draws)


CLERK_TAPES = tapes_of(CLERK, JIEBEI)


def plain_play(tapes: Tapes, target: np.ndarray, raising: np.ndarray) -> list[list[int]]:
    """The same operator spelled out number by number: the oracle for the vectorised one."""
    paths = []
    for path in range(tapes.draws):
        line = int(tapes.start[path])
        told = [line]
        for month in range(tapes.months):
            aim = int(target[month, path])
            if raising[month, path]:
                line = max(line, min(aim - int(tapes.up_band[path]), line + int(tapes.up_step[path])))
            if tapes.cutting[month, path]:
                line = min(line, max(aim + int(tapes.down_band[path]), line - int(tapes.down_step[path])))
            line = min(max(line, tapes.floor), int(tapes.roof[path]))
            told.append(line)
        paths.append(told)
    return np.array(paths).T.tolist()


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_the_vectorised_operator_is_the_plain_one(facts: Facts, pack: Pack) -> None:
    """Bit for bit the same lines as a number-by-number loop."""
    tapes = tapes_of(facts, pack, draws=60)
    gain = tapes.joined(tapes.increment(one, 1) for one in ACTIONS)
    target, raising = targets(tapes, gain.layers), tapes.raising | (gain.asked & tapes.gate)
    assert play(tapes, target, bands(tapes, gain)).tolist() == plain_play(tapes, target, raising)
    assert walk(tapes, gain).tolist() == plain_play(tapes, target, raising)


@given(seed=st.integers(0, 2**31), lift=st.integers(0, 3 * PARTS))
@settings(max_examples=40, deadline=None)
def test_the_operator_keeps_the_order_of_lines_and_targets(seed: int, lift: int) -> None:
    """Higher targets, or a higher line to start from, never end lower on the same path."""
    chance = np.random.default_rng(seed)
    target = targets(CLERK_TAPES, CLERK_TAPES.joined([]).layers)
    higher = (target + chance.integers(0, lift + 1, target.shape)).astype(np.int32)
    own = CLERK_TAPES.bands
    assert never_below(play(CLERK_TAPES, higher, own), play(CLERK_TAPES, target, own))
    start = (CLERK_TAPES.start + chance.integers(0, lift + 1, CLERK_TAPES.draws)).astype(np.int32)
    roof = np.maximum(CLERK_TAPES.roof, start)
    ahead, behind = replace(CLERK_TAPES, start=start, roof=roof), replace(CLERK_TAPES, roof=roof)
    assert never_below(play(ahead, target, own), play(behind, target, own))


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
@pytest.mark.parametrize("start", [0, 3])
def test_one_more_action_never_lowers_a_path(facts: Facts, pack: Pack, start: int) -> None:
    """Adding any action to any others keeps every path at or above (claim B5)."""
    tapes = tapes_of(facts, pack)
    done = []
    before = run(tapes)
    for one in ACTIONS:
        done.append((one, start))
        after = run(tapes, done)
        assert never_below(after, before)
        before = after
    assert (before > run(tapes)).any()


@pytest.mark.parametrize("one", ACTIONS)
def test_an_earlier_start_never_lowers_the_increment(one: Action) -> None:
    """Effects never fall with the time since the start, so starting earlier gives at least as much in each month."""
    for facts, pack in BORROWERS:
        tapes = tapes_of(facts, pack, draws=100)
        early, late = tapes.increment(one, 1), tapes.increment(one, 4)
        assert never_below(early.layers, late.layers)
        assert np.all(early.layers >= 0)


def test_nothing_moves_before_an_action_has_had_its_time() -> None:
    """Up to its start and lead time, an action adds nothing to any layer."""
    late = CLERK_TAPES.increment(THRIFT, 3)
    assert not late.layers[:, :4].any()
    assert late.layers[:, 4:].any()
    assert not CLERK_TAPES.increment(PROOF, 10).layers.any()


def test_actions_without_a_common_part_add_up() -> None:
    """The lines of several separate actions are those of their summed layers."""
    one, other = CLERK_TAPES.increment(HABIT, 0), CLERK_TAPES.increment(RESTRAINT, 2)
    assert not one.meets(other)
    both = CLERK_TAPES.joined([one, other])
    assert np.array_equal(both.layers, one.layers + other.layers)
    assert np.array_equal(run(CLERK_TAPES, [(HABIT, 0), (RESTRAINT, 2)]), walk(CLERK_TAPES, both))


def test_the_same_good_is_not_counted_twice() -> None:
    """Two actions that bring one fact to its best add no more than that fact can give."""
    again = replace(RESTRAINT, id="restraint_again")
    one, other = CLERK_TAPES.increment(RESTRAINT, 0), CLERK_TAPES.increment(again, 0)
    assert one.meets(other)
    both = CLERK_TAPES.joined([one, other])
    assert np.all(both.layers[0] <= CLERK_TAPES.part_room["draws"])
    assert np.all(both.layers <= CLERK_TAPES.room[:, None, :])
    assert np.all(both.layers[0][-1] < one.layers[0][-1] + other.layers[0][-1])


def test_a_review_that_is_asked_for_can_only_raise_or_keep() -> None:
    """Asking for a review adds raising reviews and no cutting ones."""
    plain = walk(CLERK_TAPES, CLERK_TAPES.joined([]))
    everywhere = replace(CLERK_TAPES.joined([]), asked=np.ones(CLERK_TAPES.offsets.shape, np.bool_))
    asked = walk(CLERK_TAPES, everywhere)
    assert never_below(asked, plain)
    assert (asked > plain).any()
    never = replace(CLERK_TAPES, raising=np.zeros_like(CLERK_TAPES.raising), cutting=np.zeros_like(CLERK_TAPES.cutting))
    assert np.all(walk(never, never.joined([])) == never.start)


def test_asking_brings_one_review_at_the_right_month() -> None:
    """An action that asks for a review has its one chance in the month after it took effect."""
    asked = CLERK_TAPES.increment(PROOF, 2).asked
    assert asked.any(axis=1).nonzero()[0].tolist() == [2]
    assert 0.2 < asked[2].mean() < 0.9
    assert not CLERK_TAPES.increment(HABIT, 2).asked.any()


def test_actions_for_the_other_kind_do_nothing() -> None:
    """A clerk has no statements to complete: the action's facts are left out, its review still counts."""
    increment = CLERK_TAPES.increment(BOOKS, 0)
    assert not increment.layers.any()
    assert not increment.parts
    assert increment.asked.any()


def test_a_tighter_market_never_raises_a_path() -> None:
    """Lower offsets and closed gates leave every path at or below (claim B13)."""
    tight = replace(CLERK_TAPES, offsets=CLERK_TAPES.offsets - PARTS // 2, raising=CLERK_TAPES.raising & False)
    assert never_below(run(CLERK_TAPES), run(tight))
    assert (run(CLERK_TAPES) > run(tight)).any()


def test_a_lower_policy_ceiling_never_raises_a_path_and_never_cuts_the_line_as_it_stands() -> None:
    """A change of the rules moves the roof; raises stop below it (claim B14)."""
    lower = replace(CLERK_TAPES, roof=np.minimum(CLERK_TAPES.roof, CLERK_TAPES.start + 100))
    plan = [(PROOF, 0), (HABIT, 0), (RESTRAINT, 0)]
    assert never_below(run(CLERK_TAPES, plan), run(lower, plan))
    assert np.all(run(lower, plan) <= CLERK_TAPES.start + 100)
