"""Cost: schedule, totals and yearly rates of an offer, against the ceiling that binds this kind of lender."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.cost_words import figures, full_table, rounded_term, short_table
from bot.dialogue.interview import path, value_of
from bot.dialogue.layers import Rows, at_result, layer, outdated
from bot.dialogue.messages import Button, Reply, Table
from bot.dialogue.offering import LEAST_WITH_INTEREST_FIRST, MOST_MONTHS, asked_offer
from bot.dialogue.opening import open_goal
from bot.dialogue.scene import Ability, Scene, Turn
from simulator.cost import cost
from simulator.offers import CostQuestion, Prepayment
from simulator.results import Early

PAGE = 12
"""Rows of a schedule on one screen."""

_TO_CHANGE = {
    "too_few_months": ("months", "method"),
    "no_rate": ("rate", "payment"),
    "payments": ("payment", "months", "amount"),
    "fees": ("fee_share", "fee_each"),
}


def tell(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """What the offer costs on one screen: totals, yearly rates, instalments, days, ceiling, and the ways deeper."""
    offer = asked_offer(who, scene)
    if not isinstance(offer, CostQuestion):
        return (unreadable(who, offer, "cost", scene),)
    found = cost(offer)
    term = rounded_term(who, "cost_months", scene)
    block = scene.text(who, "cost.result", term=term, **figures(who, offer, found, scene))
    return (Reply(blocks=(block, short_table(who, found, scene)), buttons=_ways_on(who, offer, scene), slot=CARD),)


def unreadable(who: Conversation, why: str, about: str, scene: Scene) -> Reply:
    """Why an offer cannot be worked out, in words, with a button to each question that may be at fault."""
    offers = ("afford", "cost") if about == "afford" else (about,)  # the rate is asked once for both
    names = [f"{offer}_{name}" for name in _TO_CHANGE.get(why, (why,)) for offer in offers]
    asked = {question.id for question in path(who, scene.library)}
    row = tuple(_change(who, name, scene) for name in names if name in asked)
    again = (scene.button(who, "cost.again", "afresh:cost"), scene.button(who, "menu.back", "menu:"))
    rows = (row, again) if row else (again,)
    untold = why in {"months", "amount"} and all(value_of(who, name) is None for name in names)
    block = scene.text(
        who, "cost.unreadable", why=why, untold=untold, least=LEAST_WITH_INTEREST_FIRST, longest=MOST_MONTHS
    )
    return Reply(blocks=(block,), buttons=rows, slot=CARD)


def _change(who: Conversation, name: str, scene: Scene) -> Button:
    label = scene.library.questions[name].label.said_in(who.language)
    return scene.button(who, "cost.change", f"edit:{name}", label=scene.library.phrases.in_script(who.language, label))


def _ways_on(who: Conversation, offer: CostQuestion, scene: Scene) -> Rows:
    periods = offer.months or len(offer.payments)
    deeper = [scene.button(who, "cost.rows", "rows:0")]
    if periods > 1:
        deeper.append(scene.button(who, "cost.early", "early:"))
    return (
        tuple(deeper),
        (scene.button(who, "cost.compare", "goal:compare"), scene.button(who, "menu.afford", "goal:afford")),
        paper_row(who, scene, offer),
        (scene.button(who, "cost.edit", "review:"), scene.button(who, "cost.again", "afresh:cost")),
        (scene.button(who, "menu.back", "menu:"),),
    )


def paper_row(who: Conversation, scene: Scene, *offers: CostQuestion) -> tuple[Button, ...]:
    """What may be kept of one offer or of two; a sheet needs rates that it can work with anew."""
    report = (scene.button(who, "papers.pdf", "pdf:"),) if len(offers) == 1 else ()
    reckoned = all(offer.method != "custom" for offer in offers)
    return (*report, scene.button(who, "papers.sheet", "sheet:")) if reckoned else report


def _rows(who: Conversation, argument: str, scene: Scene) -> Turn:
    """A page of the whole schedule."""
    offer = asked_offer(who, scene) if at_result(who, scene, "cost") else ""
    if not isinstance(offer, CostQuestion):
        return outdated(who, scene)
    rows = cost(offer).schedule
    last = (len(rows) - 1) // PAGE
    page = min(int(argument), last) if argument.isdecimal() and len(argument) < 4 else 0
    around = ((page - 1, "cost.rows_before"), (page + 1, "cost.rows_after"))
    turning = tuple(scene.button(who, key, f"rows:{n}") for n, key in around if 0 <= n <= last)
    table = full_table(who, rows[page * PAGE : (page + 1) * PAGE], scene)
    return layer(who, scene, table, rows=(turning,) if turning else ())


def _early(who: Conversation, _argument: str, scene: Scene) -> Turn:
    """What paying all off after some instalments would save."""
    offer = asked_offer(who, scene) if at_result(who, scene, "cost") else ""
    if not isinstance(offer, CostQuestion):
        return outdated(who, scene)
    found = [early for after in early_months(offer) if (early := _paid_off(offer, after)) is not None]
    if not found:
        return outdated(who, scene)
    rows = tuple((f"{e.after}", f"{e.date}", f"{e.amount:,.2f}", f"{e.saved:,.2f}") for e in found)
    header = tuple(scene.say(who, f"cost.{name}") for name in ("early_after", "date", "early_amount", "early_saved"))
    return layer(
        who,
        scene,
        scene.text(who, "cost.early_words"),
        Table(header=header, rows=rows, right=(0, 2, 3)),
    )


def early_months(offer: CostQuestion) -> tuple[int, ...]:
    """The instalments after which an early repayment is tried: a few months, and quarters of the term."""
    periods = offer.months or len(offer.payments)
    wanted = {1, 3, 6, periods // 4, periods // 2, periods * 3 // 4}
    return tuple(sorted(after for after in wanted if 0 < after < periods))


def _paid_off(offer: CostQuestion, after: int) -> Early | None:
    return cost(replace(offer, early=Prepayment(after=after, amount=None))).early


def _afresh(who: Conversation, argument: str, _scene: Scene) -> Turn:
    """Ask about an offer from the start; the other answers stay. ``second`` is the one compared with the first."""
    goal, about = ("compare", "second_") if argument == "second" else ("cost", "cost_")
    kept = {name: answer for name, answer in who.answers.items() if not name.startswith(about)}
    return open_goal(who.but(answers=kept), goal)


ABILITY = Ability(
    name="cost", commands={"cost": _afresh}, verbs={"afresh": _afresh, "rows": _rows, "early": _early}, tell=tell
)
