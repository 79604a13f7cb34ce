"""From a sentence to what it asks for: intents, the entries that serve them, and how sure we are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypedDict

from knowledge.entries import Intent
from knowledge.synonyms import Synonyms

MOST_INTENTS = 8


class Finding(NamedTuple):
    """What was found for a question: intents and their scores, best first, and the entries that serve them."""

    in_scope: bool
    intents: tuple[tuple[str, float], ...]
    entries: tuple[str, ...]
    score: float
    unsure: bool


class Finder:
    """Finds the nearest intents of a question by its characters, offline, in well under a millisecond."""

    def __init__(
        self,
        weights: Mapping[str, Mapping[str, float]],
        outside: frozenset[str],
        synonyms: Synonyms,
        serves: Mapping[str, tuple[str, ...]],
    ) -> None:
        """``weights`` holds for every feature its weight in each intent; ``outside`` are intents out of scope."""
        self._weights = weights
        self._outside = outside
        self._synonyms = synonyms
        self._serves = serves

    def find(self, question: str) -> Finding:
        """What the question asks for; ``unsure`` when the second best is near."""
        scores: defaultdict[str, float] = defaultdict(float)
        for feature, count in features(self._synonyms.folded(question)).items():
            for slug, weight in self._weights.get(feature, {}).items():
                scores[slug] += weight * count
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
        if not ranked:
            return Finding(in_scope=False, intents=(), entries=(), score=0.0, unsure=True)
        inside = [(slug, score) for slug, score in ranked if slug not in self._outside][:MOST_INTENTS]
        entries = dict.fromkeys(name for slug, _ in inside for name in self._serves.get(slug, ()))
        best = ranked[0][1]
        unsure = len(inside) > 1 and inside[1][1] > 0.8 * inside[0][1]
        return Finding(ranked[0][0] not in self._outside, tuple(inside), tuple(entries), best, unsure)


def learn(intents: Iterable[Intent], synonyms: Synonyms, serves: Mapping[str, tuple[str, ...]]) -> Finder:
    """A finder learned from our own phrasings."""
    known = tuple(intents)
    profiles = {
        intent.slug: [features(synonyms.folded(text)) for text in (*intent.phrasings, *intent.phrasings_en)]
        for intent in known
    }
    seen = Counter(feature for rows in profiles.values() for row in rows for feature in row)
    total = sum(len(rows) for rows in profiles.values())
    weights: dict[str, dict[str, float]] = {}
    for slug, rows in profiles.items():
        mean = Counter[str]()
        for row in rows:
            mean.update(row)
        size = math.sqrt(sum(count * count for count in mean.values())) or 1.0
        for feature, count in mean.items():
            weights.setdefault(feature, {})[slug] = count / size * math.log(1 + total / seen[feature])
    outside = frozenset(intent.slug for intent in known if not intent.in_scope)
    return Finder(weights, outside, synonyms, serves)


def features(text: str) -> Counter[str]:
    """Characters and pairs of characters, with how often they stand in the text."""
    padded = f" {text} "
    return Counter(text) + Counter(padded[at : at + 2] for at in range(len(padded) - 1))


class AskDocument(TypedDict):
    """What the command ``ask`` prints for one question."""

    in_scope: bool
    intents: list[str]
    entries: list[str]
    score: float


def ask_document(finding: Finding) -> AskDocument:
    """A finding as the contract of ``ask`` has it: intents best first."""
    return {
        "in_scope": finding.in_scope,
        "intents": [slug for slug, _ in finding.intents],
        "entries": list(finding.entries),
        "score": finding.score,
    }
