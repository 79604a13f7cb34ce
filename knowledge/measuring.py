"""How well the finder does on questions that somebody else labelled: hits, macro-F1, rejection, a table by intent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from knowledge.finding import Finder, Finding

KEPT = (0.95, 0.97, 0.99)
"""Shares of questions in scope that a gate has to keep where its rejection is reported."""


class Labelled(NamedTuple):
    """A question with what it truly asks; ``sample`` names the draw it came from."""

    question: str
    intent: str
    in_scope: bool
    sample: str


class Score(NamedTuple):
    """Shares of one: first hit, hit in three, mean F1 over intents, and how many questions they rest on."""

    hit_1: float
    hit_3: float
    macro_f1: float
    asked: int


class Measure(NamedTuple):
    """Scores by sample, rejection of out-of-scope questions by share kept, and hits by intent."""

    scores: Mapping[str, Score]
    rejection: Mapping[float, float]
    decided: tuple[float, float]
    by_intent: Mapping[str, tuple[int, int, int]]
    misses: tuple[tuple[Labelled, tuple[str, ...]], ...]


def measure(finder: Finder, rows: Iterable[Labelled], strip: str = "") -> Measure:
    """The measure of a finder on labelled rows; what matches ``strip`` is cut out before scope is judged.

    Scope is judged on stripped text because a product's name must not decide it. ``decided`` is the share of
    questions in scope kept and of those outside rejected by the finder's own decision.
    """
    labelled = tuple(rows)
    inside = [row for row in labelled if row.in_scope]
    found = [(row, _slugs(finder.find(row.question))) for row in inside]
    samples = {"all": found} | {name: [p for p in found if p[0].sample == name] for name in {r.sample for r in inside}}
    bare = [(row.in_scope, finder.find(re.sub(strip, "", row.question) if strip else row.question)) for row in labelled]
    return Measure(
        scores={name: _score(pairs) for name, pairs in sorted(samples.items())},
        rejection={share: _rejection(bare, share) for share in KEPT},
        decided=_decided(bare),
        by_intent=_by_intent(found),
        misses=tuple((row, slugs[:3]) for row, slugs in found if slugs[:1] != (row.intent,)),
    )


def _slugs(finding: Finding) -> tuple[str, ...]:
    return tuple(slug for slug, _ in finding.intents)


def _score(pairs: Sequence[tuple[Labelled, tuple[str, ...]]]) -> Score:
    if not pairs:
        return Score(0.0, 0.0, 0.0, 0)
    first = sum(slugs[:1] == (row.intent,) for row, slugs in pairs) / len(pairs)
    third = sum(row.intent in slugs[:3] for row, slugs in pairs) / len(pairs)
    return Score(first, third, _macro_f1(pairs), len(pairs))


def _macro_f1(pairs: Sequence[tuple[Labelled, tuple[str, ...]]]) -> float:
    truth = Counter(row.intent for row, _ in pairs)
    said = Counter(slugs[0] for _, slugs in pairs if slugs)
    right = Counter(row.intent for row, slugs in pairs if slugs[:1] == (row.intent,))
    return sum(2 * right[slug] / (truth[slug] + said[slug]) for slug in truth) / len(truth)


def _rejection(bare: Sequence[tuple[bool, Finding]], kept: float) -> float:
    """Share of out-of-scope questions below the threshold that keeps the given share of those in scope."""
    inside = sorted(finding.score for in_scope, finding in bare if in_scope)
    outside = [finding.score for in_scope, finding in bare if not in_scope]
    if not inside or not outside:
        return 0.0
    threshold = inside[int((1 - kept) * len(inside))]
    return sum(score < threshold for score in outside) / len(outside)


def _decided(bare: Sequence[tuple[bool, Finding]]) -> tuple[float, float]:
    kept = [finding.in_scope for in_scope, finding in bare if in_scope]
    rejected = [not finding.in_scope for in_scope, finding in bare if not in_scope]
    return sum(kept) / max(1, len(kept)), sum(rejected) / max(1, len(rejected))


def _by_intent(found: Iterable[tuple[Labelled, tuple[str, ...]]]) -> Mapping[str, tuple[int, int, int]]:
    table: dict[str, tuple[int, int, int]] = {}
    for row, slugs in found:
        count, first, third = table.get(row.intent, (0, 0, 0))
        table[row.intent] = (count + 1, first + (slugs[:1] == (row.intent,)), third + (row.intent in slugs[:3]))
    return dict(sorted(table.items()))
