"""Words that mean the same: many ways of typing one thing become one before the finder compares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from knowledge.fields import compiled, one_pattern
from knowledge.folding import fold
from knowledge.sheets import Sheet

_LONGEST = 500
_NOT = re.compile(r"\b(do|does|did|is|was|are|were|have|has|had|could|would|should)(?: ?n'?t)\b")
_CANNOT = re.compile(r"\bcan(?:'?t| not)\b")
_WILL_NOT = re.compile(r"\bwon'?t\b")
"""English refusals, which people type with an apostrophe, without it, or in full."""
_SPACE_BY_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")


class Synonyms(NamedTuple):
    """How questions are read: spellings made one, words without a topic, and ideas that many words share.

    ``names`` and ``folds`` map every variant to its canonical spelling: names before rules are tried, folds only
    where sentences are compared; ``silent`` words never count; ``concepts`` are named regular expressions.
    """

    names: Mapping[str, str]
    folds: Mapping[str, str]
    silent: tuple[str, ...]
    concepts: Mapping[str, str]


NO_SYNONYMS = Synonyms({}, {}, (), {})


class Reader:
    """Reads a question as the finder sees it: one spelling for everything that means the same."""

    def __init__(self, synonyms: Synonyms) -> None:
        """Compile all spellings and ideas once."""
        self._names, self._name = dict(synonyms.names), _any_of(synonyms.names)
        self._folds, self._fold = dict(synonyms.folds), _any_of(synonyms.folds)
        self._silent = _any_of(synonyms.silent)
        self._concepts = tuple((name, compiled(pattern)) for name, pattern in synonyms.concepts.items())

    def plain(self, question: str) -> str:
        """The question folded (case, width, script), names and refusals in full, without spaces beside Chinese."""
        text = _in_full(_SPACE_BY_HAN.sub("", fold(question[:_LONGEST])))
        return self._name.sub(lambda hit: self._names[hit[0]], text)

    def topical(self, plain: str) -> str:
        """Plain text with one way of saying each thing, less words without a topic unless there are no others."""
        said = self._fold.sub(lambda hit: self._folds[hit[0]], plain)
        return self._silent.sub("", said).strip() or said

    def concepts(self, plain: str) -> tuple[str, ...]:
        """Names of the ideas that plain text touches."""
        return tuple(name for name, pattern in self._concepts if pattern.search(plain))


def read_synonyms(sheet: Sheet) -> Synonyms:
    """The synonyms on a sheet, each spelling list under the word it stands for."""
    ideas = sheet.sheet("concepts")
    synonyms = Synonyms(
        names=_variants(sheet.sheet("names")),
        folds=_variants(sheet.sheet("folds")),
        silent=sheet.texts("silent"),
        concepts={name: one_pattern(ideas, name) for name in ideas.fields()},
    )
    sheet.close()
    return synonyms


def _in_full(text: str) -> str:
    straight = text.replace("\u2019", "'")
    return _WILL_NOT.sub("will not", _CANNOT.sub("cannot", _NOT.sub(r"\1 not", straight)))


def _variants(sheet: Sheet) -> Mapping[str, str]:
    return {fold(variant): name for name in sheet.fields() for variant in sheet.texts(name)}


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
