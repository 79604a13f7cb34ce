"""Certificates hold when they are looked at again, and do not when anything in them has been changed."""

from dataclasses import replace

import numpy as np
import pytest

from simulator.planning import plan
from simulator.rechecking import Asked, failures
from simulator.results import Certificate, Plan
from simulator.vocabulary import Facts, Kind
from tests.simulator.borrowers import CLERK, JIEBEI, WANGSHANG, WORKSHOP
from tests.simulator.made_up import made_up_actions

CATALOGUE = tuple(made_up_actions(np.random.default_rng(5), 9))
ASKED = Asked(CLERK, JIEBEI, CATALOGUE)


def planned(target: float | None = None, effort: float | None = None) -> Plan:
    return plan(CLERK, JIEBEI, CATALOGUE, target=target, effort=effort)


def tampered(found: Plan, **changes: object) -> Plan:
    assert found.certificate is not None
    return replace(found, certificate=replace(found.certificate, **changes))


def proof_of(found: Plan) -> Certificate:
    assert found.certificate is not None
    return found.certificate


@pytest.mark.parametrize(
    ("target", "effort"), [(21_000.0, None), (None, None), (30_000.0, 20.0), (None, 8.0), (190_000.0, None)]
)
def test_what_the_planner_certifies_holds(target: float | None, effort: float | None) -> None:
    """Least effort, greatest chance and what is out of reach: each proof stands."""
    assert failures(planned(target, effort), replace(ASKED, effort=effort)) == ()


@pytest.mark.parametrize("seed", range(6))
def test_it_holds_on_random_catalogues(seed: int) -> None:
    """For persons and businesses alike."""
    facts, pack = ((CLERK, JIEBEI), (WORKSHOP, WANGSHANG))[seed % 2]
    catalogue = made_up_actions(np.random.default_rng(seed), 10)
    assert failures(plan(facts, pack, catalogue, months=9, draws=96), Asked(facts, pack, catalogue, months=9)) == ()


def test_changed_numbers_are_found_out() -> None:
    """Fewer hours, a greater bound, other parameters, another seed or another order of habits do not stand."""
    found = planned()
    proof = proof_of(found)
    assert proof.objective == "least_effort"
    assert proof.best > 1.0
    assert failures(tampered(found, best=proof.best - 1.0), ASKED) == ("best",)
    assert failures(tampered(found, bound=proof.bound + 1.0), ASKED) == ("bound",)
    assert failures(tampered(found, parameter_hash="0" * 64), ASKED) == ("parameters",)
    assert failures(tampered(found, hits=proof.draws), ASKED) == ("best",)
    assert failures(tampered(found, considered=("nothing", *proof.considered)), ASKED) == ("considered",)
    assert failures(tampered(found, considered=proof.considered[:1]), ASKED)
    assert failures(tampered(found, hits=0, bound=0.0, best=0.0), ASKED) == ("best",)


def test_a_chance_that_is_made_up_is_found_out() -> None:
    """Neither a greater chance than the steps bring nor a bound below what some set brings stands."""
    found = planned(30_000.0, 20.0)
    proof, asked = proof_of(found), replace(ASKED, effort=20.0)
    assert proof.objective == "greatest_chance"
    assert proof.best > 0.05
    assert failures(tampered(found, best=proof.best + 0.05), asked) == ("best",)
    assert failures(tampered(found, bound=proof.best - 0.05), asked) == ("bound",)


def test_changed_steps_are_found_out() -> None:
    """A step left out, moved, doubled or made up does not stand."""
    found = planned()
    first, *rest = found.plan
    assert "best" in failures(replace(found, plan=tuple(rest)), ASKED)
    assert "steps" in failures(replace(found, plan=(replace(first, start_month=9), *rest)), ASKED)
    assert "steps" in failures(replace(found, plan=(first, *found.plan)), ASKED)
    assert "steps" in failures(replace(found, plan=(replace(first, action="magic"), *rest)), ASKED)


def test_where_nothing_is_claimed_nothing_fails() -> None:
    """A plan that only reduces debt has no certificate to doubt."""
    gated = Facts(Kind.PERSON, {"overdue_now": True})
    assert failures(plan(gated, JIEBEI, CATALOGUE), replace(ASKED, facts=gated)) == ()
