"""Whoever is behind the gate gets no raise and nobody a forbidden step, however odd the profile or the catalogue."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from types import MappingProxyType

import numpy as np
import pytest

from knowledge.loading import load
from simulator.actions import Action, Effect
from simulator.burden import gate
from simulator.forbidding import ends_the_line, forbidden
from simulator.planning import plan
from simulator.population import population
from simulator.reading import Profile, read_profile
from simulator.results import Frontier, Plan
from simulator.vocabulary import FACTS, Facts, FactValue, Kind, Unit
from tests.simulator.borrowers import PACKS
from tests.simulator.made_up import made_up_actions

HEAVY: tuple[dict[str, FactValue], ...] = (
    {"overdue_now": True},
    {"max_days_past_due_24m": 45.0, "on_time_months": 1.0, "overdue_now": False},
    {"purpose": "repay_other_debt"},
    {"lenders_count": 6.0, "purpose": "repay_other_debt"},
    {"current_line": 30_000.0, "used_balance": 29_500.0, "months_on_book": 30.0, "draws_per_month": 3.0},
)
BAD = (
    Effect("payment_flow", "times", 6.0, 4.0, 9.0),
    Effect("prepaid_share", "to", 0.0, 0.0, 0.0),
    Effect("monthly_debt_service", "by", 800.0, 500.0, 1000.0),
    Effect("other_debt_balance", "times", 1.2, 1.0, 1.5),
    Effect("lenders_count", "by", 1.0, 1.0, 2.0),
    Effect("draws_per_month", "by", 2.0, 1.0, 3.0),
    Effect("cash_reserve_months", "times", 0.5, 0.2, 0.9),
)


def catalogue() -> tuple[Action, ...]:
    """The library's actions, honest ones made up, and as many that must never be planned, some posing as relief."""
    library, _ = load(only=frozenset({"actions"}))
    honest = made_up_actions(np.random.default_rng(1), 12)
    wicked = [
        replace(honest[number % len(honest)], id=f"bad{number}", effects=(effect,), reduces_debt=number % 2 == 0)
        for number, effect in enumerate(BAD)
    ]
    posing = [replace(one, id=f"posing_{one.id}", asks_review=True, reduces_debt=True, needs=()) for one in honest[:4]]
    return (*(entry.action for entry in library.actions.values()), *honest, *wicked, *posing)


def profiles(seed: int) -> Iterator[Facts]:
    """Endless profiles: whole ones of the population, ones with heavy debts, ones with a few facts anywhere at all."""
    chance = np.random.default_rng(seed)
    for document in population(list(PACKS.values()), seed):
        profile = read_profile(document, PACKS)
        assert isinstance(profile, Profile)
        own = dict(profile.facts.values)
        turn = chance.random()
        if turn < 0.5:
            own |= HEAVY[chance.integers(len(HEAVY))]
        elif turn < 0.8:
            own = {name: anything(chance, name) for name in own if chance.random() < 0.4}
        yield Facts(profile.facts.kind, MappingProxyType(own))


def anything(chance: np.random.Generator, name: str) -> FactValue:
    spec = FACTS[name]
    if spec.unit is Unit.FLAG:
        return bool(chance.random() < 0.5)
    if spec.unit is Unit.CHOICE:
        return str(chance.choice(spec.choices))
    return float(spec.low + (spec.high - spec.low) * chance.random() ** 6)


def check_gated(facts: Facts, found: Plan, known: dict[str, Action]) -> None:
    """No raise in any part of the plan, and every step one that lowers debt and can be undone."""
    assert found.gate == gate(facts) != ()
    assert (found.target, found.best_reachable, found.feasible, found.certificate) == (None, None, False, None)
    assert (found.probability, found.probability_interval) == (0.0, (0.0, 0.0))
    assert found.frontier == Frontier(None, None, None)
    for step in found.plan:
        assert known[step.action].reduces_debt
        assert not known[step.action].asks_review
        assert not ends_the_line(known[step.action])


def fuzz(gated: int, free: int, seed: int) -> Counter[str]:
    """Plans for so many profiles behind the gate and so many before it; counts what was met."""
    actions = catalogue()
    known, met = {action.id: action for action in actions}, Counter[str]()
    for facts in profiles(seed):
        codes = gate(facts)
        side = "gated" if codes else "free"
        if met[side] >= (gated if codes else free):
            if met["gated"] >= gated and met["free"] >= free:
                return met
            continue
        pack = PACKS["jiebei"] if facts.kind is Kind.PERSON else PACKS["wangshang"]
        line = facts.number("current_line")
        target = None if line is None or met[side] % 2 else 1.3 * line
        found = plan(facts, pack, actions, target=target, draws=64, considered=8, seed=met[side])
        if codes:
            check_gated(facts, found, known)
        assert [step.action for step in found.plan if forbidden(known[step.action])] == []
        three = (found.frontier.fastest, found.frontier.least_effort, found.frontier.safest)
        assert not any(forbidden(known[step.action]) for way in three for step in way or ())
        met[side] += 1
        met["steps"] += len(found.plan)
        met.update(codes)
    raise AssertionError("a population has no end")


def test_no_raise_behind_the_gate_and_nothing_forbidden_before_it() -> None:
    """On a few hundred profiles of every sort."""
    met = fuzz(gated=300, free=8, seed=1)
    assert {"arrears", "debt_service_over_line", "many_commitments", "persistent_debt"} <= set(met)
    assert met["steps"] > 300


@pytest.mark.soak
@pytest.mark.timeout(14_400)
def test_no_raise_behind_the_gate_in_a_hundred_thousand() -> None:
    """On a hundred thousand profiles behind the gate and two thousand before it."""
    met = fuzz(gated=100_000, free=2_000, seed=2)
    assert (met["gated"], met["free"]) == (100_000, 2_000)


def test_the_wicked_half_of_the_catalogue_is_barred() -> None:
    """What the fuzz offers as forbidden is recognised as such: else it would prove nothing."""
    barred = [action for action in catalogue() if forbidden(action)]
    assert len(barred) >= len(BAD)
    assert all(gate(facts) for facts in islice(profiles(3), 40) if facts.number("overdue_now") == 1.0)
