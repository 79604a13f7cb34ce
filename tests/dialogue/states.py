"""Every state that a person may stand in: gates, the menu, each card, a doubt, the review, each result, each pause."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from bot.dialogue.choosing import TELLS
from bot.dialogue.conversation import Answer, Conversation, Doubt
from bot.dialogue.interview import next_question
from knowledge.entries import Question
from simulator.vocabulary import Kind
from tests.dialogue.cast import CAST, OFFER, SECOND, SEEN
from tests.journeys.walking import NOW, scene_now

GOALS = tuple(TELLS)
_LONGEST = 80


@cache
def states() -> dict[str, Conversation]:
    """All states by name."""
    found = dict(_gates())
    for goal in GOALS:
        for kind in Kind:
            found.update(_cards(goal, kind))
        found.update(_results(goal))
    for guard in scene_now().library.guards.values():
        if guard.suspends:
            found[f"paused by {guard.id}"] = _adult().but(goal="assess", paused_by=guard.id)
    return found


def results() -> dict[str, Conversation]:
    """The states that show a result."""
    return {name: who for name, who in states().items() if name.startswith("result")}


def _adult() -> Conversation:
    return Conversation(id="x", consent_at=NOW, adult=True)


def _gates() -> Iterator[tuple[str, Conversation]]:
    yield "consent", Conversation(id="x")
    yield "general knowledge", Conversation(id="x", refused_at=NOW)
    yield "age", Conversation(id="x", consent_at=NOW)
    yield "minor", Conversation(id="x", consent_at=NOW, adult=False)
    yield "menu", _adult()


def _cards(goal: str, kind: Kind) -> Iterator[tuple[str, Conversation]]:
    """Each card of an interview whose first choices are picked, with a doubt on the first card, and the review."""
    who = _adult().but(goal=goal)
    for _ in range(_LONGEST):
        question = next_question(who, scene_now().library)
        if question is None:
            break
        yield f"card {goal} {kind} {question.id}", who
        if question.hear == "money":
            doubt = Doubt(question=question.id, value=3.0, read_as="3", others=(30_000.0,))
            yield f"doubt {goal} {kind} {question.id}", who.but(doubt=doubt)
        who = who.answered(question.id, _first_answer(question, kind))
    yield f"review {goal} {kind}", who.but(reviewing=True)


def _first_answer(question: Question, kind: Kind) -> Answer:
    if question.id == "kind":
        return Answer(value=kind.value, at=NOW, source="pressed")
    value = question.choices[0].value if question.choices else False
    return Answer(value=value if isinstance(value, bool | str) else float(value), at=NOW, source="pressed")


def _results(goal: str) -> Iterator[tuple[str, Conversation]]:
    for person in CAST:
        yield f"result {goal} {person.name}", person.asking(goal, "zh", **{**OFFER, **SECOND, **SEEN})
