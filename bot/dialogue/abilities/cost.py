"""Cost: schedule, totals and yearly rates of an offer, against the ceiling that binds this kind of lender."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.cards import value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Button, Reply, Table
from bot.dialogue.offering import asked_offer
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn
from simulator.cost import cost
from simulator.offers import CostQuestion, Prepayment
from simulator.results import Cost

LONGEST_SHOWN = 36


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The cost of the offer that was answered, with its schedule."""
    question = asked_offer(who, scene)
    if not isinstance(question, CostQuestion):
        block = scene.text(who, "cost.unreadable", field=question)
        return (Reply(blocks=(block,), buttons=_ways_on(who, scene)),)
    found = cost(question)
    block = scene.text(who, "cost.result", **_figures(who, question, found, scene))
    return (Reply(blocks=(block, _schedule(who, found, scene)), buttons=_ways_on(who, scene)),)


def _figures(who: Conversation, question: CostQuestion, found: Cost, scene: Scene) -> dict[str, object]:
    method = scene.library.questions["cost_method"]
    after = max(1, question.months // 2)
    early = cost(replace(question, early=Prepayment(after=after, amount=None))).early if question.months > 1 else None
    return {
        "amount": question.amount,
        "months": question.months,
        "method": value_words(who, method, who.answers.get("cost_method"), scene),
        "received": found.received,
        "interest": found.total_interest,
        "fees": found.total_fees,
        "total": found.total_cost,
        "effective": found.irr_effective,
        "nominal": found.irr_nominal,
        "simple": found.simple_rate,
        "daily": found.daily_interest,
        "ceiling_rate": found.ceiling.rate,
        "binds": found.ceiling.binds,
        "early_after": after,
        "early_saved": None if early is None else early.interest_saved,
    }


def _schedule(who: Conversation, found: Cost, scene: Scene) -> Table:
    names = ("n", "date", "payment", "principal", "interest", "fee", "balance")
    rows = tuple(
        (str(i.n), f"{i.date}", *(f"{value:,.2f}" for value in (i.payment, i.principal, i.interest, i.fee, i.balance)))
        for i in found.schedule[:LONGEST_SHOWN]
    )
    header = tuple(scene.say(who, f"cost.{name}") for name in names)
    return Table(title=scene.say(who, "cost.schedule"), header=header, rows=rows, right=(2, 3, 4, 5, 6))


def _ways_on(who: Conversation, scene: Scene) -> tuple[tuple[Button, ...], ...]:
    return (
        (scene.button(who, "cost.again", "afresh:cost"), scene.button(who, "menu.afford", "goal:afford")),
        (scene.button(who, "menu.back", "menu:"),),
    )


def _afresh(who: Conversation, _argument: str, _scene: Scene) -> Turn:
    """Ask about another offer from the start; the other answers stay."""
    kept = {name: a for name, a in who.answers.items() if not name.startswith("cost_")}
    return open_goal(who.but(answers=kept), "cost")


ABILITY = Ability(name="cost", commands={"cost": _afresh}, verbs={"afresh": _afresh}, tell=tell)
