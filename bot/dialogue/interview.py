"""The interview without a cursor: what to ask next is computed from the goal and what is known."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from bot.dialogue.arranging import Agenda, agenda
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.predicates import PREDICATES
from bot.dialogue.probing import SIGNS, probe, probed, told_facts
from knowledge.entries import Question
from knowledge.library import Library
from simulator.burden import gate
from simulator.vocabulary import Facts, Kind

PRODUCTS = {Kind.PERSON: "jiebei", Kind.BUSINESS: "wangshang"}
"""Which policy pack speaks for whom."""


_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_YES = Answer(value=True, at=_NEVER, source="kept")

MOST_PROBES = 3
"""Questions that a diagnosis asks at most after the first signs."""


class Progress(NamedTuple):
    """How many questions may still come: at least, and at most over every way the answers may branch."""

    least: int
    most: int


def kind_of(who: Conversation) -> Kind:
    """Whether we talk with a person or a business; a person until told otherwise."""
    answer = who.answers.get("kind")
    return Kind.BUSINESS if answer is not None and answer.value == Kind.BUSINESS else Kind.PERSON


def goals_of(who: Conversation) -> frozenset[str]:
    """The goals whose questions count now: the goal itself, with its extra questions if they are wanted."""
    if who.goal is None:
        return frozenset()
    goals = {who.goal, "assess"} if who.goal == "plan" else {who.goal}
    return frozenset(goals | {"assess_more"}) if who.more and "assess" in goals else frozenset(goals)


def candidates(who: Conversation, library: Library) -> tuple[Question, ...]:
    """All questions of the goal for this kind of borrower, in the order of asking, whether on the path or not."""
    return _agenda(who, library).questions


def just_useful(who: Conversation, library: Library) -> bool:
    """Whether the first round of an assessment has been told in full and nothing since: a range is useful now.

    Not where the debts are too heavy to talk of a range.
    """
    asked = _agenda(who, library)
    if not asked.first or any(value_of(who, name) is None for name in asked.first):
        return False
    return asked.main.isdisjoint(who.answers.keys() - asked.first) and not gate(facts_of(who, library))


def _agenda(who: Conversation, library: Library) -> Agenda:
    line = value_of(who, "current_line")
    known = float(line) if isinstance(line, int | float) else None
    return agenda(library, goals_of(who), kind_of(who), known)


def path(who: Conversation, library: Library) -> tuple[Question, ...]:
    """The questions that count for the present answers; an answer off the path is kept but not used."""
    walk = tuple(q for q in candidates(who, library) if q.when is None or PREDICATES[q.when](who.answers))
    return probe(kind_of(who), who.answers, walk) if who.goal == "diagnose" else walk


def next_question(who: Conversation, library: Library) -> Question | None:
    """The card to show: the one chosen for change, else the first unanswered one on the path.

    While the answers are being checked nothing is asked but what was chosen; after a result that was asked for early,
    only what is being filled in for a consultation.
    """
    walk = path(who, library)
    chosen = next((q for q in walk if q.id == who.focus), None)
    if chosen is not None:
        return chosen
    if who.reviewing:
        return None
    open_ones = (q for q in walk if q.id not in who.answers and (not who.hurried or q.id in who.filling))
    return next(open_ones, None)


def complete(who: Conversation, library: Library) -> bool:
    """Whether every question on the path has an answer; one that is being changed counts as answered."""
    return all(question.id in who.answers or question.id == who.focus for question in path(who, library))


def progress(who: Conversation, library: Library) -> Progress:
    """How many questions may still come, the shown one included; the truth always lies within.

    An answer that is being changed counts as open. While nobody has said who borrows, both kinds count. A change on
    the way to a result that was asked for early, or while the answers are being checked with some of them open, is
    one card.
    """
    if who.focus is not None and (who.hurried or (who.reviewing and not complete(who, library))):
        further = _filled_in_after(who, library) if who.hurried else 0
        return Progress(1 + further, 1 + further)
    if who.hurried and who.filling:
        return Progress(_filled_in_after(who, library), _filled_in_after(who, library))
    now = who
    if who.focus in who.answers:
        now = who.but(answers={name: answer for name, answer in who.answers.items() if name != who.focus}, focus=None)
    if "kind" in now.answers or all(q.id != "kind" for q in candidates(now, library)):
        return _ahead(now, library)
    each = [_ahead(now.but(answers={**now.answers, "kind": _kind(kind)}), library) for kind in Kind]
    return Progress(min(one.least for one in each) + 1, max(one.most for one in each) + 1)


def _filled_in_after(who: Conversation, library: Library) -> int:
    """How many questions are to be filled in for a consultation, besides the one that was chosen."""
    return sum(q.id in who.filling and q.id not in who.answers and q.id != who.focus for q in path(who, library))


def _ahead(who: Conversation, library: Library) -> Progress:
    """What is on the path stays there however the rest is answered, for conditions only ever need one answer more."""
    walk = path(who, library)
    least = sum(q.id not in who.answers for q in walk)
    coming = _may_come(who, library)
    if who.goal == "diagnose":
        further = MOST_PROBES - probed(who.answers, walk)
        return Progress(least, max(sum(q.id in SIGNS for q in coming) + further, least))
    return Progress(least, len(coming))


def _kind(kind: Kind) -> Answer:
    return Answer(value=kind.value, at=_NEVER, source="kept")


def _may_come(who: Conversation, library: Library) -> list[Question]:
    """The questions without an answer that are asked if all of them are answered with a yes, which most of them may."""
    left = [q for q in candidates(who, library) if q.id not in who.answers]
    hoped = {**dict.fromkeys((q.id for q in left), _YES), **who.answers}
    return [q for q in left if q.when is None or PREDICATES[q.when](hoped)]


def answered_path(who: Conversation, library: Library) -> tuple[tuple[Question, Answer], ...]:
    """The questions on the path that have an answer, skipped ones included, in order."""
    return tuple((q, who.answers[q.id]) for q in path(who, library) if q.id in who.answers)


def last_answered(who: Conversation, library: Library) -> Question | None:
    """The question answered just before the shown one, for going back."""
    walk = {q.id: q for q in path(who, library)}
    trail = [name for name in who.answers if name in walk]
    if who.focus in trail:
        trail = trail[: trail.index(who.focus)]
    return walk[trail[-1]] if trail else None


def facts_of(who: Conversation, library: Library) -> Facts:
    """What the answers on the path say about the borrower, in the simulator's words; skipped means unknown."""
    return told_facts(kind_of(who), who.answers, path(who, library))


def value_of(who: Conversation, question: str) -> bool | float | str | None:
    """The plain answer to one question, or None where it was skipped or not asked."""
    answer = who.answers.get(question)
    return None if answer is None else answer.value
