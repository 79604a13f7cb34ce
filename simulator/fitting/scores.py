"""Scores of estimates against real lines: order, share explained, coverage, width, and the loss of each quantile."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from simulator.fitting.fitted import Estimates
    from simulator.shapes import FloatArray

_E_FOLDS = math.log(2.0)  # natural logarithm of one doubling
_LEAST_VARIANCE = 1e-12  # of equal lines nothing can be explained; the share then says so by being far below zero


class Scores(NamedTuple):
    """How estimates fared; logs are natural, so a width of 1.39 is a factor of four between both ends.

    ``rank_correlation`` is Spearman's, ``r2_log`` the share of the variance of the log line that the middle explains,
    ``coverage_80`` the share of lines within their range, ends included, ``width_log_80`` the mean width of the
    ranges, ``pinball`` the mean of the pinball losses of low, middle and high (as 0.1, 0.5 and 0.9). ``width_at_80`` is
    the width had every range been moved alike until exactly four in five lines were covered: it compares models
    whose coverage differs.
    """

    rank_correlation: float
    r2_log: float
    coverage_80: float
    width_log_80: float
    pinball: float
    width_at_80: float
    below: float
    above: float
    rows: int


def scores(doublings: FloatArray, found: Estimates) -> Scores:
    """The scores of estimates of lines whose log2 is known."""
    below, above = doublings < found.low, doublings > found.high
    widths = found.high - found.low
    outside = np.maximum(found.low - doublings, doublings - found.high)
    exact = widths.mean() + 2.0 * np.quantile(outside, 0.8)
    ends = ((found.low, 0.1), (found.middle, 0.5), (found.high, 0.9))
    losses = [pinball(doublings, estimate, quantile) for estimate, quantile in ends]
    return Scores(
        rank_correlation=rank_correlation(doublings, found.middle),
        r2_log=float(1.0 - np.square(doublings - found.middle).mean() / max(doublings.var(), _LEAST_VARIANCE)),
        coverage_80=float(1.0 - (below | above).mean()),
        width_log_80=float(widths.mean() * _E_FOLDS),
        pinball=float(np.mean(losses) * _E_FOLDS),
        width_at_80=float(exact * _E_FOLDS),
        below=float(below.mean()),
        above=float(above.mean()),
        rows=len(doublings),
    )


def rank_correlation(first: FloatArray, second: FloatArray) -> float:
    """Spearman's: the correlation of ranks, equal values sharing their mean rank; 0 where one side never differs."""
    ranks = [_ranks(first), _ranks(second)]
    if min(rank.std() for rank in ranks) == 0.0:
        return 0.0
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def pinball(truth: FloatArray, estimate: FloatArray, quantile: float) -> float:
    """The mean pinball loss: what is least when ``quantile`` of the truths lie below their estimate."""
    left = truth - estimate
    return float(np.maximum(quantile * left, (quantile - 1.0) * left).mean())


def _ranks(values: FloatArray) -> FloatArray:
    _met, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle: FloatArray = counts.cumsum() - (counts - 1) / 2.0
    return middle[places]
