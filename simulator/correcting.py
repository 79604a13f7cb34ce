"""Correcting: ranges moved as outcomes have taught, by three values that a pack states with their source and date."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from simulator.results import Range
from simulator.segments import shifted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.policy import Pack, Parameter

BOUNDS = {"shift": (-1.0, 1.0), "lower": (0.5, 3.0), "upper": (0.5, 3.0)}
"""What a pack may correct, and how far: outcomes that ask for more than this ask for another model."""

_YEAR = 12.0

Ranges: TypeAlias = tuple[Range, ...]


class Correction(NamedTuple):
    """How a product's ranges are corrected; as it stands by itself it changes nothing.

    ``shift`` is in doublings a year; ``lower`` and ``upper`` are factors for the distance (in doublings) from the
    middle to the low and to the high end.
    """

    shift: float = 0.0
    lower: float = 1.0
    upper: float = 1.0

    @property
    def code(self) -> str:
        """A short name by which forecasts that were corrected alike are known; empty where nothing is corrected."""
        return "" if self == Correction() else "/".join(f"{value:g}" for value in self)

    def after(self, first: Correction) -> Correction:
        """The one that does what ``first`` did and then this."""
        return Correction(first.shift + self.shift, first.lower * self.lower, first.upper * self.upper)

    def held(self) -> Correction:
        """The nearest one that a pack may state, rounded as it is written there."""
        kept = (min(max(value, BOUNDS[name][0]), BOUNDS[name][1]) for name, value in self._asdict().items())
        return Correction(*(round(value, 3) for value in kept))

    def moved(self, foretold: Range, months: int, now: float) -> Range:
        """A range some months ahead, corrected; where it says that the line (yuan) stays as it is now, it still does.

        Args:
            foretold: yuan, as the model gives it.
            months: how far ahead it is.
            now: the line (yuan) at the start.
        """
        low, middle, high = foretold.p10, foretold.p50, foretold.p90
        if low <= 0.0:
            return foretold
        wide = Range(middle * (low / middle) ** self.lower, middle, middle * (high / middle) ** self.upper)
        return shifted(wide, self.shift * months / _YEAR, now) if self.shift else wide


def correction_of(corrections: Mapping[str, Parameter]) -> Correction:
    """What some stated values amount to; nothing where there are none."""
    return Correction(**{name: one.value for name, one in corrections.items()})


def corrected(line: Ranges, pack: Pack) -> Ranges:
    """Ranges by month (index 0 is now, and stays) as the pack's own outcomes have taught to give them."""
    if not pack.corrections:
        return line
    how, now = correction_of(pack.corrections), line[0].p50
    return (line[0], *(how.moved(one, month, now) for month, one in enumerate(line[1:], 1)))


def still_available(
    available: tuple[Range, ...], before: tuple[Range, ...], after: tuple[Range, ...]
) -> tuple[Range, ...]:
    """What could still be drawn (yuan) once the line's ranges were corrected: each end moves along with the line's."""
    return tuple(
        Range(*(_along(end, was, now) for end, was, now in zip(_ends(left), _ends(old), _ends(new), strict=True)))
        for left, old, new in zip(available, before, after, strict=True)
    )


def _along(end: float, was: float, now: float) -> float:
    return max(end + now - was, 0.0) if end > 0.0 else end


def _ends(one: Range) -> tuple[float, float, float]:
    return one.p10, one.p50, one.p90
