"""Quick turns: which arrivals take hardly any time, as far as can be told without the conversation."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue.messages import Arrival
from knowledge.library import Library

_VERBS = frozenset({"pick", "back", "skip", "consent", "age", "goal", "menu", "language", "edit", "review", "no"})
_COMMANDS = frozenset({"start", "menu", "help", "cancel"})
"""Verbs and bare commands whose turns end at a card nearly always: nothing is simulated and no text is looked up."""

_SHORT = 16
"""Characters of a typed answer; a question in one's own words is longer."""


def ends_at_a_card(arrival: Arrival, library: Library) -> bool:
    """Whether this shows a card: presses and commands that do, and typed words that are a choice's or hold a figure."""
    if arrival.public or arrival.due is not None:
        return False
    if arrival.action is not None:
        return arrival.action.partition(":")[0] in _VERBS
    if arrival.command is not None:
        return arrival.command in _COMMANDS and not arrival.text
    words = (arrival.text or "").strip()
    return len(words) <= _SHORT and (any(map(str.isdigit, words)) or words in _labels(library))


@lru_cache(maxsize=4)
def _labels(library: Library) -> frozenset[str]:
    """What the quick choices of all questions say."""
    every = (choice.label for question in library.questions.values() for choice in question.choices)
    return frozenset(words for label in every for words in (label.zh, label.en))
