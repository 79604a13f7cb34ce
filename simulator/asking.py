"""What each unknown fact is worth: the share of the range it explains, so that questions come in the best order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulator.course import Aim, lay_course
from simulator.learning import Learned, learned
from simulator.money import PARTS
from simulator.movement import run
from simulator.observing import LONGEST, History, standing_still
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
    plain quantiles jump, because many paths do not move at all. ``width`` is that range before the answer.
    """

    share: float
    narrower: float
    width: float = 0.0

    @property
    def part(self) -> float:
        """The part of its present width by which the range would be narrower on average, from 0 to 1."""
        return self.narrower / self.width if self.width > 0.0 else 0.0


_NOTHING = Worth(0.0, 0.0)
_LEAST = 1e-12  # a variance below this is rounding
_LINE = "current_line"
_STILL = "months_since_change"


@dataclass(frozen=True, slots=True)
class _Paths:
    """All paths from the first month that is known, those from now on, and how much each counts."""

    whole: Tapes
    ahead: Tapes
    each: FloatArray
    luck: Luck

    @property
    def now(self) -> int:
        """The month of the whole paths that is now."""
        return self.whole.months - self.ahead.months


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
    chance = Chance(months, seed, preset, draws)
    history = standing_still(facts)
    worths = worth_on(facts, pack, _luck(pack, chance, history), history)
    if not facts.known(_STILL):
        worths = {**worths, _STILL: _still_worth(facts, pack, chance)}
    return MappingProxyType(dict(worths))


def worth_of(fact: str, facts: Facts, pack: Pack, chance: Chance) -> Worth:
    """The worth of a single fact, told or not, beside everything else that is known; quicker than that of all."""
    others = facts.without([fact])
    if fact == _STILL:
        return _still_worth(others, pack, chance)
    history = standing_still(others)
    paths = _paths(others, pack, _luck(pack, chance, history), history)
    if fact == _LINE:
        return _line_worth(paths)
    one = Supposing(paths.whole, paths.luck).told(fact)
    return _NOTHING if one is None else _worths(paths, {fact: one})[fact]


def worth_on(facts: Facts, pack: Pack, luck: Luck, history: History | None = None) -> Mapping[str, Worth]:
    """The worth of every unknown fact on some luck, which may be kept from question to question.

    With a ``history`` the luck reaches from its first report to the horizon. How long the line has stood still moves
    no rule, but would be a history itself: its worth, which needs luck of the past, is nothing here.
    """
    paths = _paths(facts, pack, luck, history)
    supposing = Supposing(paths.whole, luck)
    unknown = [name for name in fact_names(pack.kind) if not facts.known(name)]
    supposed = {name: one for name in unknown if name != _LINE and (one := supposing.told(name)) is not None}
    worths = {**dict.fromkeys(unknown, _NOTHING), **_worths(paths, supposed)}
    if _LINE in worths:
        worths[_LINE] = _line_worth(paths)
    return MappingProxyType(worths)


def next_best(worths: Mapping[str, Worth], effort_seconds: Mapping[str, float]) -> str | None:
    """The fact whose question gains most variance a second of effort, among those with a stated effort above nothing.

    None where no question would narrow the range. Facts in ``ALWAYS_ASKED`` are to be asked besides.
    """
    gains = {name: worths[name].share / effort_seconds[name] for name in worths if name in effort_seconds}
    best = max(gains, key=lambda name: gains[name], default=None)
    return best if best is not None and gains[best] > 0.0 else None


def _luck(pack: Pack, chance: Chance, history: History | None) -> Luck:
    past = history.window if history is not None else 0
    return draw_luck(pack, replace(chance, months=past + chance.months))


def _paths(facts: Facts, pack: Pack, luck: Luck, history: History | None) -> _Paths:
    whole = cut_tapes(told_values(facts, pack), pack, luck)
    if history is None or history.window == 0:
        return _Paths(whole, whole, np.full(whole.draws, 1.0 / whole.draws), luck)
    found: Learned = learned(whole, history, whole.months - history.window)
    return _Paths(whole, found.tapes, found.weights.each, luck)


def _worths(paths: _Paths, supposed: Mapping[str, Supposed]) -> dict[str, Worth]:
    lines, each = _ends(paths, list(supposed.values()))
    means = each @ lines
    variances = each @ np.square(lines - means)
    spread, end = float(variances[0]), 1
    worths = {}
    for name, one in supposed.items():
        answered, end = slice(end, end + len(one.chances)), end + len(one.chances)
        worths[name] = _worth(one.chances, means[answered], variances[answered], spread)
    return worths


