"""Lints of single records against the vocabulary: questions, actions, cases, facts and guards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from knowledge.cases import FEWEST_SHARED
from knowledge.entries import ActionEntry, Case, Choice, Fact, Guard, Question
from knowledge.entries_of_groups import Quiz, Ready
from knowledge.library import Library
from knowledge.lures import misjudged_lures
from knowledge.problems import Problem
from knowledge.watching import Watch
from simulator.actions import Effect
from simulator.vocabulary import FACTS, Facts, FactSpec, Kind, Unit
from simulator.vocabulary import Problem as Refusal

Record = TypeVar("Record")
Fault = tuple[str, str]

_HEARD: dict[Unit, frozenset[str]] = {
    Unit.YUAN: frozenset({"money"}),
    Unit.YUAN_PER_MONTH: frozenset({"money"}),
    Unit.MONTHS: frozenset({"duration", "count"}),
    Unit.DAYS: frozenset({"duration", "count"}),
    Unit.COUNT: frozenset({"count"}),
    Unit.SHARE: frozenset({"percent"}),
    Unit.RATIO: frozenset({"percent", "count"}),
    Unit.PER_YEAR: frozenset({"percent", "rate"}),
    Unit.POINTS: frozenset({"count"}),
    Unit.FLAG: frozenset({"flag"}),
    Unit.CHOICE: frozenset({"choice"}),
}


_NUMBERS = frozenset({"money", "percent", "count", "duration", "rate"})
"""What is heard as a number and so has bounds: its fact's, or its own."""

_FOR_EDITORS = re.compile(r"[A-Z]{2,3}-\d{2}|\b[\w-]+\.(?:com|cn|net|org)\b|https?:")
"""Ids of other facts and addresses say nothing to a reader."""


_FEWEST_OPTIONS, _MOST_OPTIONS = 2, 4
_LONGEST_QUESTION, _LONGEST_OPTION, _LONGEST_WHY = 300, 100, 200
_LONGEST_ID, _LONGEST_TITLE = 26, 40
"""How much of a quiz is read at a glance, and what the platform's polls take."""


def check_records(library: Library) -> Iterator[Problem]:
    """Problems inside single records."""
    yield from _each("questions", library.questions, _question)
    yield from _each("actions", library.actions, _action)
    yield from _each("cases", library.cases, _case)
    yield from _each("facts", library.facts, _fact)
    yield from _each("guards", library.guards, _guard)
    for said, got in misjudged_lures(library.lures):
        yield Problem("guards/scam_offers", "tried", f"{said} is taken for {got}")
    yield from _each("quizzes", library.quizzes, _quiz)
    yield from _each("ready", library.ready, _ready)


def _each(shelf: str, records: Mapping[str, Record], lint: Callable[[Record], Iterator[Fault]]) -> Iterator[Problem]:
    for name, record in records.items():
        for field, reason in lint(record):
            yield Problem(f"{shelf}/{name}", field, reason)


def _question(question: Question) -> Iterator[Fault]:
    if question.when is not None and not question.when.isidentifier():
        yield "when", f"{question.when} is not the name of a condition"
    if question.choices and not 2 <= len(question.choices) <= 6:
        yield "choices", "two to six choices would be right"
    for saying in _shared_sayings(question):
        yield "choices", f"{saying!r} is said of two choices; one of them would be right"
    if not question.effect.zh or not question.effect.en:
        yield "effect", "what a higher or lower answer does to the result would be right, in both languages"
    if question.fact is None and question.hear in _NUMBERS and None in (question.least, question.most):
        yield "least", "a number that fills no fact needs its bounds, least and most"
    if question.fact is not None and question.fact not in FACTS:
        yield "fact", f"{question.fact} is not a fact of the simulator"
    elif question.fact is not None:
        yield from _fills(question, FACTS[question.fact])


def _shared_sayings(question: Question) -> list[str]:
    """Sayings that stand for more than one choice."""
    told = Counter(saying for choice in question.choices for saying in set(choice.said))
    return sorted(saying for saying, times in told.items() if times > 1)


