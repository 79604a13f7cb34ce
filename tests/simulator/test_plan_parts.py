"""The smaller parts of planning: what is forbidden, how sure a count is, what goes together, and products."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.actions import Action, Effect
from simulator.certainty import beta_below, clopper_pearson
from simulator.certifying import certificate
from simulator.forbidding import ends_the_line, forbidden
from simulator.frontier import hits_for, sure_hits_for
from simulator.gathering import started, steps, together
from simulator.pacing import Pace
from simulator.products import product
from simulator.scheduling import MOST_ACTIONS, NEVER, roster
from simulator.searching import Found
from simulator.vocabulary import Kind
from tests.simulator.borrowers import PACKS
from tests.simulator.made_up import MONTHS, every_set, made_up, made_up_actions

ALL = frozenset(Kind)


def act(name: str, *effects: Effect, needs: tuple[str, ...] = (), lead: int = 0, asks: bool = False) -> Action:
    return Action(name, ALL, effects, 1.0, 0.5, 10.0, lead, needs, (), True, True, asks, "S")


@pytest.mark.parametrize(
    ("effect", "why"),
    [
        (Effect("payment_flow", "times", 2.0, 1.0, 5.0), "made_up_flow"),
        (Effect("monthly_income", "times", 3.5, 3.5, 3.5), "made_up_flow"),
        (Effect("prepaid_share", "to", 0.0, 0.0, 0.0), "timing_of_repayment"),
        (Effect("monthly_debt_service", "by", 100.0, 50.0, 200.0), "worsens"),
        (Effect("monthly_debt_service", "times", 0.9, 0.8, 1.1), "worsens"),
        (Effect("other_debt_balance", "by", 1.0, 0.0, 2.0), "worsens"),
        (Effect("cash_reserve_months", "times", 0.9, 0.5, 1.0), "worsens"),
        (Effect("on_time_months", "by", -1.0, -2.0, 0.0), "worsens"),
        (Effect("payment_flow", "times", 1.3, 1.0, 1.6), None),
        (Effect("monthly_debt_service", "times", 0.9, 0.8, 1.0), None),
        (Effect("draws_per_month", "to", 1.0, 0.0, 2.0), None),
        (Effect("cash_reserve_months", "by", 1.0, 0.0, 2.0), None),
    ],
)
def test_what_fakes_borrows_or_delays_is_forbidden(effect: Effect, why: str | None) -> None:
    """Any amount within a range that worsens a fact, invents flows, or times a repayment bars the action."""
    assert forbidden(act("a", effect)) == why


def test_only_what_cannot_be_undone_ends_the_line() -> None:
    """Closing is reducing debt for good; renewing a document is not."""
    closing = Action("c", ALL, (), 0, 0, 0, 0, (), (), habit=False, reversible=False, asks_review=False, grade="I",
                     reduces_debt=True)  # fmt: skip
    assert ends_the_line(closing)
    assert not ends_the_line(act("a"))


@pytest.mark.parametrize(
    ("hits", "trials", "low", "high"),
    [
        (5, 100, 0.016431879, 0.112834912),
        (0, 50, 0.0, 0.071121736),
        (50, 50, 0.928878264, 1.0),
        (500, 1000, 0.468549173, 0.531450827),
        (1, 1, 0.025, 1.0),
    ],
)
def test_the_limits_are_those_of_clopper_and_pearson(hits: int, trials: int, low: float, high: float) -> None:
    """Known values of the exact 95 per cent interval."""
    assert clopper_pearson(hits, trials) == pytest.approx((low, high), abs=1e-8)


@pytest.mark.parametrize(("hits", "trials"), [(-1, 5), (6, 5), (0, 0)])
def test_impossible_counts_are_refused(hits: int, trials: int) -> None:
    """Hits outside the trials, or no trials, are a mistake of the caller."""
    with pytest.raises(ValueError, match="hits"):
        clopper_pearson(hits, trials)


@given(trials=st.integers(1, 60), share=st.floats(0, 1), sure=st.sampled_from([0.5, 0.9, 0.99]))
@settings(max_examples=60, deadline=None)
def test_the_limits_leave_out_exactly_what_they_say(trials: int, share: float, sure: float) -> None:
    """At each limit the binomial tail holds half of what is left out, worked out by plain sums."""
    hits = round(share * trials)
    low, high = clopper_pearson(hits, trials, sure)

    def at_least(p: float, n: int) -> float:
        return sum(math.comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(n, trials + 1))

    if hits > 0:
        assert at_least(low, hits) == pytest.approx((1 - sure) / 2, rel=1e-5)
    if hits < trials:
        assert 1 - at_least(high, hits + 1) == pytest.approx((1 - sure) / 2, rel=1e-5)


def test_the_beta_function_has_its_known_values() -> None:
    """Uniform, symmetric and out-of-range cases."""
    assert beta_below(0.3, 1, 1) == pytest.approx(0.3)
    assert beta_below(0.5, 7, 7) == pytest.approx(0.5)
    assert (beta_below(0.0, 2, 3), beta_below(1.0, 2, 3), beta_below(1.5, 2, 3)) == (0.0, 1.0, 1.0)


def test_shares_become_counts() -> None:
    """The least count that is at least the share, and one with two standard errors to spare."""
    assert (hits_for(0.5, 100), hits_for(0.5, 101), hits_for(0.0, 10)) == (50, 51, 1)
    assert (sure_hits_for(0.5, 100), sure_hits_for(0.99, 10)) == (60, 10)


def test_a_roster_keeps_needs_in_order_and_drops_what_cannot_be() -> None:
    """What is needed comes first; circles, missing needs, late effects and requests without a month fall out."""
    late = act("late", lead=12)
    asks = act("asks", needs=("slow",), asks=True)
    slow = act("slow", lead=7)
    found = roster([act("b", needs=("a",)), late, act("x", needs=("y",)), act("y", needs=("x",)), act("a"), asks, slow,
                    act("z", needs=("nobody",))], 12)  # fmt: skip
    assert [one.id for one in found.actions] == ["a", "b", "slow"]
    many = roster(made_up_actions(np.random.default_rng(1), MOST_ACTIONS + 9), MONTHS)
    assert len(many) <= MOST_ACTIONS


@pytest.mark.parametrize("seed", range(10))
def test_everything_together_can_be_carried_out(seed: int) -> None:
    """The set of all that goes together is one of the sets there are, within the hours."""
    choice = made_up(seed).roster
    modes = together(choice, 10.0)
    assert any((modes == one).all() for one in every_set(choice))
    assert choice.efforts[modes != NEVER].sum() <= 10.0
    taken = steps(choice, modes)
    assert [step.start_month for step in taken] == sorted(step.start_month for step in taken)
    assert {step.action for step in taken} == {action.id for action, _ in started(choice, modes)}


def test_a_set_that_cannot_be_carried_out_has_no_steps() -> None:
    """More habits than months can take is a mistake of the caller."""
    choice = roster([act(f"h{number}") for number in range(7)], 2)
    with pytest.raises(ValueError, match="cannot be carried out"):
        started(choice, np.zeros(7, np.int64))
    assert len(steps(choice, together(choice, math.inf))) == 6


def test_products_are_those_of_the_library() -> None:
    """In pieces or whole, whole numbers multiply to the same."""
    chance = np.random.default_rng(0)
    for rows, inner, columns in ((700, 21, 40), (3, 0, 5), (0, 4, 2)):
        left = chance.integers(0, 50, (rows, inner)).astype(np.float32)
        right = chance.integers(0, 2, (inner, columns)).astype(np.float32)
        assert np.array_equal(product(left, right), left @ right)


def test_a_certificate_names_the_parameters_of_its_own_pack() -> None:
    """Hashes are remembered pack by pack and never mixed up."""
    for seed in (0, 1, 0):
        instance = made_up(seed)
        tapes = instance.pace.tapes
        proof = certificate(tapes, instance.roster, "greatest_chance", Found(None, -1, math.inf, 12.0, 3))
        assert proof.parameter_hash == PACKS[tapes.pack.product].parameter_hash()
        assert (proof.best, proof.bound, proof.nodes) == (0.0, 12.0 / tapes.draws, 3)
        assert proof.considered == tuple(action.id for action in instance.roster.actions)


def test_increments_are_worked_out_once() -> None:
    """The same action and start give the very same increment."""
    instance = made_up(2)
    pace = Pace(instance.pace.tapes)
    first = instance.roster.actions[0]
    assert pace.increment(first, 0) is pace.increment(first, 0)
    assert pace.increment(first, 1) is not pace.increment(first, 0)
