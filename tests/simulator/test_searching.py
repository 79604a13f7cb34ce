"""The search: equal to trying everything, with bounds that hold."""

import math
from functools import cache

import numpy as np
import pytest

from simulator.board import set_board
from simulator.frontier import greatest_chance, least_effort, safest
from simulator.guessing import effort_of_set, guess, polished
from simulator.scheduling import NEVER, starts
from simulator.searching import Found, Task, search
from tests.simulator.made_up import Instance, every_set, made_up, plain_hits, plain_starts

NONE = Found(None, -1, math.inf, math.nan, 0)


def everything_tried(instance: Instance) -> list[tuple[float, int]]:
    """Hours and hits of every set that can be carried out, by the plain walk."""
    tried = []
    for modes in every_set(instance.roster):
        started = plain_starts(instance.roster, modes)
        if started is not None:
            tried.append((effort_of_set(instance.roster, modes), plain_hits(instance, started)))
    return tried


def check_against_trying_everything(seed: int) -> None:
    """Least effort and greatest chance agree with trying every set, and their bounds with the best of them."""
    instance = made_up(seed, count=5)
    board = set_board(instance.pace, instance.roster, instance.aim)
    tried = everything_tried(instance)
    most = max(hits for _, hits in tried)
    for hits in {most, (most + board.sure + 1) // 2, most + 1}:
        enough = [effort for effort, reached in tried if reached >= hits]
        found = least_effort(board, hits, math.inf)
        assert (found.modes is not None) == bool(enough)
        if found.modes is not None:
            assert found.effort == found.bound == pytest.approx(min(enough))
            assert found.hits >= hits
        assert search(board, Task("least_effort", hits, math.inf), NONE).effort == found.effort
    budget = float(np.median([effort for effort, _ in tried]))
    best = greatest_chance(board, budget)
    assert best.hits == best.bound == max(reached for effort, reached in tried if effort <= budget)
    assert best.effort <= budget
    assert board.most >= most


@pytest.mark.parametrize("seed", [*range(60), 1677])  # the last once took a path for sure that was one part short
def test_the_search_equals_trying_everything(seed: int) -> None:
    """On small random instances the proved best is the best there is."""
    check_against_trying_everything(seed)


def check_against_every_set(seed: int) -> None:
    """The same with up to twelve actions: every set is counted on the board, some of them also by the plain walk."""
    instance = made_up(seed, count=1 + seed % 12)
    board = set_board(instance.pace, instance.roster, instance.aim)
    sets = np.array(list(every_set(instance.roster)))
    hits = board.exact(sets).hits
    for row in np.random.default_rng(seed).choice(len(sets), size=min(8, len(sets)), replace=False):
        started = plain_starts(instance.roster, sets[row])
        assert hits[row] == (-1 if started is None else plain_hits(instance, started))
    efforts = np.array([effort_of_set(instance.roster, modes) for modes in sets])
    needed = (int(hits.max()) + board.sure + 1) // 2
    light = least_effort(board, needed, math.inf)
    assert light.effort == light.bound == pytest.approx(efforts[hits >= needed].min())
    budget = float(np.median(efforts))
    sure = greatest_chance(board, budget)
    assert sure.hits == sure.bound == hits[(efforts <= budget)].max()


@pytest.mark.parametrize("seed", range(11, 84, 12))
def test_the_search_equals_every_set_of_twelve(seed: int) -> None:
    """On random instances of twelve actions the proved best is the best there is."""
    check_against_every_set(seed)


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_the_search_equals_trying_everything_many_times() -> None:
    """The same on a thousand instances of up to twelve actions, and on a thousand small ones by the plain walk."""
    for seed in range(1000, 2000):
        check_against_every_set(seed)
        check_against_trying_everything(seed)


@pytest.mark.parametrize("seed", range(6))
def test_lines_on_the_course_are_those_of_the_plain_walk(seed: int) -> None:
    """The cut-down course counts exactly the paths that the whole tapes bring to the line."""
    instance = made_up(seed, count=7)
    board = set_board(instance.pace, instance.roster, instance.aim)
    sets = np.array(list(every_set(instance.roster)))
    some = sets[np.random.default_rng(seed).choice(len(sets), size=min(40, len(sets)), replace=False)]
    exact, eager = board.exact(some), board.eager(some)
    for row, modes in enumerate(some):
        started = plain_starts(instance.roster, modes)
        expected = -1 if started is None else plain_hits(instance, started)
        assert exact.hits[row] == expected
        assert eager.hits[row] >= expected


@pytest.mark.parametrize("seed", range(6))
def test_a_hopeful_reading_is_never_below_what_can_come_of_it(seed: int) -> None:
    """With every action open, any price and the hours of a set, the bound is at least that set's hits."""
    instance = made_up(seed, count=6)
    board = set_board(instance.pace, instance.roster, instance.aim)
    chance = np.random.default_rng(seed)
    sets = np.array(list(every_set(instance.roster)))
    whole = sets[chance.choice(len(sets), size=min(60, len(sets)), replace=False)]
    begun = np.where(chance.random(whole.shape) < 0.5, whole, NEVER)
    hours = ((whole != NEVER) * instance.roster.efforts).sum(axis=1)
    spare = hours - ((begun != NEVER) * instance.roster.efforts).sum(axis=1)
    every = np.ones(len(instance.roster), np.bool_)
    for budget in (0.5, 4.0, 10.0, 1000.0):
        bound = board.hopeful(begun, begun == NEVER, spare, board.prices(budget, every))
        assert (bound.hits >= board.exact(whole).hits).all()


@pytest.mark.parametrize("seed", range(8))
def test_starts_follow_the_rules(seed: int) -> None:
    """Start months are those of the rules in plain words."""
    choice = made_up(seed, count=7).roster
    for modes in list(every_set(choice))[::7]:
        found, expected = starts(choice, modes), plain_starts(choice, modes)
        assert (found is None) == (expected is None)
        if found is not None:
            assert {choice.actions[i].id: int(found[i]) for i in np.flatnonzero(found != NEVER)} == expected


@cache
def seven_tried(seed: int) -> tuple[Instance, list[tuple[float, int]]]:
    """An instance of seven actions, with every set of them tried."""
    instance = made_up(seed, count=7)
    return instance, everything_tried(instance)


@pytest.mark.parametrize("patience", [-1, 0])
def test_an_impatient_search_admits_what_it_did_not_see(patience: int) -> None:
    """With hardly any patience, or none, the bound stays honest: never claims more than trying everything shows."""
    given_up = 0
    for seed in range(6):
        instance, tried = seven_tried(seed)
        board = set_board(instance.pace, instance.roster, instance.aim)
        hits = max(reached for _, reached in tried)
        light = search(board, Task("least_effort", hits, math.inf), NONE, patience)
        assert light.bound <= min(effort for effort, reached in tried if reached >= hits) + 1e-9
        sure = search(board, Task("greatest_chance", 0, 12.0), NONE, patience)
        assert sure.bound >= max(reached for effort, reached in tried if effort <= 12.0)
        given_up += (light.bound < light.effort) + (sure.bound > sure.hits)
    assert given_up


def test_a_guess_does_what_it_was_asked_or_says_that_it_does_not() -> None:
    """Guessed sets can be carried out, stay within the hours and reach the hits."""
    for seed in range(20):
        instance = made_up(seed, count=6)
        board = set_board(instance.pace, instance.roster, instance.aim)
        for task in (Task("least_effort", board.sure + 2, 15.0), Task("greatest_chance", 0, 9.0)):
            found = guess(board, task)
            if found.modes is not None:
                assert found.effort <= task.budget
                assert found.hits == int(board.exact(found.modes[None]).hits[0])
                assert found.hits >= task.hits
            better = polished(board, task, found)
            assert (better.modes is None) <= (found.modes is None)
            if better.modes is not None:
                assert better.effort <= task.budget
                assert better.hits == int(board.exact(better.modes[None]).hits[0]) >= task.hits
                least = task.objective == "least_effort"
                assert found.modes is None or (better.effort <= found.effort if least else better.hits >= found.hits)
        sure = safest(board, math.inf)
        assert sure.bound == board.most >= sure.hits


def test_an_empty_roster_finds_the_empty_set() -> None:
    """Without actions, what comes anyway is all there is."""
    instance = made_up(3, count=0)
    board = set_board(instance.pace, instance.roster, instance.aim)
    found = least_effort(board, 0, math.inf)
    assert (found.effort, found.hits) == (0.0, board.sure)
    assert search(board, Task("least_effort", board.most + 1, 5.0), NONE).modes is None
    assert greatest_chance(board, 5.0).hits == board.sure
