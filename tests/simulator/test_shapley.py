"""Shapley values under ceilings are exact: the same as listing every coalition."""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.shapley import QUANTUM, shapley


def by_listing(base: float, points: list[float], ceilings: list[float]) -> list[float]:
    """The definition, coalition by coalition."""
    players, touching = range(len(points)), len(ceilings).bit_length() - 1

    def worth(members: set[int]) -> float:
        subset = sum(1 << one for one in members if one < touching)
        return min(base + sum(points[one] for one in members), ceilings[subset])

    def share(player: int) -> float:
        others = [one for one in players if one != player]
        return sum(
            factorial(size)
            * factorial(len(points) - size - 1)
            / factorial(len(points))
            * (worth({*chosen, player}) - worth(set(chosen)))
            for size in range(len(points))
            for chosen in combinations(others, size)
        )

    return [share(player) for player in players]


whole = st.integers(-160, 160).map(lambda units: units * QUANTUM)


@st.composite
def games(draw: st.DrawFn) -> tuple[float, list[float], list[float]]:
    points = draw(st.lists(whole, min_size=1, max_size=7))
    touching = draw(st.integers(0, min(3, len(points))))
    ceilings = draw(st.lists(whole, min_size=1 << touching, max_size=1 << touching))
    return draw(whole), points, ceilings


@given(games())
@settings(max_examples=120, deadline=None)
def test_counting_is_listing(game: tuple[float, list[float], list[float]]) -> None:
    """Counted values are those of the definition, and add up to what all players are worth together."""
    base, points, ceilings = game
    found = shapley(base, points, np.array(ceilings))
    assert found == pytest.approx(by_listing(base, points, ceilings), abs=1e-7)
    assert sum(found) == pytest.approx(min(base + sum(points), ceilings[-1]) - min(base, ceilings[0]), abs=1e-9)


def test_without_a_binding_ceiling_each_keeps_its_own() -> None:
    """Where no coalition reaches the ceiling, each player's share is what it adds, to the last digit."""
    assert shapley(0.0, [10.3, -4.1, 0.0], np.array([1000.0])) == pytest.approx((10.3, -4.1, 0.0))


def test_under_one_ceiling_equals_share_equally() -> None:
    """Two equal players under a ceiling that lets only one of them through share it."""
    assert shapley(0.0, [20.0, 20.0], np.array([20.0])) == pytest.approx((10.0, 10.0))


def test_lifting_the_ceiling_is_worth_what_it_lets_through() -> None:
    """A player that adds nothing itself but lifts the ceiling gets half of what comes through."""
    assert shapley(0.0, [0.0, 40.0], np.array([0.0, 40.0])) == pytest.approx((20.0, 20.0))


def test_a_game_without_players_has_no_shares() -> None:
    """Nobody gets nothing."""
    assert shapley(3.0, [], np.array([1.0])) == ()


def test_odd_amounts_still_add_up_exactly() -> None:
    """Contributions off the grid are rounded for counting, and the largest share takes the residue."""
    points = [13.37, -7.77, 21.21, 3.33]
    found = shapley(1.11, points, np.array([9.99, 19.87]))
    assert sum(found) == pytest.approx(min(1.11 + sum(points), 19.87) - min(1.11, 9.99), abs=1e-12)
    assert found == pytest.approx(by_listing(1.11, points, [9.99, 19.87]), abs=4 * QUANTUM)
