"""Teaching: a design in; a fitted model out, with what it says of cases that it was not taught on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulator.fitting.boosting import Lesson, Recipe, boost
from simulator.fitting.fitted import Ends, Estimates, Fitted, plain_bins
from simulator.fitting.grid import lay_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.fitting.boosting import Boosted
    from simulator.fitting.design import Design
    from simulator.fitting.grid import Bins
    from simulator.fitting.growing import IntArray
    from simulator.shapes import FloatArray

QUANTILES = (0.1, 0.9)
"""The two ends of a range."""

COVERED = 0.8
"""Share of cases that a range should cover."""

LEAST_IN_SEGMENT = 200
"""Cases from which a segment has a margin of its own."""


MIDDLE = Recipe(trees=200, depth=6, rate=0.08)
"""How trees for the middle are grown: chosen on cases left out of the card table of 2005."""

ENDS = Recipe(trees=40, depth=5, rate=0.15, least=20, shrink=20.0)
"""How trees for the ends are grown: chosen likewise."""


@dataclass(frozen=True, slots=True)
class Course:
    """How to teach: the seed, the parts that are left out in turn, how often they are drawn, recipes and bins."""

    seed: int = 0
    parts: int = 4
    repeats: int = 2
    middle: Recipe = MIDDLE
    ends: Recipe = ENDS
    bins: int = 128
    end_bins: int = 64


@dataclass(frozen=True, slots=True)
class Taught:
    """The model, and what each case got from the members that had not seen it."""

    fitted: Fitted
    unseen: Estimates


@dataclass(frozen=True, slots=True)
class _Stage:
    """The members of one stage, and by repeat what each case got from the one that had not seen it."""

    members: tuple[Boosted, ...]
    unseen: FloatArray


def teach(design: Design, course: Course) -> Taught:
    """A model of the log2 of the line, by features with directions; equal designs and courses, equal models.

    Every member leaves one part of the cases out. The ends are fitted to what the middle misses there, and are then
    moved by the conformal margin of those cases (Romano, Patterson and Candes 2019; Barber et al. 2021).
    """
    chance = np.random.default_rng([course.seed, 0])
    parts = np.stack([chance.permutation(len(design)) % course.parts for _ in range(course.repeats)])
    grid = lay_grid(design.values, course.bins)
    bins = grid.bins(design.values)
    usual = np.median(bins, axis=1).astype(np.uint8)
    lesson = Lesson(bins, design.doublings, design.signs, grid.width)
    middle = _in_turn(lesson, parts, (course.middle, None), (course.seed, 1))
    plain = _unseen(middle.members, plain_bins(bins, design.signs, usual), parts).mean(axis=0)
    around = np.column_stack([design.values, plain])
    end_grid = lay_grid(around, course.end_bins)
    left = design.doublings - middle.unseen.mean(axis=0)
    lesson = Lesson(end_grid.bins(around), left, np.append(design.signs, 0), end_grid.width)
    low, high = (
        _in_turn(lesson, parts, (course.ends, quantile), (course.seed, 2 + index))
        for index, quantile in enumerate(QUANTILES)
    )
    stages = middle, low, high
    outside = _outside(stages, design.doublings)
    ends = Ends(end_grid, low.members, high.members, margins_of(outside, design.segments, len(middle.members)))
    fitted = Fitted(design.columns, grid, usual, middle.members, ends, course.parts)
    return Taught(fitted, _estimates(stages, margin_of(outside[-1])))


def margin_of(outside: FloatArray) -> float:
    """How far ranges must be moved outwards to cover ``COVERED``, given how far outside each outcome lay."""
    rank = min(math.ceil((len(outside) + 1) * COVERED), len(outside))
    return float(np.sort(outside)[rank - 1])


def margins_of(outside: FloatArray, segments: IntArray, members: int) -> FloatArray:
    """The margin of each segment; those with fewer than ``LEAST_IN_SEGMENT`` cases have everyone's.

    ``outside`` has one row for each repeat alone and a last one for their mean. What is asked later hears the mean of
    all members, which errs less than the few that had not seen a case: the margin falls along one over their number,
    as the variance of a mean does, and is read off there.
    """
    everyone = _margin(outside, members)
    own = [outside[:, segments == segment] for segment in range(int(segments.max()) + 1)]
    return np.array([_margin(one, members) if one.shape[1] >= LEAST_IN_SEGMENT else everyone for one in own])


def _margin(outside: FloatArray, members: int) -> float:
    together = margin_of(outside[-1])
    repeats = len(outside) - 1
    if repeats == 1:
        return together
    alone = float(np.mean([margin_of(one) for one in outside[:-1]]))
    return together - (alone - together) * (1.0 / repeats - 1.0 / members) / (1.0 - 1.0 / repeats)


def _outside(stages: tuple[_Stage, _Stage, _Stage], doublings: FloatArray) -> FloatArray:
    """How far outside its range each case lay (negative inside): for each repeat alone, and last for their mean."""
    middle, low, high = (np.vstack([stage.unseen, stage.unseen.mean(axis=0)]) for stage in stages)
    outside: FloatArray = np.maximum(middle + low - doublings, doublings - middle - high)
    return outside


def _estimates(stages: tuple[_Stage, _Stage, _Stage], margin: float) -> Estimates:
    middle, low, high = (stage.unseen.mean(axis=0) for stage in stages)
    return Estimates(middle + np.minimum(low - margin, 0.0), middle, middle + np.maximum(high + margin, 0.0))


def _in_turn(lesson: Lesson, parts: IntArray, how: tuple[Recipe, float | None], seed: Sequence[int]) -> _Stage:
    recipe, quantile = how
    members = tuple(
        boost(lesson.part(np.flatnonzero(row != part)), recipe, (*seed, repeat, part), quantile)
        for repeat, row in enumerate(parts)
        for part in range(int(parts.max()) + 1)
    )
    return _Stage(members, _unseen(members, lesson.bins, parts))


def _unseen(members: Sequence[Boosted], bins: Bins, parts: IntArray) -> FloatArray:
    """By repeat, what each case got from the member that had left it out."""
    unseen = np.empty(parts.shape)
    count = len(members) // len(parts)
    for number, member in enumerate(members):
        repeat, part = divmod(number, count)
        left_out = np.flatnonzero(parts[repeat] == part)
        unseen[repeat, left_out] = member.at(bins[:, left_out])
    return unseen
