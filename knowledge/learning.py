"""What the finder learns from our own phrasings: a weight for every feature in every intent, by softmax regression."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from numpy.random import default_rng

from knowledge.entries import Intent
from knowledge.features import Features, features
from knowledge.synonyms import Reader

Floats: TypeAlias = npt.NDArray[np.float32]
Flags: TypeAlias = npt.NDArray[np.bool_]
Small: TypeAlias = npt.NDArray[np.int8]
Whole: TypeAlias = npt.NDArray[np.int64]

EPOCHS = 3
STEP = 4.0
IDEAS = 0.5
"""How much the ideas of a sentence weigh beside how it is written."""
_SEED = 20261121
RECIPE = ("softmax", 4, EPOCHS, STEP, IDEAS, _SEED)
"""What else decides the weights; a change here makes what was learned before stale."""


class Learned(NamedTuple):
    """Weights of every feature (rows) in every intent (columns) in steps of ``scale``.

    ``rarity`` says how rare each feature is, ``familiar`` whether questions in scope use it at all.
    """

    slugs: tuple[str, ...]
    vocabulary: Mapping[str, int]
    rarity: Floats
    familiar: Flags
    scale: Floats
    weights: Small

    def logits(self, sentence: Features) -> Floats:
        """Score of every intent for a sentence, in the order of ``slugs``; zero where nothing is known."""
        rows, values = vector(sentence, self.vocabulary, self.rarity)
        scores: Floats = values @ self.weights[rows].astype(np.float32) * self.scale
        return scores

    def familiarity(self, names: Sequence[str]) -> float:
        """The share of these features that questions in scope use; none where there are none."""
        rows = [self.vocabulary.get(name) for name in names]
        return sum(row is not None and bool(self.familiar[row]) for row in rows) / len(rows) if rows else 0.0


def learn(intents: Sequence[Intent], reader: Reader) -> Learned:
    """Weights learned from the phrasings of all intents, the same for the same phrasings."""
    sentences = [
        (column, features(reader, reader.plain(text)))
        for column, intent in enumerate(intents)
        for text in (*intent.phrasings, *intent.phrasings_en)
    ]
    seen = Counter(name for _, sentence in sentences for group in sentence for name in set(group))
    kept = sorted(seen)
    vocabulary = {name: row for row, name in enumerate(kept)}
    inside = {
        name for column, sentence in sentences if intents[column].in_scope for group in sentence for name in group
    }
    familiar = np.array([name in inside for name in kept], bool)
    rarity = np.array([math.log((1 + len(sentences)) / (1 + seen[name])) + 1 for name in kept], np.float32)
    vectors = [(column, *vector(sentence, vocabulary, rarity)) for column, sentence in sentences]
    weights = _descend(vectors, len(kept), len(intents))
    scale, steps = _in_steps(weights)
    return Learned(tuple(intent.slug for intent in intents), vocabulary, rarity, familiar, scale, steps)


def vector(sentence: Features, vocabulary: Mapping[str, int], rarity: Floats) -> tuple[Whole, Floats]:
    """A sentence as rows of the vocabulary with their values; each group of features has a length of its own."""
    written = _group((*sentence.letters, *sentence.pairs), vocabulary, rarity, 1.0)
    ideas = _group(sentence.ideas, vocabulary, rarity, IDEAS)
    return np.concatenate([written[0], ideas[0]]), np.concatenate([written[1], ideas[1]])


def _group(names: Iterable[str], vocabulary: Mapping[str, int], rarity: Floats, length: float) -> tuple[Whole, Floats]:
    counts = Counter(row for name in names if (row := vocabulary.get(name)) is not None)
    rows = np.fromiter(counts, np.int64, len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * rarity[rows]
    size = float(np.sqrt(values @ values))
    return rows, (values * (length / size) if size else values).astype(np.float32)


def _descend(vectors: Sequence[tuple[int, Whole, Floats]], rows: int, columns: int) -> Floats:
    """Stochastic gradient descent on the softmax loss, with a step that falls to zero and a fixed order."""
    weights = np.zeros((rows, columns), np.float32)
    order = default_rng(_SEED)
    steps = EPOCHS * len(vectors)
    done = 0
    for _ in range(EPOCHS):
        for at in order.permutation(len(vectors)):
            column, touched, values = vectors[at]
            scores = values @ weights[touched]
            share = np.exp(scores - scores.max())
            share /= share.sum()
            share[column] -= 1.0
            weights[touched] -= np.outer(values * (STEP * (1 - done / steps)), share)
            done += 1
    return weights


def _in_steps(weights: Floats) -> tuple[Floats, Small]:
    """Weights as whole steps of one size per intent: a byte each is enough to rank."""
    scale = np.maximum(np.abs(weights).max(axis=0, initial=0.0), 1e-6).astype(np.float32) / 127
    return scale, np.rint(weights / scale).astype(np.int8)
