"""Ranges held to their promise: once outcomes are known, each segment's ranges widen or narrow until they cover."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from simulator.results import Range

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.results import Forecast

EVERYONE = ""
"""The segment under which all outcomes are kept, for segments with too few of their own."""

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

_STRENGTH = (SEGMENT_LABEL, EVERYONE_LABEL, PRIOR_LABEL)
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
    """Records by segment and months ahead (Mondrian: each is held to its own promise), and those of everyone."""

    records: Mapping[tuple[str, int], Record] = field(default_factory=lambda: MappingProxyType({}))

    def with_outcome(self, segment: str, months: int, promised: Range, line: float) -> Calibration:
        """What is known once a borrower of a segment, some months after a forecast, turns out to have a line of yuan.

        ``promised`` is the range for that month as the model gave it, before any calibration.
        """
        outside = max(math.log2(promised.p10 / line), math.log2(line / promised.p90))
        cells = {(segment, months), (EVERYONE, months)}
        changed = {cell: self.records.get(cell, Record()).with_outcome(outside) for cell in cells}
        return Calibration(MappingProxyType({**self.records, **changed}))

    def calibrated(self, segment: str, months: int, promised: Range) -> tuple[Range, str]:
        """A model's range some months ahead as outcomes have taught to give it, and the label of what it rests on."""
        for name, label in ((segment, SEGMENT_LABEL), (EVERYONE, EVERYONE_LABEL)):
            record = self.records.get((name, months), Record())
            if len(record.outside) >= LEAST:
                return _moved(promised, 2.0**record.margin), label
        return promised, PRIOR_LABEL


def calibrate(forecast: Forecast, calibration: Calibration, segment: str) -> Forecast:
    """A forecast with the line of every month ahead calibrated on outcomes; its label is that of the weakest month.

    The middle stays, and so does what could be drawn; the line now is known and needs no outcomes.
    """
    ahead = list(zip(forecast.months, forecast.line, strict=True))[1:]
    found = [calibration.calibrated(segment, month, promised) for month, promised in ahead]
    label = max((one for _line, one in found), key=_STRENGTH.index)
    return replace(forecast, line=(forecast.line[0], *(line for line, _label in found)), label=label)


def _moved(promised: Range, times: float) -> Range:
    low, middle, high = promised.p10, promised.p50, promised.p90
    return Range(min(low / times, middle), middle, max(high * times, middle))
