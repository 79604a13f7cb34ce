"""Probing why a line fell: a few signs first, then only the questions that tell the most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import get_args

from bot.dialogue.conversation import Answer
from knowledge.entries import Question
from simulator.diagnosing import diagnose
from simulator.results import Diagnosis
from simulator.signs import Page, Seen
from simulator.vocabulary import Facts, Kind, Problem, check_value

SIGNS = frozenset({"kind", "page_says", "days_since", "repaid", "repaid_early"})
"""What everybody is asked first: who, what the page says, since when, and whether it came with a repayment."""


def told_facts(kind: Kind, answers: Mapping[str, Answer], questions: Sequence[Question]) -> Facts:
    """The facts that some questions' answers tell; skipped or impossible values stay unknown."""
    told = {}
    for question in questions:
        answer = answers.get(question.id)
        if question.fact is None or answer is None or answer.value is None:
            continue
        checked = check_value(kind, question.fact, answer.value)
        if not isinstance(checked, Problem):
            told[question.fact] = checked
    return Facts(kind, MappingProxyType(told))


def seen_of(answers: Mapping[str, Answer]) -> Seen:
    """What was seen when the line fell, from the answers; what was skipped stays unknown."""
    return Seen(
        available_line=_number(answers, "available_line"),
        line_before=_number(answers, "line_before"),
        repaid=_number(answers, "repaid"),
        repaid_early=_flag(answers, "repaid_early"),
        days_since=_number(answers, "days_since"),
        page_says=_page(answers),
        lender_changed=_flag(answers, "lender_changed"),
        business_account_opened=_flag(answers, "business_account_opened"),
    )


def _value(answers: Mapping[str, Answer], name: str) -> bool | float | str | None:
    return answers[name].value if name in answers else None


def _number(answers: Mapping[str, Answer], name: str) -> float | None:
    value = _value(answers, name)
    return value if isinstance(value, float) else None


def _flag(answers: Mapping[str, Answer], name: str) -> bool | None:
    value = _value(answers, name)
    return value if isinstance(value, bool) else None


def _page(answers: Mapping[str, Answer]) -> Page | None:
    value = _value(answers, "page_says")
    return next((page for page in get_args(Page) if page == value), None)


def probe(kind: Kind, answers: Mapping[str, Answer], walk: Sequence[Question]) -> tuple[Question, ...]:
    """The questions of a diagnosis: the signs, those probed so far, and the next that tells enough, if any does."""
    extras = [question for question in walk if question.id not in SIGNS and question.id in answers]
    signs = [question for question in walk if question.id in SIGNS]
    if any(question.id not in answers for question in signs):
        return tuple(signs)
    found = diagnosis(kind, answers, walk)
    following = [question for question in walk if question.id == found.next_question and question.id not in answers]
    return (*signs, *extras, *following)


def diagnosis(kind: Kind, answers: Mapping[str, Answer], walk: Sequence[Question]) -> Diagnosis:
    """Causes ranked for the answers; only what was asked since the first sign counts as asked."""
    return diagnose(told_facts(kind, answers, walk), seen_of(answers), asked=probed(answers, walk))


def probed(answers: Mapping[str, Answer], walk: Sequence[Question]) -> int:
    """How many questions besides the signs have been answered since the first sign."""
    first = answers.get("page_says")
    extras = [answers[question.id] for question in walk if question.id not in SIGNS and question.id in answers]
    return 0 if first is None else sum(answer.at >= first.at for answer in extras)
