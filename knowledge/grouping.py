"""Grouping: questions that ask alike stand together, by what they are made of, largest group first."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from knowledge.features import Features
from knowledge.learning import Flags, Floats

ALIKE = 0.14
"""Groups are joined while their questions are that alike on average (cosine)."""

_WIDTH = 4096
_IDEAS, _INTENTS, _NOVEL = 0.3, 0.5, 1.0
"""How much the ideas of a question, the intents that it may have and what is new in it weigh beside how it is written.

What is new weighs most: a question without an answer is about what our own do not speak of.
"""


class Asked(NamedTuple):
    """A question as it is grouped: what it is made of, intents with the belief in each, and what is new in it."""

    sentence: Features
    intents: tuple[tuple[str, float], ...] = ()
    novel: tuple[str, ...] = ()


def grouped(questions: Sequence[Asked], alike: float = ALIKE) -> tuple[tuple[int, ...], ...]:
    """Places of questions by group, the most typical first in each; average linkage on weighted features."""
    if not questions:
        return ()
    likeness = _likeness(questions)
    groups = _joined(likeness.copy(), alike)
    told = (sorted(group, key=lambda at: (-float(likeness[at, group].sum()), at)) for group in groups)
    return tuple(sorted((tuple(group) for group in told), key=lambda group: (-len(group), group)))


def _likeness(questions: Sequence[Asked]) -> Floats:
    """The cosine of every two questions; rare features count more, and features share columns by their hash."""
    parts = [_parts(one) for one in questions]
    seen = Counter(name for part in parts for names in part for name in set(names))
    table: Floats = np.stack([_row(one, part, seen, len(parts)) for one, part in zip(questions, parts, strict=True)])
    size = np.sqrt((table * table).sum(axis=1, keepdims=True))
    table /= np.where(size > 0, size, 1)
    product: Floats = table @ table.T
    return product


def _parts(asked: Asked) -> tuple[tuple[str, ...], ...]:
    return (*asked.sentence.letters, *asked.sentence.pairs), asked.sentence.ideas, asked.novel


def _row(asked: Asked, parts: Sequence[Sequence[str]], seen: Counter[str], questions: int) -> Floats:
    row: Floats = _INTENTS * _unit({f"?{slug}": share for slug, share in asked.intents})
    for names, weight in zip(parts, (1.0, _IDEAS, _NOVEL), strict=True):
        told = Counter(names).items()
        row = row + weight * _unit({name: _rarity(times, seen[name], questions) for name, times in told})
    return row


def _rarity(times: int, seen: int, questions: int) -> float:
    return (1 + math.log(times)) * (math.log((1 + questions) / (1 + seen)) + 0.2)


def _unit(values: Mapping[str, float]) -> Floats:
    row = np.zeros(_WIDTH, np.float32)
    for name, value in values.items():
        row[zlib.crc32(name.encode()) % _WIDTH] += value
    size = float(np.sqrt(row @ row))
    return row / size if size else row


def _joined(likeness: Floats, alike: float) -> list[list[int]]:
    """Join nearest neighbours along a chain until none is alike enough; the order of joining does not matter."""
    groups = [[at] for at in range(len(likeness))]
    open_: Flags = np.ones(len(groups), bool)
    np.fill_diagonal(likeness, -1)
    chain: list[int] = []
    while open_.any():
        chain = chain or [int(np.argmax(open_))]
        last = chain[-1]
        row = np.where(open_, likeness[last], -1)
        near = int(np.argmax(row))
        if len(chain) > 1 and row[chain[-2]] >= row[near]:
            near = chain[-2]
        if row[near] < alike:
            open_[last] = False
            chain = []
        elif near in chain[-2:-1]:
            _join(likeness, groups, near, last)
            open_[last] = False
            chain = chain[:-2]
        else:
            chain.append(near)
    return [group for group in groups if group]


def _join(likeness: Floats, groups: list[list[int]], into: int, other: int) -> None:
    """The likeness of a joined group is the mean over all of its questions."""
    many, more = len(groups[into]), len(groups[other])
    mean = (many * likeness[into] + more * likeness[other]) / (many + more)
    likeness[into], likeness[:, into] = mean, mean
    likeness[into, into] = -1
    groups[into], groups[other] = groups[into] + groups[other], []
