"""Ranges held to their promise: once outcomes are known, each segment's ranges widen or narrow until they cover."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from simulator.results import Range

if TYPE_CHECKING:
    from collections.abc import Mapping

EVERYONE = ""
"""The name under which outcomes of all segments are kept, for segments with too few of their own."""

MISSES = 0.2
"""Share of outcomes that a range from the tenth to the ninetieth hundredth should miss."""

LEAST = 30
"""Outcomes from which a segment speaks for itself."""

PRIOR_LABEL = "prior_range_not_validated"
"""Label of a range that rests on the model alone."""

SEGMENT_LABEL = "calibrated_on_segment"
"""Label of a range that outcomes of the borrower's own segment have calibrated."""

EVERYONE_LABEL = "calibrated_on_everyone"
"""Label of a range that outcomes of all borrowers have calibrated, the segment having too few."""

_KEPT = 500  # outcomes of a segment that count; older ones belong to older rules of the lender
_STEP = 0.02  # how fast the aimed miss rate follows the misses
_BOUNDS = (0.01, 0.5)


@dataclass(frozen=True, slots=True)
class Record:
    """What one segment's outcomes taught: how far outside its range each lay (doublings, negative inside), latest last.

    ``aim`` is the miss rate now aimed at: below ``MISSES`` after too many misses, above it after too few.
    """

    outside: tuple[float, ...] = ()
    aim: float = MISSES

    @property
    def margin(self) -> float:
        """Doublings by which to move both ends outwards (inwards where negative); nothing before ``LEAST`` outcomes."""
        if len(self.outside) < LEAST:
            return 0.0
        ordered = sorted(self.outside)
        rank = math.ceil((len(ordered) + 1) * (1.0 - self.aim))
        return ordered[min(rank, len(ordered)) - 1]

    def with_outcome(self, outside: float) -> Record:
        """The record after one more outcome (adaptive conformal inference, Gibbs and Candes 2021)."""
        missed = outside > self.margin
        aim = self.aim + _STEP * (MISSES - missed) if len(self.outside) >= LEAST else self.aim
        return Record((*self.outside, outside)[-_KEPT:], min(max(aim, _BOUNDS[0]), _BOUNDS[1]))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Records by segment (Mondrian: each segment is held to its own promise), and one of everyone."""

    records: Mapping[str, Record] = field(default_factory=lambda: MappingProxyType({}))

    def with_outcome(self, segment: str, forecast: Range, line: float) -> Calibration:
        """What is known after a borrower of a segment, forecast a range of yuan, turned out to have a line of yuan.

        The range must be the one of the model, before any calibration.
        """
        lies = max(math.log2(forecast.p10 / line), math.log2(line / forecast.p90))
        changed = {name: self.records.get(name, Record()).with_outcome(lies) for name in {segment, EVERYONE}}
        return Calibration(MappingProxyType({**self.records, **changed}))

    def calibrated(self, segment: str, forecast: Range) -> tuple[Range, str]:
        """A model's range as outcomes have taught to give it, and the label that says on what it rests."""
        for name, label in ((segment, SEGMENT_LABEL), (EVERYONE, EVERYONE_LABEL)):
            record = self.records.get(name)
            if record is not None and len(record.outside) >= LEAST:
                return _widened(forecast, 2.0**record.margin), label
        return forecast, PRIOR_LABEL


def _widened(forecast: Range, times: float) -> Range:
    low, middle, high = forecast.p10, forecast.p50, forecast.p90
    return Range(min(low / times, middle), middle, max(high * times, middle))
