"""Amounts and rates: exact decimals, rounded in one place; lines as whole 4096ths of a doubling."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from simulator.shapes import FloatArray, Value

IntArray: TypeAlias = npt.NDArray[np.int32]

PARTS = 4096
"""Parts of one doubling: a line is kept as a whole number of them, so that every implementation agrees to the bit."""

_FEN = Decimal("0.01")
_HALF_PART = 2.0 ** (0.5 / PARTS)


def to_fen(amount: Decimal) -> Decimal:
    """An amount of yuan rounded half up to the fen."""
    return amount.quantize(_FEN, rounding=ROUND_HALF_UP)


def to_parts(doublings: Value) -> IntArray:
    """Doublings (log2) as whole parts, rounded to the nearest."""
    parts: IntArray = np.rint(np.asarray(doublings) * PARTS).astype(np.int32)
    return parts


def line_parts(yuan: Value) -> IntArray:
    """A line in yuan (above nothing) as parts of a doubling of one yuan."""
    return to_parts(np.log2(yuan))


def line_yuan(parts: IntArray, grid: int) -> FloatArray:
    """Lines in yuan on the product's grid, rounded down as lenders do; half a part of slack keeps told lines."""
    yuan: FloatArray = np.floor(np.exp2(parts / PARTS) * _HALF_PART / grid) * grid
    return yuan
