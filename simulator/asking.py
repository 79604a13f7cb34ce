"""What each unknown fact is worth: the share of the range it explains, so that questions come in the best order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulator.course import Aim, lay_course
from simulator.money import PARTS
from simulator.movement import run
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.sampling import told_values
from simulator.supposing import Supposing, answers
from simulator.vocabulary import fact_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.course import Cells, Course
    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.shapes import FloatArray
    from simulator.supposing import Supposed
    from simulator.tapes import Tapes
    from simulator.vocabulary import Facts

ALWAYS_ASKED: frozenset[str] = frozenset({
    *("overdue_now", "monthly_debt_service", "lenders_count", "purpose"),
    *("monthly_income", "monthly_turnover", "gross_margin"),
})
"""Facts that protect: the gate before any raise needs them, so they are asked whatever they do to the range."""

DRAWS = 256
"""Paths that settle the order of questions; a forecast takes more."""

_WIDTH = 2.5631  # standard deviations from the tenth to the ninetieth of a hundred, where the spread is normal


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing one fact would do to the range of the log2 line at the horizon.

    ``share`` is its first-order share of the variance, from 0 to 1. ``narrower`` is how much narrower the range from
    the tenth to the ninetieth hundredth would be on average, in doublings, taken as 2.56 standard deviations: the
    plain quantiles jump, because many paths do not move at all.
    """

    share: float
    narrower: float


_NOTHING = Worth(0.0, 0.0)
_LINE = "current_line"


def worth(
    facts: Facts, pack: Pack, *, months: int = 12, seed: int = 1, draws: int = DRAWS, preset: str = "honest"
) -> Mapping[str, Worth]:
    """The worth of every unknown fact; known facts have none and are left out.

    Args:
        facts: what is known.
        pack: the product.
        months: horizon, at least 1.
        seed: decides every random number; equal seeds give equal worths.
        draws: number of paths, at least 100.
        preset: one of the pack's presets.
    """
    return worth_on(facts, pack, draw_luck(pack, Chance(months, seed, preset, draws)))


def worth_on(facts: Facts, pack: Pack, luck: Luck) -> Mapping[str, Worth]:
    """The worth of every unknown fact on some luck, which may be kept from question to question."""
    tapes = cut_tapes(told_values(facts, pack), pack, luck)
    supposing = Supposing(tapes, luck)
    unknown = [name for name in fact_names(pack.kind) if not facts.known(name)]
    supposed = {name: one for name in unknown if name != _LINE and (one := supposing.told(name)) is not None}
    lines = _ends(tapes, list(supposed.values()))
    means, variances = lines.mean(axis=0), lines.var(axis=0)
    spread, end = float(variances[0]), 1
    worths = dict.fromkeys(unknown, _NOTHING)
    for name, one in supposed.items():
        answered, end = slice(end, end + len(one.chances)), end + len(one.chances)
        worths[name] = _worth(one.chances, means[answered], variances[answered], spread)
    if _LINE in worths:
        worths[_LINE] = _line_worth(tapes, luck, spread)
    return MappingProxyType(worths)


def next_best(worths: Mapping[str, Worth], effort_seconds: Mapping[str, float]) -> str | None:
    """The fact whose question gains most variance a second of effort, among those with a stated effort above nothing.

    None where no question would narrow the range. Facts in ``ALWAYS_ASKED`` are to be asked besides.
    """
    gains = {name: worths[name].share / effort_seconds[name] for name in worths if name in effort_seconds}
    best = max(gains, key=lambda name: gains[name], default=None)
    return best if best is not None and gains[best] > 0.0 else None


def _worth(chances: FloatArray, means: FloatArray, variances: FloatArray, spread: float) -> Worth:
    """The worth of a fact from mean and variance of the log2 line with each answer, and its variance without any."""
    between = float(chances @ np.square(means - chances @ means))
    within = float(chances @ variances)
    narrower = _WIDTH * float(np.sqrt(between + within) - chances @ np.sqrt(variances))
    return Worth(share=min(1.0, between / spread) if spread > 0.0 else 0.0, narrower=max(narrower, 0.0))


def _ends(tapes: Tapes, supposed: Sequence[Supposed]) -> FloatArray:
    """Log2 lines at the horizon by draw and column: first as things stand, then every answer to every question."""
    asked = np.zeros(tapes.offsets.shape, np.bool_)
    for one in supposed:
        if one.reviews is not None:
            asked |= one.reviews.any(axis=0)
    course = lay_course(tapes, asked, Aim(tapes.months, 1.0), np.arange(tapes.draws))
    counts = [1, *(len(one.chances) for one in supposed)]
    gains = [np.zeros((len(course.month), sum(counts)), np.float32) for _ in tapes.layers]
    roof = np.repeat(course.roof, sum(counts), axis=1)
    reviews = np.zeros(gains[0].shape, np.bool_)
    for one, end in zip(supposed, np.cumsum(counts[1:]) + 1, strict=True):
        answered = slice(int(end) - len(one.chances), int(end))
        for gain, layer in zip(gains, one.layers, strict=False):
            gain[:, answered] = _at_cells(course, layer)
        if one.roof is not None:
            roof[:, answered] = one.roof[:, 0, course.order].T * PARTS
        if one.reviews is not None:
            reviews[:, answered] = one.reviews[:, course.month, course.path].T
    lines: FloatArray = replace(course, roof=roof).run(gains, reviews).astype(np.float64) / PARTS
    return lines


def _at_cells(course: Course, layer: FloatArray) -> Cells:
    """Gains by cell and answer, in parts, of gains by answer, month (or one for all) and draw (or one for all)."""
    month = course.month if layer.shape[-2] > 1 else np.zeros_like(course.month)
    path = course.path if layer.shape[-1] > 1 else np.zeros_like(course.path)
    cells: Cells = (layer[:, month, path].T * PARTS).astype(np.float32)
    return cells


def _line_worth(tapes: Tapes, luck: Luck, spread: float) -> Worth:
    """The worth of the line itself, on which every other draw leans."""
    values, chances = answers(tapes.state[_LINE])
    told = [cut_tapes({**tapes.told, _LINE: value}, tapes.pack, luck) for value in values.tolist()]
    ends = np.stack([run(one)[-1] / PARTS for one in told], axis=1)
    return _worth(chances, ends.mean(axis=0), ends.var(axis=0), spread)
