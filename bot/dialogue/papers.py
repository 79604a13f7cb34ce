"""Papers: the result that stands now as a report, a calendar or a spreadsheet, from the data its screens show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import JsonValue

from bot.dialogue.comparing import TwoOffers, two_offers
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import estimate
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Paper
from bot.dialogue.offering import asked_offer
from bot.dialogue.papers_budget import budget_content
from bot.dialogue.papers_calendar import calendar_content
from bot.dialogue.papers_causes import causes_report
from bot.dialogue.papers_cost import cost_report
from bot.dialogue.papers_offer import offer_content
from bot.dialogue.papers_report import estimate_report
from bot.dialogue.papers_sheet import sheet_content
from bot.dialogue.scene import Scene
from simulator.offers import CostQuestion

Form = Literal["report", "calendar", "sheet"]
_ENDINGS = {"report": "pdf", "calendar": "ics", "sheet": "xlsx"}
_CHECKED = frozenset({"assess", "plan"})


def stands(who: Conversation, scene: Scene) -> bool:
    """Whether a result stands that could go on paper: its interview is through, and checked where it has to be."""
    if who.goal is None or who.reviewing or next_question(who, scene.library) is not None:
        return False
    return who.goal not in _CHECKED or who.accepted or who.hurried


def report_of(who: Conversation, scene: Scene) -> Paper | None:
    """The report of the present result; None where nothing stands that has one."""
    if not stands(who, scene):
        return None
    if who.goal in _CHECKED:
        return _paper(who, "report", estimate_report(who, estimate(who, scene), scene).model_dump(mode="json"), scene)
    if who.goal == "diagnose":
        return _paper(who, "report", causes_report(who, scene).model_dump(mode="json"), scene)
    offer = asked_offer(who, scene) if who.goal == "cost" else None
    if not isinstance(offer, CostQuestion):
        return None
    return _paper(who, "report", cost_report(who, offer, scene).model_dump(mode="json"), scene)


def calendar_of(who: Conversation, scene: Scene) -> Paper | None:
    """The plan of the present result by date; None without a plan."""
    if who.goal not in _CHECKED or not stands(who, scene):
        return None
    found = estimate(who, scene)
    return _paper(who, "calendar", calendar_content(who, found, scene), scene) if found.plan.plan else None


def sheet_of(who: Conversation, scene: Scene) -> Paper | None:
    """The figures of the present result to go on with; None where nothing stands that has some."""
    if not stands(who, scene):
        return None
    if who.goal in _CHECKED:
        return _paper(who, "sheet", sheet_content(who, estimate(who, scene), scene), scene)
    content = budget_content(who, scene) if who.goal == "budget" else _offered(who, scene)
    return None if content is None else _paper(who, "sheet", content, scene)


def _offered(who: Conversation, scene: Scene) -> dict[str, JsonValue] | None:
    offers = _offers(who, scene)
    return offer_content(offers, scene.now.date()) if offers else None


def _offers(who: Conversation, scene: Scene) -> Sequence[CostQuestion]:
    if who.goal == "compare":
        both = two_offers(who, scene)
        return (both.first, both.second) if isinstance(both, TwoOffers) else ()
    asked = asked_offer(who, scene, "afford" if who.goal == "afford" else "cost")
    return (asked,) if isinstance(asked, CostQuestion) and who.goal in {"cost", "afford"} else ()


def _paper(who: Conversation, form: Form, content: dict[str, JsonValue], scene: Scene) -> Paper:
    name = f"limit-guide-{form}-{scene.now.date().isoformat()}.{_ENDINGS[form]}"
    caption = scene.say(who, f"document.{form}.caption")
    return Paper(form=form, name=name, language=who.language, caption=caption, content=content)
