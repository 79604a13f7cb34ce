"""Lints of what points where: facts cited, intents served, actions named, reviews in date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from knowledge.entries import Fact
from knowledge.library import Library
from knowledge.problems import Problem

REVIEW_DAYS = 365
"""An entry that nobody looked at for a year is stale: products and rules here change within months."""


def check_links(library: Library, today: dt.date) -> Iterator[Problem]:
    """Problems with what points where on a day."""
    yield from _citations(library, today)
    yield from _intents(library)
    yield from _reviews(library, today)
    yield from _actions(library)


def _citing(library: Library) -> Iterator[tuple[str, tuple[str, ...]]]:
    for article in library.articles.values():
        yield f"articles/{article.id}.md", article.facts
    shelves: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("actions", library.actions),
        ("cases", library.cases),
        ("causes", library.causes),
        ("guards", library.guards),
        ("quizzes", library.quizzes),
        ("ready", library.ready),
    )
    for shelf, records in shelves:
        for name, record in records.items():
            yield f"{shelf}/{name}.yaml", tuple(getattr(record, "facts", ()))


def _citations(library: Library, today: dt.date) -> Iterator[Problem]:
    for file, cited in _citing(library):
        for name in cited:
            fact = library.facts.get(name)
            if fact is None:
                yield Problem(file, "facts", f"there is no fact {name}")
            else:
                yield from _citable(file, fact, today)


def _citable(file: str, fact: Fact, today: dt.date) -> Iterator[Problem]:
    if fact.use == "no":
        yield Problem(file, "facts", f"{fact.id} must not be told as a fact")
    if not fact.current(today):
        yield Problem(file, "facts", f"{fact.id} held until {fact.valid_to}", grave=False)


def _intents(library: Library) -> Iterator[Problem]:
    for slug, intent in library.intents.items():
        file = f"intents/{slug}.yaml"
        if intent.in_scope and not library.entries_for(slug):
            yield Problem(file, "slug", "no article serves this intent")
        if intent.in_scope and intent.name is None:
            yield Problem(file, "name", "an intent in scope needs a short name for its button")
        if not intent.phrasings:
            yield Problem(file, "phrasings", "an intent needs its own phrasings")
    for article in library.articles.values():
        file = f"articles/{article.id}.md"
        if not article.intents:
            yield Problem(file, "intents", "nothing leads to this article")
        for slug in _missing(article.intents, library.intents):
            yield Problem(file, "intents", f"there is no intent {slug}")


def _reviews(library: Library, today: dt.date) -> Iterator[Problem]:
    for article in library.articles.values():
        age = (today - article.reviewed).days
        file = f"articles/{article.id}.md"
        if age > REVIEW_DAYS:
            yield Problem(file, "reviewed", f"nobody has looked at it for {age} days", grave=False)
        if age < 0:
            yield Problem(file, "reviewed", f"{article.reviewed} lies ahead")


def _actions(library: Library) -> Iterator[Problem]:
    for name, entry in library.actions.items():
        for field, others in (("needs", entry.action.needs), ("conflicts", entry.action.conflicts)):
            for other in _missing(others, library.actions):
                yield Problem(f"actions/{name}.yaml", field, f"there is no action {other}")
    for name, case in library.cases.items():
        for other in _missing(case.actions, library.actions):
            yield Problem(f"cases/{name}.yaml", "actions", f"there is no action {other}")


def _missing(names: Iterable[str], records: Mapping[str, object]) -> Iterator[str]:
    return (name for name in names if name not in records)
