"""An estimate as plain data of a spreadsheet; for heavy debts a budget and a list of debts instead of any range."""

from __future__ import annotations

import datetime as dt

from pydantic import JsonValue

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.debt_screen import CITED
from bot.dialogue.estimate import Estimate
from bot.dialogue.estimate_sources import ALWAYS_CITED
from bot.dialogue.estimate_words import strongest
from bot.dialogue.papers_report import sources
from bot.dialogue.scene import Scene
from knowledge.figures import about
from simulator.burden import SERVICE_LINE
from simulator.results import PlanStep, Range
from simulator.unit_periods import add_months
from simulator.vocabulary import Facts


def sheet_content(who: Conversation, found: Estimate, scene: Scene) -> dict[str, JsonValue]:
    """Range by month, reasons, plan and sources, rounded as on the screens; where debts are heavy, none of a range."""
    plan = [_step(who, step, scene) for step in sorted(found.plan.plan, key=lambda step: step.start_month)]
    made: JsonValue = scene.now.date().isoformat()
    if found.gated:
        return {
            "made": made,
            "budget": _budget(who, found.facts, scene),
            "plan": [*plan],
            "sources": _sources(who, CITED, scene),
        }
    base = found.base
    note = scene.say(who, "document.sheet.estimate_note", day=scene.now.date(), seed=base.seed)
    return {
        "made": made,
        "note": note,
        "ahead": [_ahead(found, month) for month in range(len(base.line))],
        "reasons": [
            {
                "reason": scene.say(who, f"reason.{reason.code}"),
                "yuan": about(reason.yuan),
                "evidence": scene.say(who, f"evidence.{reason.grade}"),
            }
            for reason in strongest(base.reasons, len(base.reasons))
        ],
        "plan": [*plan],
        "sources": _sources(who, ALWAYS_CITED, scene),
    }


def _ahead(found: Estimate, month: int) -> JsonValue:
    planned = _ends(found.planned[month]) if found.planned else None
    return {"month": month, "without": _ends(found.base.line[month]), "with_plan": planned}


def _ends(ahead: Range) -> JsonValue:
    return [about(ahead.p10), about(ahead.p50), about(ahead.p90)]


def _step(who: Conversation, step: PlanStep, scene: Scene) -> JsonValue:
    entry = scene.library.actions[step.action]
    day = add_months(scene.now.date(), step.start_month) + dt.timedelta(days=1)
    return {
        "day": day.isoformat(),
        "action": said(who, scene, entry.title),
        "words": said(who, scene, entry.summary),
        "hours": round(step.effort_hours, 1),
        "money": step.money,
    }


def _sources(who: Conversation, facts: tuple[str, ...], scene: Scene) -> JsonValue:
    return [one.model_dump(mode="json", exclude={"note"}) for one in sources(who, facts, scene).cited]


def _budget(who: Conversation, facts: Facts, scene: Scene) -> JsonValue:
    """What was told of a month: income, this line's balance, and all other debts together."""
    told = (
        ("this_line", facts.number("used_balance"), None),
        ("all_others", facts.number("other_debt_balance"), facts.number("monthly_debt_service")),
    )
    debts: list[JsonValue] = [
        {"name": scene.say(who, f"document.sheet.{name}"), "balance": balance, "monthly": monthly}
        for name, balance, monthly in told
        if balance or monthly
    ]
    return {"income": facts.number("monthly_income"), "debts": debts, "line": SERVICE_LINE}
