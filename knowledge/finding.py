"""From a sentence to what it asks for: intents, the entries that serve them, and how sure we are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, TypedDict

import numpy as np

from knowledge.choosing_entries import Nearest
from knowledge.entries import Intent
from knowledge.features import Features, features
from knowledge.fields import compiled
from knowledge.learning import Floats, Learned
from knowledge.synonyms import Reader

MOST_INTENTS = 8
RULE = 2.5
"""What a rule that fires adds to an intent's score: twelve to one in odds."""
CLEAR = 0.6
"""An intent with less than this share of the belief in scope is unsure: then three are offered."""
ASKS_BACK = "unclear"
"""The intent of a sentence that may mean several things: it is never sure, so that its neighbours are offered too."""
INSIDE = 0.5
"""From this belief on a question is in scope."""
IN_NEED, CARE = frozenset({"cannot_repay", "scam_safety", "unauthorised"}), 0.25
"""Whoever clearly seems to be in trouble is answered from this belief on: turning them away costs more than a guess."""
EVIDENCE, KNOWN_LETTERS, KNOWN_PAIRS, DOUBT = 0.65, 6.0, 3.0, 8.5
"""How belief in scope is made: log odds of the intents in scope, how familiar the writing is, and a doubt to beat.

Rounded from a logistic regression on our own phrasings, each judged by a model that had not seen it.
"""


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

    def __init__(self, intents: Sequence[Intent], learned: Learned, reader: Reader, nearest: Nearest) -> None:
        """``learned`` has its columns in the order of ``intents``; ``nearest`` knows the entries of each intent."""
        self._learned = learned
        self._reader = reader
        self._nearest = nearest
        self._inside = np.array([intent.in_scope for intent in intents], bool)
        self._rules = tuple(tuple(compiled(rule) for rule in intent.rules) for intent in intents)

    def find(self, question: str) -> Finding:
        """What the question asks for; with no intents known, nothing is in scope."""
        if not self._inside.any():
            return Finding(in_scope=False, intents=(), entries=(), score=0.0, unsure=True)
        plain = self._reader.plain(question)
        sentence = features(self._reader, plain)
        scores = self._scores(plain, sentence)
        score = self._scope(sentence, scores)
        belief = _shares(np.where(self._inside, scores, -np.inf))
        order = sorted(np.flatnonzero(self._inside), key=lambda at: (-belief[at], self._learned.slugs[at]))
        intents = tuple((self._learned.slugs[at], float(belief[at])) for at in order[:MOST_INTENTS])
        entries = self._nearest.ranked(plain, sentence, intents)
        first, share = intents[0]
        enough = CARE if first in IN_NEED and share >= CLEAR else INSIDE
        return Finding(score >= enough, intents, entries, score, unsure=share < CLEAR or first == ASKS_BACK)

    def plain(self, question: str) -> str:
        """A question in the one spelling in which patterns meet it."""
        return self._reader.plain(question)

    def read(self, question: str) -> Features:
        """What a question is made of, as the finder compares it."""
        return features(self._reader, self._reader.plain(question))

    def familiar(self, words: str) -> bool:
        """Whether questions in scope use words: every pair of neighbouring characters, or each Latin word."""
        return self._learned.familiarity(_inner(self.read(words))) == 1.0

    def novel(self, sentence: Features) -> tuple[str, ...]:
        """Pairs and Latin words of a question that no question in scope uses: what it may be about."""
        return tuple(name for name in _inner(sentence) if not self._learned.familiarity([name]))

    def _scores(self, plain: str, sentence: Features) -> Floats:
        fired = [any(rule.search(plain) for rule in rules) for rules in self._rules]
        scores: Floats = self._learned.logits(sentence) + RULE * np.array(fired, np.float32)
        return scores

    def _scope(self, sentence: Features, scores: Floats) -> float:
        """Belief that a question is in scope: never from a product's name, which is silent."""
        odds = np.logaddexp.reduce(scores[self._inside]) - np.logaddexp.reduce(scores[~self._inside])
        letters = self._learned.familiarity(sentence.letters)
        pairs = self._learned.familiarity(sentence.pairs)
        evidence = EVIDENCE * min(float(odds), 50.0) + KNOWN_LETTERS * letters + KNOWN_PAIRS * pairs - DOUBT
        return 1.0 / (1.0 + math.exp(-evidence))


def _inner(sentence: Features) -> list[str]:
    """Pairs within words, or the Latin words where there are none."""
    pairs = [pair for pair in sentence.pairs if not pair.startswith("^") and not pair.endswith("$")]
    return pairs or [name for name in sentence.letters if name.startswith("_")]


def _shares(scores: Floats) -> Floats:
    share = np.exp(scores - scores.max())
    belief: Floats = share / share.sum()
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
