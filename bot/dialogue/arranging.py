"""The order of an interview's questions: what narrows the range most comes early, topic by topic as the author likes.

The order is a function of who borrows and of the line alone, by worths that were measured beforehand and stand with
the questions: working them out anew for every card would cost twenty times the whole turn and change next to nothing.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.entries import Question
from knowledge.library import Library
from knowledge.worths import worth_a_second, worth_place
from simulator.vocabulary import Kind

FIRST_ROUND = 4
"""The worthiest facts, asked before all others: with who borrows, five answers that make a useful range."""

_REMEMBERED = 128


@dataclass(frozen=True, slots=True)
class Agenda:
    """All questions of some goals in the order of asking, with the ids of the first round and of the main ones."""

    questions: tuple[Question, ...]
    first: frozenset[str] = frozenset()
    main: frozenset[str] = frozenset()


def agenda(library: Library, goals: frozenset[str], kind: Kind, line: float | None) -> Agenda:
    """What to ask in which order.

    An assessment begins with its first round: who borrows, and the worthiest facts. Then come its other main
    questions, then the extra ones; each in the author's order of topics, and within a topic by what the answers are
    worth for the seconds they take. Other goals keep the author's order.

    Args:
        library: where the questions stand.
        goals: the goals that count.
        kind: who borrows.
        line: the visible line in yuan, or None while it is unknown.
    """
    return _agenda(library, goals, kind, worth_place(kind, line))


@functools.lru_cache(_REMEMBERED)
def _agenda(library: Library, goals: frozenset[str], kind: Kind, place: int) -> Agenda:
    mine = [question for question in library.questions.values() if kind in question.kinds]
    if "assess" not in goals:
        own = [question for question in mine if question.goals & goals]
        return Agenda(tuple(sorted(own, key=lambda question: (question.order, question.id))))
    main = [question for question in mine if question.goals & (goals - {"assess_more"}) or kind in question.main_for]
    extra = [question for question in mine if question.goals & goals and question not in main]
    worths = {question.id: worth_a_second(question, kind, place) for question in mine}
    first = _first(main, worths)
    early = [question for question in _sorted(main, worths) if question.id in first]
    late = [question for question in _sorted(main, worths) if question.id not in first]
    return Agenda((*early, *late, *_sorted(extra, worths)), first, frozenset(question.id for question in main))


def _first(main: Sequence[Question], worths: Mapping[str, float]) -> frozenset[str]:
    facts = [question for question in main if question.fact is not None]
    best = sorted(facts, key=lambda question: (-worths[question.id], question.order, question.id))
    needed = (question.id for question in main if not question.skippable)
    return frozenset({*needed, *(question.id for question in best[:FIRST_ROUND])})


def _sorted(questions: Sequence[Question], worths: Mapping[str, float]) -> list[Question]:
    """Questions by topic, each topic in the place of its earliest question; what is no fact stands before the facts."""
    topics: dict[str, int] = {}
    for question in questions:
        topics[question.topic] = min(question.order, topics.get(question.topic, question.order))

    def place(question: Question) -> tuple[int, float, int, str]:
        worth = math.inf if question.fact is None else worths[question.id]
        return (topics[question.topic], -worth, question.order, question.id)

    return sorted(questions, key=place)
