"""The plan as plain data of a calendar: one event a step on a day of its own, and one to look back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator

from pydantic import JsonValue

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.estimate import Estimate
from bot.dialogue.scene import Scene
from simulator.results import PlanStep
from simulator.unit_periods import add_months

APART = 3
"""Days between steps that start in the same month: nobody begins three things on one morning."""

LOOK_AFTER = 3
"""Months after which a look back is worth it; most lines have not been reviewed before."""


def calendar_content(who: Conversation, found: Estimate, scene: Scene) -> dict[str, JsonValue]:
    """Events with day, title and words in the person's language; times are left to the one who writes the file.

    Titles carry no figures, and where the debts come first nothing of them. Every event keeps its ``uid`` as long as
    the consent it was made under, so that a calendar which has it already moves it instead of doubling it.
    """
    return {
        "name": scene.say(who, "document.calendar.name"),
        "made": scene.now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "events": [*_steps(who, found, scene), _look(who, scene)],
    }


def _steps(who: Conversation, found: Estimate, scene: Scene) -> Iterator[JsonValue]:
    begun: Counter[int] = Counter()
    for step in sorted(found.plan.plan, key=lambda step: step.start_month):
        after = dt.timedelta(days=1 + APART * begun[step.start_month])
        begun[step.start_month] += 1
        day = add_months(scene.now.date(), step.start_month) + after
        yield _event(who, step.action, day, _words(who, step, scene, discreet=found.gated), scene)


def _words(who: Conversation, step: PlanStep, scene: Scene, *, discreet: bool) -> tuple[str, str]:
    entry = scene.library.actions[step.action]
    what = said(who, scene, entry.title)
    title = "document.calendar.discreet_title" if discreet else "document.calendar.step_title"
    words = scene.say(
        who,
        "document.calendar.step",
        summary=said(who, scene, entry.summary),
        steps=said(who, scene, entry.steps),
        hours=step.effort_hours,
        money=step.money,
    )
    return scene.say(who, title, what=what), f"{what}\n\n{words}"


def _look(who: Conversation, scene: Scene) -> JsonValue:
    words = scene.say(who, "document.calendar.look_title"), scene.say(who, "document.calendar.look")
    return _event(who, "look", add_months(scene.now.date(), LOOK_AFTER), words, scene)


def _event(who: Conversation, name: str, day: dt.date, words: tuple[str, str], scene: Scene) -> JsonValue:
    way_out = scene.say(who, "document.calendar.way_out")
    return {"uid": _uid(who, name), "day": day.isoformat(), "title": words[0], "words": f"{words[1]}\n\n{way_out}"}


def _uid(who: Conversation, name: str) -> str:
    """A name for an event that is the same each time and tells nobody whose it is."""
    known = f"{who.id}|{who.consent_at}|{name}"
    return f"{hashlib.sha256(known.encode()).hexdigest()[:32]}@limit-guide"
