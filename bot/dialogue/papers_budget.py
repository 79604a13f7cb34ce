"""A budget as plain data of a spreadsheet: the month and the debts as they were told, each with rate and payment."""

from __future__ import annotations

from pydantic import JsonValue

from bot.dialogue.budgeting import CITED, Budget, budget_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of
from bot.dialogue.papers_report import sources
from bot.dialogue.scene import Scene
from simulator.budgeting import Owed
from simulator.burden import SERVICE_LINE
from simulator.vocabulary import Facts


def budget_content(who: Conversation, scene: Scene) -> dict[str, JsonValue] | None:
    """Income, what living takes, and every debt in yuan a month; None where not even an income was told.

    Payments that come first stand in one row; what the repayments told hold beyond the debts that were named stands
    in another, so that nothing is counted twice and nothing is lost.
    """
    facts, told = facts_of(who, scene.library), budget_of(who, scene)
    income = facts.number("monthly_income") if told.month is None else told.month.means
    if income is None:
        return None
    cited: JsonValue = [one.model_dump(mode="json", exclude={"note"}) for one in sources(who, CITED, scene).cited]
    living = None if told.month is None else told.month.living or None
    debts: JsonValue = _debts(who, facts, told, scene)
    return {
        "made": scene.now.date().isoformat(),
        "budget": {"income": income, "living": living, "debts": debts, "line": SERVICE_LINE},
        "sources": cited,
    }


def _debts(who: Conversation, facts: Facts, told: Budget, scene: Scene) -> list[JsonValue]:
    service = facts.number("monthly_debt_service") or 0.0
    first = 0.0 if told.month is None else told.month.priority
    named = sum(one.payment for one in told.owed)
    rest = max(0.0, service - first - named)
    rows: list[JsonValue] = []
    line = facts.number("used_balance")
    if line:
        rows.append({"name": scene.say(who, "document.sheet.this_line"), "balance": line})
    if first:
        rows.append({"name": scene.say(who, "document.sheet.all_first"), "monthly": first, "first": True})
    rows.extend(_named(who, one, scene) for one in told.owed)
    if rest:
        name = "the_rest" if told.owed or first else "all_others"
        rows.append({"name": scene.say(who, f"document.sheet.{name}"), "monthly": rest})
    return rows


def _named(who: Conversation, one: Owed, scene: Scene) -> JsonValue:
    name = scene.say(who, "budget.debt", place=one.place)
    return {"name": name, "balance": one.balance, "monthly": one.payment or None, "rate": one.rate}
