"""Sources under an answer: every cited fact with who said it, when, and how good it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Scene
from knowledge.entries import Words


class SourceLine(NamedTuple):
    """One cited fact as shown: id, words, the source's title and day, the grade's name, the reservation (or empty)."""

    id: str
    statement: str
    title: str
    published: str
    grade: str
    note: str


def source_lines(who: Conversation, facts: Iterable[str], scene: Scene) -> tuple[SourceLine, ...]:
    """The cited facts that may be stated today, in the person's language; expired ones hide themselves."""
    shelf = scene.library.facts
    today = scene.now.date()
    current = (shelf[name] for name in dict.fromkeys(facts) if name in shelf)
    return tuple(
        SourceLine(
            fact.id,
            said(who, scene, fact.statement),
            said(who, scene, Words(fact.source_title, fact.source_title_en or fact.source_title)),
            fact.published,
            scene.say(who, f"grade.{fact.grade}"),
            said(who, scene, fact.note) if fact.note is not None and fact.use == "caution" else "",
        )
        for fact in current
        if fact.use != "no" and fact.current(today)
    )
