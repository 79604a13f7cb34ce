"""The report of what an offer costs: totals and yearly rates at a glance, the schedule, the ceiling and its source."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.cost_words import figures, full_table
from bot.dialogue.papers_parts import Figure, Headline, Part, Report, Words
from bot.dialogue.papers_report import answers, framed, sources
from bot.dialogue.scene import Scene
from simulator.cost import cost
from simulator.offers import CostQuestion
from simulator.results import Cost

LONGEST = 36
"""Rows of a schedule on paper; the spreadsheet has them all."""


def cost_report(who: Conversation, offer: CostQuestion, scene: Scene) -> Report:
    """What the screens say of the offer, with its schedule."""
    found = cost(offer)
    words = scene.say(who, "cost.result", term="", **figures(who, offer, found, scene) | {"sources": ()})
    cited = [found.ceiling.fact] if found.ceiling.fact else []
    parts: list[Part] = [
        _headline(who, found, scene),
        Words(markup=words),
        full_table(who, found.schedule[:LONGEST], scene),
        answers(who, scene),
        *((sources(who, cited, scene),) if cited else ()),
    ]
    return framed(who, parts, scene)


def _headline(who: Conversation, found: Cost, scene: Scene) -> Headline:
    shown = (("total", found.total_cost), ("received", found.received), ("interest", found.total_interest))
    amounts = [
        Figure(label=scene.say(who, f"document.report.{name}"), big=scene.say(who, "document.report.yuan", yuan=yuan))
        for name, yuan in shown
    ]
    rates = [
        Figure(label=scene.say(who, f"document.report.{name}"), big=scene.say(who, "document.report.share", share=rate))
        for name, rate in (("effective", found.irr_effective),)
        if rate is not None
    ]
    return Headline(figures=(*amounts, *rates), markup="")
