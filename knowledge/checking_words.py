"""Lints of words: punctuation, scripts, both languages, banned advice."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping

from knowledge.advice import misjudged
from knowledge.entries import Choice, Words
from knowledge.library import Library
from knowledge.problems import Problem

_HAN = r"[\u3400-\u4dbf\u4e00-\u9fff]"
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|`[^`]*`|https?://\S+", re.DOTALL)
_HALF_WIDTH = re.compile(rf"{_HAN}[,;:?!()\"]|[,;:?!()\"]{_HAN}|{_HAN}\.(?:\s|$|{_HAN})")
_NAMED_IN_BRACKETS = re.compile(rf"\({_HAN}+\)")
_FOREIGN_IN_ENGLISH = re.compile(rf"{_HAN}+|[\u3000-\u303f\uff01-\uff5e]")
_HAN_MARK = re.compile(_HAN)
_TELLS_WHAT_NOT = frozenset({"avoid", "will_not", "risks"})
"""Fields that list what not to do: banned advice is named there on purpose."""
_OWN_NAMES = "language."
"""Phrases that call each language by its own name, whatever the reader's language."""
_SHELVES = ("facts", "questions", "actions", "articles", "cases", "causes", "intents", "guards", "quizzes", "ready")


def check_words(library: Library) -> Iterator[Problem]:
    """Problems of wording in every entry, phrase and reply."""
    for file, field, words in every_words(library):
        yield from _pair(file, field, words)
        if _advises(file, field):
            yield from _advice(library, file, field, words)
    for said, why in misjudged(library.banned):
        yield Problem("guards/banned_advice.yaml", "tried", f"{said} {why}")
    for key in library.phrases.keys("zh") ^ library.phrases.keys("en"):
        yield Problem("phrases", key, "is said in one language only")


def _advises(file: str, field: str) -> bool:
    """Whether words are said in our own name; a quiz says in its question and options what others say."""
    if file.startswith("quizzes"):
        return field == "why"
    return field.rsplit(".", 1)[-1] not in _TELLS_WHAT_NOT and not file.startswith(("facts", "intents"))


def every_words(library: Library) -> Iterator[tuple[str, str, Words]]:
    """Everything that is written in two languages: its file, its field and the words."""
    for shelf in _SHELVES:
        records: Mapping[str, object] = getattr(library, shelf)
        ending = "md" if shelf == "articles" else "yaml"
        for name, record in records.items():
            for field, words in words_of(record):
                yield f"{shelf}/{name}.{ending}" if shelf != "facts" else f"facts ({name})", field, words
    for file, key in sorted((shelf_of(key), key) for key in library.phrases.keys("zh") & library.phrases.keys("en")):
        yield file, key, Words(library.phrases.written("zh", key), library.phrases.written("en", key))


def shelf_of(key: str) -> str:
    """The shelf on which a phrase stands: the words of files apart from those of the conversation."""
    return "documents" if key.startswith("document.") else "phrases"


def words_of(record: object) -> Iterator[tuple[str, Words]]:
    """Everything in one record that is written in two languages: its field and the words."""
    for field in dataclasses.fields(record) if dataclasses.is_dataclass(record) else ():
        value = getattr(record, field.name)
        if isinstance(value, Words):
            yield field.name, value
        if field.name == "choices":
            choices: Iterable[Choice] = value
            yield from ((f"choices[{at}].label", choice.label) for at, choice in enumerate(choices))
        if field.name == "options":
            options: Iterable[Words] = value
            yield from ((f"options[{at}]", option) for at, option in enumerate(options))


def _pair(file: str, field: str, words: Words) -> Iterator[Problem]:
    zh, en = CODE.sub(" ", words.zh), CODE.sub(" ", words.en)
    for hit in _HALF_WIDTH.finditer(zh):
        yield Problem(file, f"{field}.zh", f"half-width mark in {_around(zh, hit)}")
    spoken = "" if field.startswith(_OWN_NAMES) else _NAMED_IN_BRACKETS.sub(" ", en)
    for hit in _FOREIGN_IN_ENGLISH.finditer(spoken):
        yield Problem(file, f"{field}.en", f"{hit[0]} is not English")
    if bool(words.zh) is not bool(words.en):
        yield Problem(file, field, "the words are there in one language only")
    if len(zh.strip()) > 12 and not _HAN_MARK.search(zh):
        yield Problem(file, f"{field}.zh", "the Chinese words are missing")


def _advice(library: Library, file: str, field: str, words: Words) -> Iterator[Problem]:
    for language, text in (("zh", words.zh), ("en", words.en)):
        for rule in library.banned.heard_in_ours(language, CODE.sub(" ", text)):
            yield Problem(file, f"{field}.{language}", f"{rule.id}: {rule.reason}")


def _around(text: str, hit: re.Match[str]) -> str:
    return " ".join(text[max(0, hit.start() - 6) : hit.end() + 6].split())
