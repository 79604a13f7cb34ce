"""Segments: borrowers that share a bias, and how far a few outcomes of a segment are to be believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulator.results import Range

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.policy import Pack
    from simulator.shapes import FloatArray
    from simulator.vocabulary import Facts

PRIOR_BIAS = 0.25
"""Doublings (standard deviation): how far off the whole model is believed to be before any outcome."""

PRIOR_SCATTER = 0.5
"""Doublings (standard deviation): scatter of outcomes about the middle, until outcomes tell their own."""

_BANDS = ((0.5, "small"), (2.0, "usual"))  # lines below so many times the product's usual line


@dataclass(frozen=True, slots=True)
class Bias:
    """The bias of one segment in doublings: its own mean error, the part that is believed, and the trust in it.

    ``trust`` is the share of the distance from all segments to this one that its ``count`` outcomes justify.
    """

    own: float
    shift: float
    trust: float
    count: int


@dataclass(frozen=True, slots=True)
class Pooling:
    """Biases by segment, and the bias of all, which stands in for a segment without outcomes; doublings."""

    everyone: float = 0.0
    segments: Mapping[str, Bias] = field(default_factory=lambda: MappingProxyType({}))

    def shift(self, segment: str) -> float:
        """Doublings by which outcomes of a segment lie above the forecast, as far as they are believed."""
        return self.segments[segment].shift if segment in self.segments else self.everyone


def segment_of(facts: Facts, pack: Pack) -> str:
    """The segment of a borrower: the product and whether the line is small, usual or large for it, or unknown."""
    line = facts.number("current_line")
    if line is None:
        return f"{pack.product}.unknown"
    band = next((name for most, name in _BANDS if line < most * pack.usual_line), "large")
    return f"{pack.product}.{band}"


def pooled(errors: Mapping[str, Sequence[float]]) -> Pooling:
    """Partial pooling of errors (log2 of the outcome over the middle of its forecast) by segment.

    Normal errors about a segment's bias, normal biases about the bias of all, and that one about nothing. The
    variances come from the errors themselves by the method of moments (DerSimonian and Laird 1986); with equal
    counts this is the positive-part shrinkage of James and Stein.
    """
    told = {name: np.asarray(rows, dtype=np.float64) for name, rows in errors.items() if len(rows)}
    if not told:
        return Pooling()
    counts = np.array([len(rows) for rows in told.values()], dtype=np.float64)
    means = np.array([rows.mean() for rows in told.values()])
    scatter = _scatter(list(told.values()))
    between = _between(counts, means, scatter)
    spread = between + scatter / counts
    everyone = float((means / spread).sum() / ((1.0 / spread).sum() + 1.0 / PRIOR_BIAS**2))
    trust = between / spread
    rows = zip(told, means.tolist(), trust.tolist(), counts.tolist(), strict=True)
    biases = {name: Bias(own, everyone + part * (own - everyone), part, int(count)) for name, own, part, count in rows}
    return Pooling(everyone, MappingProxyType(biases))


def shifted(forecast: Range, shift: float, now: float) -> Range:
    """A range moved by a bias in doublings; where it says that the line (yuan) stays as it is now, it still does."""
    low, middle, high = (
        end if end == now else _on_its_side(end * 2.0**shift, end, now)
        for end in (forecast.p10, forecast.p50, forecast.p90)
    )
    return Range(low, middle, high)


def _on_its_side(moved: float, end: float, now: float) -> float:
    return max(moved, now) if end > now else min(moved, now)


def _scatter(rows: Sequence[FloatArray]) -> float:
    """Variance of errors within segments, with one outcome's worth of prior scatter."""
    squares = sum(float(np.square(one - one.mean()).sum()) for one in rows)
    freedom = sum(len(one) - 1 for one in rows)
    return (squares + PRIOR_SCATTER**2) / (freedom + 1)


def _between(counts: FloatArray, means: FloatArray, scatter: float) -> float:
    """Variance of biases between segments, never below nothing."""
    total = counts.sum()
    centre = (counts * means).sum() / total
    apart = (counts * np.square(means - centre)).sum() - (len(counts) - 1) * scatter
    scale = total - np.square(counts).sum() / total
    return max(0.0, float(apart / scale)) if scale > 0.0 else 0.0
