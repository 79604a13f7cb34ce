"""Which question about a fallen line tells most for the seconds it takes: expected information by entropy."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeAlias, get_args

from simulator.causes import CauseModel, RestoreModel
from simulator.evidence import Evidence, evidence_of, posterior
from simulator.signs import Lost, Page, Seen, means_name
from simulator.vocabulary import Facts

_LEAST_GAIN = 0.02  # bits; less than this is not worth anybody's time
_SIMPLE = {
    "overdue": "overdue_now",
    "frequent_draws": "draws_per_month",
    "prepaid": "repaid_early",
    "anomaly": "anomaly_flag",
    "identity_change": "identity_changes_3m",
    "lender_change": "lender_changed",
    "business_account": "business_account_opened",
}


Answer: TypeAlias = tuple[Evidence, Mapping[str, float]]


class Question(NamedTuple):
    """Something unknown: what to ask for first, the seconds all of it takes, and its answers with their chances."""

    name: str
    seconds: float
    answers: tuple[Answer, ...]


def next_question(facts: Facts, seen: Seen, model: RestoreModel) -> str | None:
    """The name of the unknown fact or sign with the most bits per second, or None where none tells anything."""
    evidence = evidence_of(facts, seen)
    now = posterior(evidence, model)
    gains = [(_gain(question, now, model), question) for question in _questions(facts, seen, evidence, model)]
    worth = [(gain / question.seconds, question.name) for gain, question in gains if gain >= _LEAST_GAIN]
    return max(worth)[1] if worth else None


def _gain(question: Question, now: Mapping[str, float], model: RestoreModel) -> float:
    left = 0.0
    for evidence, chances in question.answers:
        chance = sum(now[cause] * chances[cause] for cause in now)
        left += chance * _entropy(posterior(evidence, model))
    return _entropy(now) - left


def _entropy(chances: Mapping[str, float]) -> float:
    return -sum(chance * math.log2(chance) for chance in chances.values() if chance > 0.0)


def _questions(facts: Facts, seen: Seen, evidence: Evidence, model: RestoreModel) -> Iterator[Question]:
    for cause in model.causes:
        if cause.condition is not None and evidence.conditions[cause.condition] is None:
            names = _unknown_names(cause.condition, facts)
            yield _question(names, _condition_answers(cause, cause.condition, evidence, model), model)
    if evidence.page is None:
        yield _question(("page_says",), _page_answers(evidence, model), model)
    amounts = tuple(name for name in ("available_line", "line_before") if getattr(seen, name) is None)
    if amounts:
        yield _question(amounts, _lost_answers(evidence, model), model)
    if evidence.after_repayment is None:
        yield _question(("repaid",), _repayment_answers(evidence, model), model)


def _question(names: tuple[str, ...], answers: Iterator[Answer], model: RestoreModel) -> Question:
    return Question(names[0], sum(model.seconds[name] for name in names), tuple(answers))


def _unknown_names(condition: str, facts: Facts) -> tuple[str, ...]:
    """What must be told before a condition is known, easiest first."""
    if condition == "heavy_debt_service":
        needed = ("monthly_debt_service", means_name(facts))
        return tuple(name for name in needed if not facts.known(name)) or ("gross_margin",)
    return (_SIMPLE[condition],)


def _condition_answers(cause: CauseModel, condition: str, evidence: Evidence, model: RestoreModel) -> Iterator[Answer]:
    """Yes and no: whoever is struck by a cause meets its condition; among others it is as common as ever."""
    usual = cause.prevalence.value
    chances = {other.id: 1.0 if other.id == cause.id else usual for other in model.causes}
    for holds in (True, False):
        then = replace(evidence, conditions={**evidence.conditions, condition: holds})
        yield then, {name: chance if holds else 1.0 - chance for name, chance in chances.items()}


def _page_answers(evidence: Evidence, model: RestoreModel) -> Iterator[Answer]:
    for page in get_args(Page):
        yield replace(evidence, page=page), {cause.id: cause.page[page] for cause in model.causes}


def _lost_answers(evidence: Evidence, model: RestoreModel) -> Iterator[Answer]:
    for lost in get_args(Lost):
        yield replace(evidence, lost=lost), {cause.id: cause.lost[lost] for cause in model.causes}


def _repayment_answers(evidence: Evidence, model: RestoreModel) -> Iterator[Answer]:
    for came in (True, False):
        chances = {cause.id: cause.after_repayment for cause in model.causes}
        then = replace(evidence, after_repayment=came)
        yield then, {name: chance if came else 1.0 - chance for name, chance in chances.items()}
