"""Standing: before which question a turn leaves a person, and in which language and edition it was asked, as codes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256

from bot.dialogue.conversation import Conversation
from bot.dialogue.scene import Note, Scene
from bot.dialogue.screens import open_question
from knowledge.library import Library

STEPS = ("answer", "skip", "back", "help", "missed", "doubt", "edit")
"""What may happen at a question; the detail of such a note begins with the question's id."""


def stands_at(who: Conversation, scene: Scene) -> str:
    """The question that is open after a turn, with language and edition; empty where none is, or nobody agreed."""
    question = None if who.consent_at is None else open_question(who, scene)
    return "" if question is None else f"{question.id} {who.language} {edition(scene.library)}"


def in_edition(notes: Iterable[Note], who: Conversation, scene: Scene) -> tuple[Note, ...]:
    """Notes of a turn, those of steps at a question with language and edition."""
    return tuple(
        Note(note.kind, f"{note.detail} {who.language} {edition(scene.library)}")
        if note.kind in STEPS and note.detail
        else note
        for note in notes
    )


@lru_cache(maxsize=4)
def edition(library: Library) -> str:
    """A short code that changes whenever the words, choices or order of any question do."""
    words = [
        said
        for question in library.questions.values()
        for text in (question.ask, *(choice.label for choice in question.choices))
        for said in (question.id, text.zh, text.en)
    ]
    return sha256("\n".join(words).encode()).hexdigest()[:6]
