"""The budget as it was told: a month, the debts one by one where somebody wished to name them, and their words."""

from __future__ import annotations

from typing import NamedTuple

from bot.dialogue.cards import CARD
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of, path, value_of
from bot.dialogue.messages import Block, Reply, Table
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.budgeting import Month, Owed, dearest_first, month_of, months_to_clear, shares

MOST_DEBTS = 3
CITED = ("AD-04", "AD-05", "AD-06", "LI-08")
"""The order of the steps, what makes a debt a priority, and the right to ask for an extension."""

_PERIODS = {"day": 365.0, "month": 12.0, "year": 1.0}


class Budget(NamedTuple):
    """A month (None where too little is known) and the debts that were named."""

    month: Month | None
    owed: tuple[Owed, ...]


def budget_of(who: Conversation, scene: Scene) -> Budget:
    """The budget by the answers on the path; what was skipped counts as nothing."""
    living = _number(who, "afford_living") + _number(who, "afford_fixed")
    month = month_of(facts_of(who, scene.library), living, _number(who, "priority_payments"))
    asked = {question.id for question in path(who, scene.library)}
    owed = tuple(_owed(who, place) for place in range(1, MOST_DEBTS + 1) if f"debt{place}_balance" in asked)
    return Budget(month, tuple(one for one in owed if one.balance > 0.0))


def tell_budget(who: Conversation, scene: Scene) -> tuple[Reply, ...]:
    """The month as it is, a bad one, what can be offered to whom, and the order of repaying; never a raise."""
    month, owed = budget_of(who, scene)
    due = sum(one.payment for one in owed)
    payments = due if month is None else min(due, max(month.free, 0.0))  # a pace that the month does not bear is none
    clear = months_to_clear(owed, payments) if owed else None
    words = scene.text(
        who,
        "budget.screen",
        month=month,
        living=_told(who, "afford_living") or _told(who, "afford_fixed"),
        owed=len(owed),
        payments=payments,
        short=payments < due,
        clear=clear,
    )
    sources = scene.text(who, "folded.sources", facts=source_lines(who, CITED, scene))
    blocks: tuple[Block, ...] = (words, *((_table(who, month, owed, scene),) if owed else ()), sources)
    known = month is not None or facts_of(who, scene.library).known("monthly_income")
    sheet = (scene.button(who, "result.sheet", "sheet:"),) if known else ()
    buttons = (
        (scene.button(who, "debt.whom", "debt:whom"), scene.button(who, "review.open", "review:")),
        (scene.button(who, "result.lower", "goal:lower"), scene.button(who, "menu.afford", "goal:afford")),
        (*sheet, scene.button(who, "menu.back", "menu:")),
    )
    return (Reply(blocks=blocks, buttons=buttons, slot=CARD),)


def _table(who: Conversation, month: Month | None, owed: tuple[Owed, ...], scene: Scene) -> Table:
    """The debts, the dearest first, with what is due and what a short month could honestly offer."""
    ranked = dearest_first(owed)
    free = sum(one.payment for one in ranked) if month is None else month.free
    offers = shares(free, ranked)
    rows = tuple(
        (
            scene.say(who, "budget.debt", place=one.place),
            scene.say(who, "budget.yuan", yuan=one.balance),
            scene.say(who, "budget.rate", rate=one.rate),
            scene.say(who, "budget.yuan", yuan=one.payment),
            scene.say(who, "budget.yuan", yuan=offer),
        )
        for one, offer in zip(ranked, offers, strict=True)
    )
    header = tuple(scene.say(who, f"budget.{name}") for name in ("which", "balance", "yearly", "due", "offer"))
    return Table(title=scene.say(who, "budget.table"), header=header, rows=rows, right=(1, 2, 3, 4))


def _owed(who: Conversation, place: int) -> Owed:
    balance, payment = _number(who, f"debt{place}_balance"), _number(who, f"debt{place}_payment")
    return Owed(place, balance, payment, _yearly(who, f"debt{place}_rate"))


def _yearly(who: Conversation, question: str) -> float | None:
    value = value_of(who, question)
    if not isinstance(value, str):
        return None if value is None else float(value)
    number, _, period = value.partition("/")
    return float(number) * _PERIODS[period]


def _told(who: Conversation, question: str) -> bool:
    return value_of(who, question) is not None


def _number(who: Conversation, question: str) -> float:
    value = value_of(who, question)
    return float(value) if isinstance(value, int | float) else 0.0
