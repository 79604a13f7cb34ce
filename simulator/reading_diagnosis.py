"""Accounts of a fallen line read from JSON documents, and diagnoses written as such."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast, get_args

from simulator.forms import Form
from simulator.reading import contradictions
from simulator.results import Cause, Diagnosis
from simulator.signs import Page, Seen, Story
from simulator.vocabulary import Facts, Kind, Problem

_KEYS = ("kind", "facts", "seen")
_MOST_YUAN = 1_000_000_000
_MOST_DAYS = 3650
_YUAN = ("available_line", "line_before", "repaid")
_FLAGS = ("repaid_early", "lender_changed", "business_account_opened")
_SEEN = (*_YUAN, *_FLAGS, "days_since", "page_says")


def read_diagnosis(document: object) -> Story | tuple[Problem, ...]:
    """An account as the contract writes it, every key optional, or everything that is wrong with it."""
    form = Form(document)
    form.only(_KEYS)
    kind = Kind(form.choice("kind", tuple(Kind))) if form.has("kind") else Kind.PERSON
    facts = _facts(form.part("facts"), Facts(kind)) if form.has("facts") else Facts(kind)
    seen = _seen(form.part("seen")) if form.has("seen") else Seen()
    return tuple(form.problems) or Story(facts, seen)


def diagnosis_document(diagnosis: Diagnosis, say: Callable[[str, str], str] = "{}.{}".format) -> dict[str, Any]:
    """A diagnosis as the contract writes it.

    ``say`` gives the words of a cause (its id first) for ``check`` and ``do``; by default their codes are written.
    """
    return {
        "causes": [_cause(cause, say) for cause in diagnosis.causes],
        "next_question": diagnosis.next_question,
    }


def _cause(cause: Cause, say: Callable[[str, str], str]) -> dict[str, Any]:
    return {
        "cause": cause.cause,
        "family": cause.family,
        "probability": round(cause.probability, 4),
        "for": list(cause.speaks_for),
        "against": list(cause.speaks_against),
        "check": say(cause.cause, "check"),
        "do": say(cause.cause, "do"),
    }


def _facts(form: Form, facts: Facts) -> Facts:
    for name, value in form.items():
        told = facts.with_value(name, value)
        if isinstance(told, Problem):
            form.note(told.code, name, told.message)
        else:
            facts = told
    for problem in contradictions(facts):
        form.note(problem.code, problem.field, problem.message)
    return facts


def _seen(form: Form) -> Seen:
    form.only(_SEEN)
    values: dict[str, Any] = {name: float(form.number(name, 0, _MOST_YUAN)) for name in _YUAN if form.has(name)}
    values |= {name: form.flag(name) for name in _FLAGS if form.has(name)}
    if form.has("days_since"):
        values["days_since"] = float(form.number("days_since", 0, _MOST_DAYS))
    if form.has("page_says"):
        values["page_says"] = cast("Page", form.choice("page_says", get_args(Page)))
    return Seen(**values)
