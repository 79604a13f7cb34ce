"""A mapping: which column of a table is the line, and how the others become named features with stated directions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Sign(StrEnum):
    """Whether the line never falls, never rises, or may do either as the feature rises."""

    RISES = "+"
    FALLS = "-"
    FREE = "free"

    @property
    def number(self) -> int:
        """1, -1 or 0."""
        return {Sign.RISES: 1, Sign.FALLS: -1, Sign.FREE: 0}[self]


class Take(StrEnum):
    """What is taken from the repeated values of a series, newest first; ``each`` makes one feature of every value."""

    EACH = "each"
    NEWEST = "newest"
    MOST = "most"
    LEAST = "least"
    MEAN = "mean"
    MIDDLE = "middle"
    SPREAD = "spread"
    TREND = "trend"
    COUNT = "count"


class Scale(StrEnum):
    """As it is, or in doublings: log2(1 + v), mirrored below nothing."""

    PLAIN = "plain"
    LOG = "log"


@dataclass(frozen=True, slots=True)
class Term:
    """One series in a sum, shifted back by some periods and multiplied."""

    of: str
    back: int = 0
    times: float = 1.0


@dataclass(frozen=True, slots=True)
class Series:
    """Repeated values, newest first: columns of the table, or a sum of other series, over a divisor, within bounds."""

    columns: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    over: Term | None = None
    floor: float = 1.0
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """One named feature: what is taken of a series, on which scale, over what, and its direction.

    ``least``, ``most`` and ``multiple_of`` say which values a count counts; ``floor`` is the smallest divisor.
    """

    name: str
    of: str
    take: Take = Take.EACH
    scale: Scale = Scale.PLAIN
    sign: Sign = Sign.FREE
    over: tuple[str, Take] | None = None
    floor: float = 1.0
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    multiple_of: float | None = None


@dataclass(frozen=True, slots=True)
class Segments:
    """Groups of cases whose intervals are calibrated apart: a feature that has no direction, and where to cut it."""

    of: str
    at: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TableMapping:
    """All of one mapping file."""

    title: str
    source: str
    target: str
    series: Mapping[str, Series]
    features: tuple[Feature, ...]
    drop: Mapping[str, str]
    levels: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    segments: Segments | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that features are made of, in the order of the series."""
        named = [column for series in self.series.values() for column in series.columns]
        return tuple(dict.fromkeys(named))