def _worth(chances: FloatArray, means: FloatArray, variances: FloatArray, spread: float) -> Worth:
    """The worth of a fact from mean and variance of the log2 line with each answer, and its variance without any."""
    between = float(chances @ np.square(means - chances @ means))
    within = float(chances @ variances)
    width = _WIDTH * float(np.sqrt(between + within))
    narrower = width - _WIDTH * float(chances @ np.sqrt(variances))
    share = min(1.0, between / spread) if spread > _LEAST else 0.0
    return Worth(share=share, narrower=max(narrower, 0.0), width=width)


def _ends(paths: _Paths, supposed: Sequence[Supposed]) -> tuple[FloatArray, FloatArray]:
    """Log2 lines at the horizon by path and column, and how much each path counts.

    The first column is as things stand, then comes every answer to every question.
    """
    tapes, now = paths.ahead, paths.now
    asked = np.zeros(tapes.offsets.shape, np.bool_)
    for one in supposed:
        if one.reviews is not None:
            asked |= one.reviews[:, now:].any(axis=0)
    course = lay_course(tapes, asked, Aim(tapes.months, 1.0), np.arange(tapes.draws))
    counts = [1, *(len(one.chances) for one in supposed)]
    gains = [np.zeros((len(course.month), sum(counts)), np.float32) for _ in tapes.layers]
    roof = np.repeat(course.roof, sum(counts), axis=1)
    reviews = np.zeros(gains[0].shape, np.bool_)
    least = course.start if now else np.float32(0)  # a line that was reported stands, whatever the ceiling says
    for one, end in zip(supposed, np.cumsum(counts[1:]) + 1, strict=True):
        answered = slice(int(end) - len(one.chances), int(end))
        for gain, layer in zip(gains, one.layers, strict=False):
            gain[:, answered] = _at_cells(course, layer if layer.shape[-2] == 1 else layer[:, now:])
        if one.roof is not None:
            roof[:, answered] = np.maximum(one.roof[:, 0, course.order].T * PARTS, least)
        if one.reviews is not None:
            reviews[:, answered] = one.reviews[:, now + course.month, course.path].T
    lines: FloatArray = replace(course, roof=roof).run(gains, reviews).astype(np.float64) / PARTS
    return lines, paths.each[course.order]


def _at_cells(course: Course, layer: FloatArray) -> Cells:
    """Gains by cell and answer, in parts, of gains by answer, month (or one for all) and draw (or one for all)."""
    month = course.month if layer.shape[-2] > 1 else np.zeros_like(course.month)
    path = course.path if layer.shape[-1] > 1 else np.zeros_like(course.path)
    cells: Cells = (layer[:, month, path].T * PARTS).astype(np.float32)
    return cells


def _line_worth(paths: _Paths) -> Worth:
    """The worth of the line itself, on which every other draw leans."""
    tapes = paths.whole
    values, chances = answers(tapes.state[_LINE])
    told = [cut_tapes({**tapes.told, _LINE: value}, tapes.pack, paths.luck) for value in values.tolist()]
    ends = np.stack([run(one)[-1] / PARTS for one in told], axis=1)
    return _worth(chances, ends.mean(axis=0), ends.var(axis=0), float((run(tapes)[-1] / PARTS).var()))


def _still_worth(facts: Facts, pack: Pack, chance: Chance) -> Worth:
    """The worth of how long the line has stood still: each answer is a history and reweighs the paths.

    Nothing else that is drawn follows this fact, so the range is compared with the one that no history has touched.
    """
    line = facts.number(_LINE)
    if not line:
        return _NOTHING
    tapes = cut_tapes(told_values(facts, pack), pack, draw_luck(pack, replace(chance, months=LONGEST + chance.months)))
    values, chances = answers(np.minimum(np.floor(tapes.state[_STILL]), LONGEST))
    spreads = [_after_standing(tapes, line, int(months), chance.months) for months in values.tolist()]
    spread, left = _after_standing(tapes, line, 0, chance.months), np.array(spreads)
    if spread <= _LEAST:
        return _NOTHING
    width = _WIDTH * float(np.sqrt(spread))
    narrower = width - _WIDTH * float(chances @ np.sqrt(left))
    return Worth(max(0.0, 1.0 - float(chances @ left) / spread), max(0.0, narrower), width)


def _after_standing(tapes: Tapes, line: float, still: int, months: int) -> float:
    """Variance of the log2 line some months after it has stood still for so long."""
    history = History((0, still), (line, line)) if still else History((0,), (line,))
    found = learned(tapes, history, months)
    ends: FloatArray = run(found.tapes)[-1] / PARTS
    return float(found.weights.each @ np.square(ends - found.weights.each @ ends))
