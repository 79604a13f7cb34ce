"""What stands on the shelves: facts, questions, actions, articles, cases, causes, intents and guards."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.actions import Action
    from simulator.vocabulary import FactValue, Kind

Language = Literal["zh", "zh-hant", "en"]


class Words(NamedTuple):
    """The same words in both languages; Traditional is derived from Simplified when it is said."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """The words in one language; Traditional readers get the Simplified words, converted by the phrasebook."""
        return self.en if language == "en" else self.zh


NO_WORDS = Words("", "")
"""What stands where nothing was written."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sourced statement of the credit field: who said it, when, how good it is, and whether we may state it.

    ``note`` is the reservation with which a fact of use ``caution`` has to be told; ``notes`` are for editors.
    """

    id: str
    topic: str
    statement: Words
    source_title: str
    source_url: str
    published: str
    grade: Literal["official", "reputable_press", "vendor_page", "user_article", "seed_article"]
    use: Literal["ok", "caution", "no"]
    valid_from: str = ""
    valid_to: str = ""
    notes: str = ""
    source_title_en: str = ""
    note: Words | None = None

    def current(self, today: dt.date) -> bool:
        """Whether the fact still holds on a day; ``valid_to`` may be a year, a month or a day."""
        if not self.valid_to:
            return True
        last = (self.valid_to + "-12-31")[:10] if len(self.valid_to) == 4 else self.valid_to
        return today.isoformat()[: len(last)] <= last


@dataclass(frozen=True, slots=True)
class Choice:
    """A quick choice under a question: the value it stands for (a band carries low and high) and its label.

    ``said`` holds other ways in which people say it, folded.
    """

    value: FactValue
    label: Words
    low: float | None = None
    high: float | None = None
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One card of an interview: which fact it fills, how the answer is heard, and its words.

    ``hear`` is money, percent, count, duration, rate, date, flag or choice; ``when`` names a typed predicate of
    the dialogue that says whether the question is on the path; ``order`` is the author's comfortable order of topics.
    ``worth`` is what the answer is worth by kind (see ``knowledge.worths``); ``main_for`` names the kinds for which an
    extra question of an assessment is one of its main questions. ``effect`` says what a higher or lower answer does to
    the estimate; ``least`` and ``most`` bound a number that fills no fact, a rate as its fraction per year.
    ``adds_up`` says that several amounts told at once are parts of the sum that is asked for; ``never``
    holds sayings, folded, that what is asked about has never happened: then no number is read from them.
    """

    id: str
    fact: str | None
    goals: frozenset[str]
    kinds: frozenset[Kind]
    topic: str
    order: int
    hear: str
    label: Words
    ask: Words
    example: Words
    why: Words
    choices: tuple[Choice, ...] = ()
    when: str | None = None
    unit: str = ""
    effort_seconds: int = 10
    skippable: bool = True
    worth: Mapping[Kind, tuple[int, ...]] = field(default_factory=dict)
    main_for: frozenset[Kind] = frozenset()
    effect: Words = NO_WORDS
    least: float | None = None
    most: float | None = None
    never: tuple[str, ...] = ()
    adds_up: bool = False


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """Something a borrower can do: the simulator's view of it and the words for a plan."""

    id: str
    action: Action
    title: Words
    summary: Words
    steps: Words
    proof: Words
    risks: Words
    will_not: Words
    contract: Words
    ethics: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A guidance entry: short answer first, then why, what to do, what not to do, whom to call, and its facts.

    ``heard`` are regular expressions over plain text: what a question says that asks for this article rather than for
    the main one of the same intent. ``derived`` holds numbers that no cited fact says, each with how it was worked out.
    """

    id: str
    intents: tuple[str, ...]
    facts: tuple[str, ...]
    reviewed: dt.date
    title: Words
    short: Words
    why: Words
    todo: Words
    avoid: Words
    call: Words
    questions: tuple[int, ...] = ()
    ability: str | None = None
    heard: tuple[str, ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)


class Foreseen(NamedTuple):
    """What the simulator says of a case's profile that starts all its actions now: yuan after some months, rounded."""

    months: int
    p10: float
    p50: float
    p90: float
    seed: int


@dataclass(frozen=True, slots=True)
class Case:
    """A situation like the user's: a stated profile, what was done, how it went; always marked as an illustration.

    One that was ``gathered`` (ISO date) rests on what several people told and let become an example; it is marked so.
    """

    id: str
    kind: Kind
    situation: Mapping[str, FactValue]
    outcome: str
    fictional_source: bool
    title: Words
    story: Words
    lesson: Words
    actions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    figures: Foreseen | None = None
    gathered: str = ""


@dataclass(frozen=True, slots=True)
class CauseEntry:
    """Why a line fell or vanished: words for one cause of the simulator's diagnosis."""

    id: str
    family: str
    title: Words
    speaks_for: Words
    speaks_against: Words
    check: Words
    todo: Words
    wait: Words
    call: Words
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Intent:
    """What people want to know: its slug, its own phrasings, readable rules, and a short name for a button."""

    slug: str
    group: str
    phrasings: tuple[str, ...]
    phrasings_en: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    in_scope: bool = True
    name: Words | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """A protection that runs before any answer: what it hears, how urgent it is, and its reviewed reply."""

    id: str
    order: int
    suspends: bool
    patterns: tuple[str, ...]
    unless: tuple[str, ...]
    reply: Words
    facts: tuple[str, ...] = ()
    tried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
