"""Advice that nobody here may give: readable patterns, heard clause by clause, with the negations that excuse them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from knowledge.entries import Words
from knowledge.fields import patterns
from knowledge.sheets import Sheet

_CLAUSE = re.compile(r"[\u3002\uff01\uff1f\uff1b\n]|(?<=[.!?;])\s")
_LANGUAGES = ("zh", "en")


class BannedRule(NamedTuple):
    """One kind of banned advice: what is wrong about it and how it sounds in each language."""

    id: str
    reason: str
    sounds: Mapping[str, tuple[str, ...]]


class BannedAdvice(NamedTuple):
    """Every banned rule, the negations that turn a hit into a warning, and the sentences they were tried on."""

    rules: tuple[BannedRule, ...] = ()
    negations: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    must: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    must_not: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def heard(self, language: str, text: str) -> tuple[BannedRule, ...]:
        """The rules that some clause of the text breaks without negating it."""
        return tuple(self.rules[at] for at in _broken(*self._sounding(language), text))

    def heard_in_ours(self, language: str, text: str) -> tuple[BannedRule, ...]:
        """The same for the words of a library: most stay the same from check to check and are looked at once.

        What people write is never asked here, for the newest texts are kept in memory.
        """
        return tuple(self.rules[at] for at in _broken_by_ours(*self._sounding(language), text))

    def _sounding(self, language: str) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
        """How each rule sounds in a language, and what excuses it."""
        return tuple(rule.sounds.get(language, ()) for rule in self.rules), self.negations.get(language, ())


def read_advice(sheet: Sheet) -> BannedAdvice:
    """The banned advice on a sheet, with the sentences it was tried on."""
    tried = sheet.sheet("tried")
    must, must_not = tried.sheet("must"), tried.sheet("must_not")
    return BannedAdvice(
        rules=tuple(_rule(item) for item in sheet.sheets("rules")),
        negations=_patterns(sheet.sheet("negations")),
        must={language: must.texts(language) for language in _LANGUAGES},
        must_not={language: must_not.texts(language) for language in _LANGUAGES},
    )


def misjudged(advice: BannedAdvice) -> tuple[Words, ...]:
    """Tried sentences that the rules judge wrongly, each with why: the sentence stands in place of the Chinese."""
    missed = [
        Words(said, "has to be heard and is not")
        for language, sentences in advice.must.items()
        for said in sentences
        if not advice.heard(language, said)
    ]
    blamed = [
        Words(said, "is heard and must not be")
        for language, sentences in advice.must_not.items()
        for said in sentences
        if advice.heard(language, said)
    ]
    return (*missed, *blamed)


def _rule(sheet: Sheet) -> BannedRule:
    rule = BannedRule(sheet.text("id"), sheet.text("reason"), _patterns(sheet))
    sheet.close()
    return rule


def _patterns(sheet: Sheet) -> Mapping[str, tuple[str, ...]]:
    return {language: patterns(sheet, language) for language in _LANGUAGES}


def _broken(rules: tuple[tuple[str, ...], ...], negations: tuple[str, ...], text: str) -> tuple[int, ...]:
    """Which of the rules, each as it sounds, some clause of a text breaks."""
    clauses = [part for part in _CLAUSE.split(text) if part and not _sounds(negations, part)]
    return tuple(at for at, sounds in enumerate(rules) if any(_sounds(sounds, part) for part in clauses))


_broken_by_ours = lru_cache(maxsize=8192)(_broken)


def _sounds(sounds: tuple[str, ...], clause: str) -> bool:
    return any(pattern.search(clause) for pattern in _compiled(sounds))


@lru_cache(maxsize=256)
def _compiled(sounds: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Compiled once for all clauses: a check of the library reads tens of thousands of them."""
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in sounds)
