"""Lints of figures: every number stands in a cited fact or in the record's own data, or says how it was derived."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from knowledge.checking_words import CODE, shelf_of, words_of
from knowledge.entries import ActionEntry, Article, Case, CauseEntry, Guard, Words
from knowledge.entries_of_groups import Quiz, Ready
from knowledge.library import Library
from knowledge.own_figures import CONSTANTS, HOTLINES
from knowledge.problems import Problem
from simulator.vocabulary import FactValue

Record = TypeVar("Record", Article, ActionEntry, Case, CauseEntry, Guard, Quiz, Ready)

_ORDINAL = re.compile(r"^ *\d+\. ", re.MULTILINE)
_ON_THE_HOUR = re.compile(r"(?<=\d):00\b")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_EXAMPLES = ("spoken.", "help.")
"""Phrases that say how people may type, with made-up numbers."""
_COUNTED_IN = (1.0, 10_000.0, 0.01, 12.0)
"""How a value is written: as it is, in ten thousands, in per cent, in years instead of months."""


def check_figures(library: Library) -> Iterator[Problem]:
    """Numbers in the words of articles, actions, cases, causes, guards and phrases that come from nowhere."""
    yield from _shelf(library, "articles", library.articles, lambda article: set(article.derived))
    yield from _shelf(library, "actions", library.actions, _of_action)
    yield from _shelf(library, "cases", library.cases, _of_case)
    yield from _shelf(library, "causes", library.causes, lambda _: set())
    yield from _shelf(library, "guards", library.guards, lambda _: set())
    yield from _shelf(library, "quizzes", library.quizzes, lambda _: set())
    yield from _shelf(library, "ready", library.ready, lambda _: set())
    own = HOTLINES.keys() | CONSTANTS.keys()
    for key in sorted(library.phrases.keys("zh") & library.phrases.keys("en")):
        if not key.startswith(_EXAMPLES):
            words = Words(library.phrases.written("zh", key), library.phrases.written("en", key))
            yield from _beyond(own, shelf_of(key), key, words, "which is no constant of the house")


def numbers_in(text: str) -> frozenset[str]:
    """Every number in some words in one spelling: without commas, leading zeros, or the minutes of a full hour."""
    plain = _ON_THE_HOUR.sub("", _ORDINAL.sub("", CODE.sub(" ", text)))
    return frozenset(_spelled(mark.replace(",", "")) for mark in _NUMBER.findall(plain))


def _spelled(mark: str) -> str:
    whole, dot, rest = mark.partition(".")
    return f"{whole.lstrip('0') or '0'}{dot}{rest}"


def _shelf(
    library: Library, shelf: str, records: Mapping[str, Record], own: Callable[[Record], set[str]]
) -> Iterator[Problem]:
    ending = "md" if shelf == "articles" else "yaml"
    for name, record in records.items():
        grounds = HOTLINES.keys() | own(record) | _cited(library, record.facts)
        for field, words in words_of(record):
            yield from _beyond(grounds, f"{shelf}/{name}.{ending}", field, words, "which no cited fact says")


def _beyond(grounds: Iterable[str], file: str, field: str, words: Words, why: str) -> Iterator[Problem]:
    for language, text in zip(Words._fields, words, strict=True):
        for mark in sorted(numbers_in(text).difference(grounds)):
            yield Problem(file, f"{field}.{language}", f"says {mark}, {why}")


def _cited(library: Library, names: Iterable[str]) -> set[str]:
    cited = [library.facts[name] for name in names if name in library.facts]
    told = [(*fact.statement, fact.source_title, fact.source_title_en, fact.published) for fact in cited]
    reserved = [tuple(fact.note) for fact in cited if fact.note is not None]
    return {mark for texts in (*told, *reserved) for text in texts for mark in numbers_in(text)}


def _of_action(entry: ActionEntry) -> set[str]:
    effects = entry.action.effects
    sizes = (value for effect in effects for value in (effect.amount, effect.low, effect.high))
    times = (value for effect in effects for value in (effect.delay_months, effect.over_months))
    return _written((*sizes, *times))


def _of_case(case: Case) -> set[str]:
    figures = case.figures
    foreseen = () if figures is None else (figures.months, figures.p10, figures.p50, figures.p90)
    return _written((*case.situation.values(), *foreseen))


def _written(values: Iterable[FactValue]) -> set[str]:
    amounts = [float(value) for value in values if not isinstance(value, bool | str)]
    counted = (amount / unit for amount in amounts for unit in _COUNTED_IN)
    return {f"{value:.4f}".rstrip("0").rstrip(".") for value in counted}