def _fills(question: Question, spec: FactSpec) -> Iterator[Fault]:
    for kind in question.kinds - spec.kinds:
        yield "kinds", f"{spec.name} does not apply to a {kind}"
    banded = question.hear == "choice" and bool(question.choices)
    if not banded and question.hear not in _HEARD[spec.unit]:
        yield "hear", f"was {question.hear}; {' or '.join(sorted(_HEARD[spec.unit]))} would be right for {spec.unit}"
    for at, choice in enumerate(question.choices):
        yield from ((f"choices[{at}]", reason) for reason in _choice(choice, spec))


def _choice(choice: Choice, spec: FactSpec) -> Iterator[str]:
    kind = min(spec.kinds)
    for value in (choice.value, choice.low, choice.high):
        told = Facts(kind).with_value(spec.name, value) if value is not None else None
        if isinstance(told, Refusal):
            yield told.message
    if isinstance(choice.value, str) or choice.low is None or choice.high is None:
        return
    if not choice.low <= choice.value <= choice.high:
        yield "low <= value <= high would be right"


def _action(entry: ActionEntry) -> Iterator[Fault]:
    for effect in entry.action.effects:
        yield from (("effect", reason) for reason in _effect(effect, entry.action.kinds))


def _case(case: Case) -> Iterator[Fault]:
    if len(case.situation) < FEWEST_SHARED:
        yield "situation", f"with fewer than {FEWEST_SHARED} facts nobody meets it"


def _effect(effect: Effect, kinds: frozenset[Kind]) -> Iterator[str]:
    spec = FACTS[effect.fact]
    for kind in kinds - spec.kinds:
        yield f"{effect.fact} does not apply to a {kind}"
    numeric = spec.unit not in {Unit.FLAG, Unit.CHOICE}
    if effect.how == "to" and numeric and not spec.low <= effect.low <= effect.high <= spec.high:
        yield f"{effect.low:g} to {effect.high:g} is outside {spec.low:g} to {spec.high:g}"


def _fact(fact: Fact) -> Iterator[Fault]:
    if fact.use == "caution" and fact.note is None:
        yield "note", "a fact of use caution needs its reservation in words"
    if fact.use == "caution" and fact.note is not None:
        for hit in _FOR_EDITORS.findall(f"{fact.note.zh} {fact.note.en}"):
            yield "note", f"readers see this reservation, and {hit} speaks to editors"


def _guard(guard: Guard) -> Iterator[Fault]:
    alone = Watch([guard])
    for name, expected in (("must", True), ("must_not", False)):
        sentences = guard.tried.get(name, ())
        if not sentences:
            yield f"tried.{name}", "sentences that show what it hears would be right"
        for said in sentences:
            if (alone.first(said) is not None) is not expected:
                yield f"tried.{name}", f"{said} is {'not ' if expected else ''}heard"


def _ready(one: Ready | Quiz) -> Iterator[Fault]:
    if len(one.id) > _LONGEST_ID:
        yield "id", f"at most {_LONGEST_ID} letters fit into a button"
    if max(map(len, one.title)) > _LONGEST_TITLE:
        yield "title", f"at most {_LONGEST_TITLE} letters can be read on a button"


def _quiz(quiz: Quiz) -> Iterator[Fault]:
    yield from _ready(quiz)
    if not _FEWEST_OPTIONS <= len(quiz.options) <= _MOST_OPTIONS:
        yield "options", f"{_FEWEST_OPTIONS} to {_MOST_OPTIONS} options would be right"
    if not 0 <= quiz.right < len(quiz.options):
        yield "right", "the place of one of the options, counted from 0, would be right"
    lengths = [("question", quiz.question, _LONGEST_QUESTION), ("why", quiz.why, _LONGEST_WHY)]
    lengths += [(f"options[{at}]", option, _LONGEST_OPTION) for at, option in enumerate(quiz.options)]
    for field, words, longest in lengths:
        if max(map(len, words)) > longest:
            yield field, f"at most {longest} letters fit into a poll"
    if not quiz.facts:
        yield "facts", "what is said to be right needs a fact behind it"
