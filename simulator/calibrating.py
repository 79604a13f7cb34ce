"""Calibration on users drawn from the model itself: do ranges cover what they promise, before and after reports?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from simulator.asking import ALWAYS_ASKED
from simulator.forecasting import lines_in_yuan
from simulator.learning import learned, weighted_quantiles
from simulator.movement import run
from simulator.observing import History
from simulator.population import population
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.sampling import stream, told_values
from simulator.vocabulary import Facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.shapes import FloatArray, Value
    from simulator.tapes import Tapes

BINS = 10
"""Bins of a rank histogram."""

TOLERANCE = 27.88
"""Chi-square of a uniform rank histogram of ten bins that chance exceeds once in a thousand (nine degrees)."""

RANKED = ("outcome", "headroom", "review_base")
"""What is ranked among its forecast draws: the line at the horizon, and two of the parameters behind it."""

_TOGETHER = 25  # users forecast on the same luck; every group of users gets luck of its own


@dataclass(frozen=True, slots=True)
class Crowd:
    """Users to try the forecasts on.

    ``asked`` is how much they tell: ``line`` alone, ``gate`` (with what is always asked) or ``all``. Where ``real``,
    what they leave untold goes together with what they tell, as in the population; otherwise apart from it, as a
    forecast believes, and only then must ranks be uniform. ``reports`` are monthly and follow the first line;
    ``months`` is the horizon after the last report, ``draws`` the paths of each forecast. ``truth`` is the preset that
    users live by; forecasts always rest on the honest one, so another truth shows what a wrong model would cost.
    """

    users: int
    seed: int
    asked: str = "gate"
    real: bool = False
    reports: int = 6
    months: int = 12
    draws: int = 2000
    truth: str = "honest"


@dataclass(frozen=True, slots=True)
class Trial:
    """How the forecasts of a crowd fared, by number of reports (from none) and user.

    ``low`` and ``high`` are the ends of the range and ``outcome`` the line at the horizon, in yuan; ``ranks`` lie
    between 0 and 1, ties broken by chance; ``effective`` draws and ``widened`` are those of the weights.
    """

    low: FloatArray
    high: FloatArray
    outcome: FloatArray
    effective: FloatArray
    widened: FloatArray
    ranks: Mapping[str, FloatArray]

    def coverage(self) -> FloatArray:
        """Share of outcomes within their range, ends included, by number of reports."""
        covered: FloatArray = np.mean((self.low <= self.outcome) & (self.outcome <= self.high), axis=1)
        return covered

    def even_coverage(self) -> FloatArray:
        """The same, ties at the ends broken by chance; where many lines stay as they are, the plain share is higher."""
        ranks = self.ranks["outcome"]
        covered: FloatArray = np.mean((ranks > 0.1) & (ranks < 0.9), axis=1)
        return covered

    def width(self) -> FloatArray:
        """Median of the upper end over the lower end, by number of reports."""
        wide: FloatArray = np.median(self.high / self.low, axis=1)
        return wide


def unevenness(ranks: FloatArray) -> float:
    """Chi-square of ranks against a uniform histogram; above ``TOLERANCE`` they are not uniform."""
    counts = np.bincount(np.minimum((ranks * BINS).astype(int), BINS - 1), minlength=BINS)
    expected = len(ranks) / BINS
    return float(np.square(counts - expected).sum() / expected)


def attempt(pack: Pack, crowd: Crowd) -> Trial:
    """Draw a crowd from the model, let it live, forecast each user after every report, and compare.

    Equal crowds give equal trials.
    """
    told, truth = _people(pack, crowd)
    lines = lines_in_yuan(truth, run(truth))
    ties = stream(crowd.seed, 11).random((crowd.users, crowd.reports + 1, len(RANKED)))
    rows = []
    for first in range(0, crowd.users, _TOGETHER):
        luck = _luck(pack, crowd, first + 1, ("honest", crowd.draws))
        for user in range(first, min(first + _TOGETHER, crowd.users)):
            tapes = cut_tapes({name: float(values[user]) for name, values in told.items()}, pack, luck)
            rows.append(_after_each_report(tapes, crowd, (lines[:, user], _true(truth, user), ties[user])))
    low, high, outcome, effective, widened, *ranks = np.array(rows).transpose(2, 1, 0)
    return Trial(low, high, outcome, effective, widened, dict(zip(RANKED, ranks, strict=True)))


def _luck(pack: Pack, crowd: Crowd, part: int, how: tuple[str, int]) -> Luck:
    seed = int(stream(crowd.seed, 10, part).integers(2**32))
    return draw_luck(pack, Chance(crowd.reports + crowd.months, seed, *how))


def _people(pack: Pack, crowd: Crowd) -> tuple[dict[str, FloatArray], Tapes]:
    """What each user tells, by fact, and the tapes on which the crowd lives, one path a user."""
    profiles = islice(population([pack], crowd.seed), crowd.users)
    rows = [told_values(Facts(pack.kind, one["facts"]), pack) for one in profiles]
    people = {name: np.array([row[name] for row in rows], dtype=np.float64) for name in rows[0]}
    names = {"line": {"current_line"}, "gate": {"current_line", *ALWAYS_ASKED}, "all": set(people)}[crowd.asked]
    silent = {factor.fact for factor in pack.factors if factor.only_known} - names
    lived = people.keys() - silent if crowd.real else names
    told = {name: values for name, values in people.items() if name in names}
    alive = {name: values for name, values in people.items() if name in lived}
    return told, cut_tapes(alive, pack, _luck(pack, crowd, 0, (crowd.truth, crowd.users)))


def _true(truth: Tapes, user: int) -> tuple[float, ...]:
    shape = truth.start.shape
    return tuple(float(np.broadcast_to(truth.parameters[name], shape)[user]) for name in RANKED[1:])


def _after_each_report(
    tapes: Tapes, crowd: Crowd, life: tuple[FloatArray, tuple[float, ...], FloatArray]
) -> list[tuple[float, ...]]:
    """One row of figures for each number of reports, of one user: lines by month, true parameters, chance for ties."""
    lines, true, ties = life
    rows = []
    for count, chances in enumerate(ties):
        history = History(tuple(range(count + 1)), tuple(lines[: count + 1].tolist()))
        found = learned(tapes, history, crowd.months)
        outcome, each = float(lines[count + crowd.months]), found.weights.each
        ends = lines_in_yuan(found.tapes, run(found.tapes))[-1]
        low, high = weighted_quantiles(ends[None], each, (0.1, 0.9))[0]
        drawn = (ends, *(found.tapes.parameters[name] for name in RANKED[1:]))
        ranks = (_rank(*one, each) for one in zip(drawn, (outcome, *true), chances, strict=True))
        rows.append((low, high, outcome, found.weights.effective, float(found.weights.widened), *ranks))
    return rows


def _rank(drawn: Value, true: float, chance: float, weights: FloatArray) -> float:
    """The weight of draws below the truth, with a part that chance decides of those equal to it."""
    return float(weights @ ((drawn < true) + chance * (drawn == true)))
