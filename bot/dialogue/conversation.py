"""All that one conversation remembers: who agreed to what, every answer with its time and source, and the goal."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from bot.dialogue.messages import Plain

Language = Literal["zh", "zh-hant", "en"]
Source = Literal["said", "pressed", "confirmed", "skipped", "kept"]


class Answer(Plain):
    """One answer: its value in the fact's unit (None when skipped), the range it was given as, when, and how."""

    value: bool | float | str | None
    low: float | None = None
    high: float | None = None
    at: dt.datetime
    source: Source


class Doubt(Plain):
    """A reading that waits for a yes: which question, the value it would become, and how it was read."""

    question: str
    value: bool | float | str
    low: float | None = None
    high: float | None = None
    read_as: str


class Conversation(Plain):
    """The state of one conversation; the next card is computed from it and never stored.

    ``answers`` holds every answer ever given by question id, also those off the current path; ``focus`` is a
    question the person chose to change; ``failures`` counts readings of the current card that failed in a row.
    """

    id: str
    language: Language = "zh"
    language_chosen: bool = False
    consent_at: dt.datetime | None = None
    refused_at: dt.datetime | None = None
    adult: bool | None = None
    goal: str | None = None
    answers: dict[str, Answer] = {}
    focus: str | None = None
    doubt: Doubt | None = None
    failures: int = 0
    revision: int = 0
    reviewing: bool = False
    paused_by: str | None = None
    shown: str | None = None
    ticked: tuple[str, ...] = ()
    seed: int = 1
