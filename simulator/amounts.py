"""Exact amounts: decimals as they were written down, before they are rounded to the fen."""

from __future__ import annotations

from decimal import Decimal

NOTHING = Decimal("0.00")


def exact(number: float) -> Decimal:
    """A number as it was written down: 0.0005 becomes exactly 5/10,000, not its nearest binary fraction."""
    return Decimal(repr(number))
