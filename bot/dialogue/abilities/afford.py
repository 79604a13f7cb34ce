"""Afford: what this loan would add to all the others, and what a bad month would leave."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of
from bot.dialogue.messages import Reply
from bot.dialogue.offering import asked_offer
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn
from simulator.burden import SERVICE_LINE, burden, gate, monthly_means
from simulator.cost import cost
from simulator.offers import CostQuestion
from simulator.vocabulary import Facts, Problem


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The burden with and without the new loan, and in a bad month."""
    facts = facts_of(who, scene.library)
    payment = _payment(who, scene)
    heavier = _heavier(facts, payment)
    now, then = burden(facts), burden(heavier)
    means = monthly_means(facts)
    known = now.service_ratio is not None and then.service_ratio is not None and means is not None
    block = scene.text(
        who,
        "afford.result",
        ratio=now.service_ratio.high if known and now.service_ratio is not None else None,
        after=then.service_ratio.high if then.service_ratio is not None else None,
        payment=payment,
        line=SERVICE_LINE,
        bad=None if then.bad_month_left is None else then.bad_month_left.low,
        reserve=then.reserve_months,
        gate=gate(heavier),
    )
    row = (scene.button(who, "menu.cost", "goal:cost"), scene.button(who, "review.open", "edit:afford_amount"))
    back = (scene.button(who, "guard.debt_path", "goal:assess"),) if gate(heavier) else ()
    return (Reply(blocks=(block,), buttons=(row, (*back, scene.button(who, "menu.back", "menu:")))),)


def _payment(who: Conversation, scene: Scene) -> float:
    offer = asked_offer(who, scene, "afford")
    if not isinstance(offer, CostQuestion):
        return 0.0
    return max(float(line.payment + line.fee) for line in cost(offer).schedule)


def _heavier(facts: Facts, payment: float) -> Facts:
    changed = facts.with_value("monthly_debt_service", (facts.number("monthly_debt_service") or 0.0) + payment)
    return facts if isinstance(changed, Problem) or not facts.known("monthly_debt_service") else changed


def _afford(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    return open_goal(who, "afford")


ABILITY = Ability(name="afford", commands={"afford": _afford}, tell=tell)
