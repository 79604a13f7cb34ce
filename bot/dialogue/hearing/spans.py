"""Hearing: intervals and quantities, the plain numbers that all readers pass on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
ONE = Decimal(1)
TEN = Decimal(10)


class Span(NamedTuple):
    """Everything from ``low`` to ``high``; one number when they are equal."""

    low: Decimal
    high: Decimal

    def times(self, factor: Decimal) -> Span:
        """Both ends multiplied."""
        return Span(self.low * factor, self.high * factor)

    def plus(self, other: Span) -> Span:
        """Both ends added."""
        return Span(self.low + other.low, self.high + other.high)

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high


NOTHING = Span(ZERO, ZERO)


def exactly(value: Decimal | int) -> Span:
    """The span of one number."""
    number = Decimal(value)
    return Span(number, number)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it was said, with the unit said beside it.

    ``unit`` is empty for a bare number; ``scale`` is the magnitude word inside it (10,000 for two wan, else 1);
    ``place`` is the step that "and some more" adds; ``doubt`` is why it must be asked back and ``other`` what else
    it could be; ``written`` tells digits without any magnitude word.
    """

    span: Span
    unit: str = ""
    scale: Decimal = ONE
    place: Decimal = ONE
    doubt: str = ""
    other: Decimal | None = None
    written: bool = False
