"""Any order and number of deliveries: the state is the one of once-in-order, for plans that Hypothesis makes up."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.faults.orders import PLANS
from tests.faults.people import WEIGHTS
from tests.faults.plan import Act, Plan
from tests.faults.simulation import faults_of_plan


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=PLANS)
def test_any_order_of_delivery_gives_the_state_of_once_in_order(plan: Plan) -> None:
    """Doubled, swapped and delayed updates, two devices and pasted answers: each counts once, in its place."""
    assert faults_of_plan(plan) == []


def test_two_hundred_chats_at_once() -> None:
    """Two hundred people who all press within a second are all served, each in order, none with another's card."""
    people = tuple((("zh-hans", "en")[nth % 2], True) for nth in range(200))
    acts = tuple(Act(0.003, nth, "press") for nth in range(200))
    assert faults_of_plan(Plan(7, people, acts, rates={"slow": 0.01})) == []


def test_the_kinds_that_are_drawn_exist() -> None:
    """What Hypothesis draws is what people can do."""
    assert set(WEIGHTS) >= {"press", "tap twice", "two devices", "press old", "paste", "say twice", "type a label"}
