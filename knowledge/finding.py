"""From a sentence to what it asks for: intents, the entries that serve them, and how sure we are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

import numpy as np

from knowledge.entries import Intent
from knowledge.features import features
from knowledge.fields import compiled
from knowledge.learning import Floats, Learned
from knowledge.synonyms import Reader

MOST_INTENTS = 8
RULE = 3.0
"""What a rule that fires adds to an intent's score: twenty to one in odds."""
CLEAR = 0.5
"""Below this share of belief in the best intent, or with the next one near, a finding is unsure."""
INSIDE = 0.5


class Finding(NamedTuple):
    """What was found for a question: intents with their share of belief, best first, and the entries serving them.

    ``score`` is the belief that the question is in scope; ``unsure`` asks for a choice of three.
    """

    in_scope: bool
    intents: tuple[tuple[str, float], ...]
    entries: tuple[str, ...]
    score: float
    unsure: bool


class Finder:
    """Finds the intents of a question from learned weights and readable rules, offline, in about a millisecond."""

    def __init__(
        self, intents: Sequence[Intent], learned: Learned, reader: Reader, serves: Mapping[str, tuple[str, ...]]
    ) -> None:
        """``learned`` has its columns in the order of ``intents``; ``serves`` are the entries of each intent."""
        self._learned = learned
        self._reader = reader
        self._serves = serves
        self._inside = np.array([intent.in_scope for intent in intents], bool)
        self._rules = tuple(tuple(compiled(rule) for rule in intent.rules) for intent in intents)

    def find(self, question: str) -> Finding:
        """What the question asks for; with no intents known, nothing is in scope."""
        if not self._learned.slugs:
            return Finding(in_scope=False, intents=(), entries=(), score=0.0, unsure=True)
        belief = self._belief(question)
        score = float(belief[self._inside].sum())
        order = sorted(np.flatnonzero(self._inside), key=lambda at: (-belief[at], self._learned.slugs[at]))
        intents = tuple((self._learned.slugs[at], float(belief[at])) for at in order[:MOST_INTENTS])
        entries = dict.fromkeys(name for slug, _ in intents for name in self._serves.get(slug, ()))
        unsure = not intents or intents[0][1] < CLEAR * score
        return Finding(score >= INSIDE, intents, tuple(entries), score, unsure)

    def _belief(self, question: str) -> Floats:
        plain = self._reader.plain(question)
        scores = self._learned.logits(features(self._reader, plain))
        fired = [any(rule.search(plain) for rule in rules) for rules in self._rules]
        share = np.exp(scores + RULE * np.array(fired, np.float32))
        belief: Floats = (share / share.sum()).astype(np.float32)
        return belief


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
