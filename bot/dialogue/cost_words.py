"""The words of what an offer costs: totals, instalments, days, the schedule, and the ceiling that binds."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.cards import value_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Table
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from simulator.offers import CostQuestion
from simulator.results import Cost, Instalment

DAYS = (1, 7, 30)
"""Spans of days whose interest is told while nothing is repaid yet."""

EXORBITANT = 1.0
"""A yearly cost from which no regular lender is known: all of the loan once more each year."""

LARGEST_SAID = 10.0
"""Yearly rates above ten times the loan tell nobody anything any more."""

_SHORT = 4
_FULL = ("n", "date", "payment", "principal", "interest", "fee", "balance")
_FEW = ("n", "payment", "interest", "balance")


def figures(who: Conversation, offer: CostQuestion, found: Cost, scene: Scene) -> dict[str, object]:
    """Everything that the first screen says of an offer, in yuan and in fractions a year."""
    payments = [row.payment for row in found.schedule]
    return {
        "amount": offer.amount,
        "months": offer.months or len(offer.payments),
        "method": method_words(who, offer, scene),
        "received": found.received,
        "interest": found.total_interest,
        "fees": found.total_fees,
        "total": found.total_cost,
        "effective": _sayable(found.irr_effective),
        "nominal": _sayable(found.irr_nominal),
        "simple": _sayable(found.simple_rate),
        "first": payments[0],
        "last": payments[-1],
        "level": len(payments) > 1 and abs(payments[0] - payments[-1]) < 1,
        "single": len(payments) == 1,
        "days": [(days, found.daily_interest * days) for days in DAYS if found.daily_interest],
        "exorbitant": found.irr_nominal is not None and found.irr_nominal >= EXORBITANT,
        **ceiling(who, found, scene),
    }


def _sayable(rate: float | None) -> float | None:
    return None if rate is None or rate > LARGEST_SAID else rate


def ceiling(who: Conversation, found: Cost, scene: Scene) -> dict[str, object]:
    """The ceiling for this kind of lender: its rate, what kind of rule it is, whether it is exceeded, its source."""
    known = found.ceiling
    cited = source_lines(who, [known.fact] if known.fact else [], scene)
    return {"ceiling_rate": known.rate, "nature": known.nature, "binds": known.binds, "sources": cited}


def method_words(who: Conversation, offer: CostQuestion, scene: Scene) -> str:
    """The way of repaying as its choice is labelled; payments told without a rate have words of their own."""
    if offer.method == "custom":
        return scene.say(who, "cost.as_told")
    choices = scene.library.questions["cost_method"].choices
    label = next(choice.label for choice in choices if choice.value == offer.method)
    return scene.library.phrases.in_script(who.language, label.said_in(who.language))


def rounded_term(who: Conversation, name: str, scene: Scene) -> str:
    """The term as it was told where the schedule counts it as another number of months, else empty."""
    answer = who.answers.get(name)
    if answer is None or not isinstance(answer.value, float) or answer.value == round(answer.value):
        return ""
    return value_words(who, scene.library.questions[name], answer, scene)


def short_table(who: Conversation, found: Cost, scene: Scene) -> Table:
    """The first rows of the schedule and its last, for a narrow screen."""
    rows = found.schedule
    shown = rows if len(rows) <= _SHORT else (*rows[: _SHORT - 1], rows[-1])
    title = scene.say(who, "cost.schedule_short" if len(shown) < len(rows) else "cost.schedule")
    return _table(who, title, shown, _FEW, scene)


def full_table(who: Conversation, rows: Sequence[Instalment], scene: Scene) -> Table:
    """Some rows of the schedule with all that is in them."""
    return _table(who, scene.say(who, "cost.schedule"), rows, _FULL, scene)


def _table(who: Conversation, title: str, rows: Sequence[Instalment], names: tuple[str, ...], scene: Scene) -> Table:
    header = tuple(scene.say(who, f"cost.{name}") for name in names)
    cells = tuple(tuple(_cell(row, name) for name in names) for row in rows)
    return Table(title=title, header=header, rows=cells, right=tuple(range(1 if names == _FEW else 2, len(names))))


def _cell(row: Instalment, name: str) -> str:
    value = getattr(row, name)
    return f"{value}" if name in {"n", "date"} else f"{value:,.2f}"
