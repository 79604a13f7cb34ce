"""All that one conversation remembers: who agreed to what, every answer with its time and source, and the goal."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from bot.dialogue.followed import Following
from bot.dialogue.plain import Plain
from bot.dialogue.watched import Watched

Language = Literal["zh", "zh-hant", "en"]
Source = Literal["said", "pressed", "confirmed", "skipped", "kept"]

PRESENT_WORDS = 2
"""The number of the words of consent that whoever agrees now agrees to; a test knows each number's words."""

_APART = dt.timedelta(days=20)  # a line told anew sooner than this corrects the one before
_REPORTS = 36


class Answer(Plain):
    """One answer: its value in the fact's unit (None when skipped), the range it was given as, when, and how."""

    value: bool | float | str | None
    low: float | None = None
    high: float | None = None
    at: dt.datetime
    source: Source

    @property
    def exact(self) -> bool:
        """Whether this is a number above nothing that was told as such and not as a band."""
        number = isinstance(self.value, int | float) and not isinstance(self.value, bool) and self.value > 0
        return number and self.low == self.high


class Doubt(Plain):
    """A reading that waits for a yes: which question, the value it would become, how it was read, other readings."""

    question: str
    value: bool | float | str
    low: float | None = None
    high: float | None = None
    read_as: str
    others: tuple[bool | float | str, ...] = ()


class Report(Plain):
    """The line (yuan) as it was told at a moment, kept once a later one is told."""

    at: dt.datetime
    line: float


class Was(Plain):
    """How one answer stood before a change: its place in the order of telling and itself, or None where none was."""

    place: int = 0
    answer: Answer | None = None


class Change(Plain):
    """What it takes to put the interview back as it was: answers that differ, and every other field that is not bare.

    ``lines`` are the lines told in earlier months where the change touched them, None where it did not.
    """

    told: dict[str, Was] = Field(default_factory=dict)
    goal: str | None = None
    focus: str | None = None
    doubt: Doubt | None = None
    failures: int = 0
    hurried: bool = False
    accepted: bool = False
    reviewing: bool = False
    more: bool = False
    lines: tuple[Report, ...] | None = None


class Trial(Plain):
    """What is tried out beside the real answers: actions offered, those taken up, and facts times a factor."""

    offered: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    factors: dict[str, float] = Field(default_factory=dict)


class Conversation(Plain):
    """The state of one conversation; the next card is computed from it and never stored.

    ``answers`` holds every answer ever given by question id, also those off the current path; ``focus`` is a question
    the person chose to change; ``failures`` counts readings of the current card that failed in a row; ``hurried`` asks
    for the result before all questions, ``accepted`` says that the answers were checked, ``reviewing`` that they are
    being checked, ``more`` that the extra questions are wanted too; ``paused_by`` names the guard that suspended
    everything. ``consent_words`` numbers the words that were agreed to. ``shown`` is the revision of the newest card:
    buttons of older cards still answer, but do not go on from where the newest stands. ``lines`` are the lines told in
    earlier months, oldest first. ``trail`` holds what takes back the latest changes of the interview, newest last.
    ``trial`` is what is being tried out, ``kept`` the actions chosen for the own plan (none: the plan is searched),
    ``pictured`` the revision whose turn shows its result with a picture, ``dark`` that pictures are wanted dark.
    ``below`` is the revision of the newest message that took no other's place. ``asked_to`` is the grave step that was
    asked about and the revision at which a yes in words still means it. ``joining`` is the
    consultation that somebody answers for, ``filling`` what its card still needs, ``agreed`` in which consultations and
    when a card was agreed to. ``following`` holds the reminder, the
    ticks of the plan, and what was foretold. ``wondered`` is what was asked just before, blanked, in case that the
    answer does not help. ``quiet`` says that news for many people are not wanted.
    ``watched`` is what a group is protected by. ``aside`` says who gets the plain words typed, if it is not the
    dialogue: an adviser's "desk", or the adviser of the consultation of that id.
    """

    id: str
    language: Language = "zh"
    language_chosen: bool = False
    consent_at: dt.datetime | None = None
    consent_words: int = PRESENT_WORDS
    refused_at: dt.datetime | None = None
    adult: bool | None = None
    goal: str | None = None
    answers: dict[str, Answer] = Field(default_factory=dict)
    focus: str | None = None
    doubt: Doubt | None = None
    failures: int = 0
    hurried: bool = False
    accepted: bool = False
    reviewing: bool = False
    more: bool = False
    paused_by: str | None = None
    target: float | None = None
    revision: int = 0
    shown: int = 0
    lines: tuple[Report, ...] = ()
    following: Following = Field(default_factory=Following)
    trail: tuple[Change, ...] = ()
    trial: Trial = Field(default_factory=Trial)
    kept: tuple[str, ...] = ()
    pictured: int = -1
    asked_to: tuple[str, int] = ("", -1)
    dark: bool = False
    below: int = 0
    joining: str | None = None
    filling: tuple[str, ...] = ()
    agreed: tuple[tuple[str, dt.datetime], ...] = ()
    aside: str = ""
    wondered: str = ""
    quiet: bool = False
    watched: Watched = Field(default_factory=Watched)
    seed: int = 1

    def but(self, **changes: object) -> Conversation:
        """A new conversation with some fields changed; the old one never changes.

        Types are the type checker's to watch over, and the store's, which reads nothing unchecked: to check all
        fields again at each of a turn's dozen changes cost a tenth of the turn.

        Raises:
            TypeError: for a field that a conversation does not have.
        """
        if not changes.keys() <= _FIELDS:
            raise TypeError(f"a conversation has no {', '.join(sorted(changes.keys() - _FIELDS))}")
        return self.model_copy(update=changes)

    def answered(self, question: str, answer: Answer) -> Conversation:
        """A new conversation in which one question has been answered; the newest answer stands last.

        A line told exactly, of which another is told weeks later, is kept among ``lines``.
        """
        rest = {name: kept for name, kept in self.answers.items() if name != question}
        focus = None if self.focus == question else self.focus
        lines = self.lines + self._outdated(answer) if question == "current_line" else self.lines
        following = self._followed(answer) if question == "current_line" else self.following
        return self.but(
            answers={**rest, question: answer},
            focus=focus,
            doubt=None,
            failures=0,
            lines=lines[-_REPORTS:],
            following=following,
        )

    @property
    def due_at(self) -> dt.datetime | None:
        """When something falls due for this person though they say nothing; None where nothing may."""
        checkin = self.following.checkin
        return None if checkin is None or self.consent_at is None or not self.adult else checkin.due

    def _followed(self, answer: Answer) -> Following:
        """What was foretold, beside the line as it has turned out to be."""
        if isinstance(answer.value, bool) or not isinstance(answer.value, int | float):
            return self.following
        whole = answer.low is None or answer.high is None or answer.low == answer.high
        band = None if whole else (float(answer.low or 0.0), float(answer.high or 0.0))
        return self.following.told(float(answer.value), band, answer.at)

    def _outdated(self, answer: Answer) -> tuple[Report, ...]:
        before = self.answers.get("current_line")
        if before is None or answer.at - before.at < _APART or not (before.exact and answer.exact):
            return ()
        return (Report(at=before.at, line=float(before.value or 0.0)),)


_FIELDS = frozenset(Conversation.model_fields)
