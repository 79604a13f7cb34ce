"""What editing never takes away: guards, consent, questions' meanings, phrases that the house says, and products."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.predicates import PREDICATES
from bot.publishing.editions import Edition
from knowledge.library import Library
from knowledge.problems import Problem

AGREED_TO = ("welcome.consent", "privacy.details")
"""The words that people agree to: who changes them has to ask everybody anew, which no editor can do."""


def unprotected(edition: Edition, shipped: Edition) -> Iterator[Problem]:
    """Everything that an edition takes from people that ships with the house."""
    yield from _guards(edition.library, shipped.library)
    yield from _words(edition.library, shipped.library)
    yield from _questions(edition.library, shipped.library)
    for slug in sorted(shipped.library.intents.keys() - edition.library.intents.keys()):
        yield Problem(f"intents/{slug}.yaml", "slug", "people ask for this; it cannot be left out")
    for product in shipped.packs.keys() - edition.packs.keys():
        yield Problem(f"policies/{product}.yaml", "product", f"{product} has no pack any more")
    for product, pack in edition.packs.items():
        if product in shipped.packs and pack.kind is not shipped.packs[product].kind:
            yield Problem(f"policies/{product}.yaml", "kind", "it stays as it ships")


def _guards(library: Library, shipped: Library) -> Iterator[Problem]:
    """Whoever was heard by a guard as it ships is heard by the same guard, or by a more urgent one."""
    for name, guard in shipped.guards.items():
        file = f"guards/{name}.yaml"
        mine = library.guards.get(name)
        if mine is None or mine.suspends is not guard.suspends:
            yield Problem(file, "suspends", "this protection stays")
            continue
        for cry in guard.tried["must"]:
            heard = library.watch.first(cry)
            if heard is None or heard.order > guard.order:
                yield Problem(file, "patterns", f"it does not hear: {cry}")
    for language, sentences in shipped.banned.must.items():
        for said in sentences:
            if not library.banned.heard(language, said):
                yield Problem("guards/banned_advice.yaml", "rules", f"it does not hear: {said}")


def _words(library: Library, shipped: Library) -> Iterator[Problem]:
    for language in ("zh", "en"):
        for key in sorted(shipped.phrases.keys(language) - library.phrases.keys(language)):
            yield Problem("phrases", f"{key}.{language}", "the house says this; it cannot be left out")
        for key in AGREED_TO:
            there = key in library.phrases.keys(language)
            if there and library.phrases.written(language, key) != shipped.phrases.written(language, key):
                yield Problem("phrases", f"{key}.{language}", "people have agreed to these words; a new release has to")


def _questions(library: Library, shipped: Library) -> Iterator[Problem]:
    for name, question in library.questions.items():
        file, before = f"questions/{name}.yaml", shipped.questions.get(name)
        if question.when is not None and question.when not in PREDICATES:
            yield Problem(file, "when", f"{question.when} is no condition that the dialogue knows")
        if before is None:
            continue
        for field in ("fact", "hear"):
            if getattr(question, field) != getattr(before, field):
                yield Problem(file, field, "answers that people gave mean what they meant; another id would be right")
