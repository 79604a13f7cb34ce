"""Logarithms and roundings of whole rows by compiled loops: sums and products only, so that they become vectors."""

from __future__ import annotations

import math

import numpy as np

from simulator.compiling import compiled
from simulator.shapes import FloatArray

_ONES = np.uint64(0x3FF0000000000000)  # the bits of 1.0
_LOW = np.uint64(0x3FE6A09E667F3BCD)  # the bits of the square root of a half
_POWER = np.uint64(0xFFF0000000000000)  # the bits of the power of two
_SHIFT = np.uint64(52)
_WHOLE = np.uint64(0x4330000000000000)  # the bits of 2 to the power of 52, above which doubles are whole numbers
_BASE = 2.0**52
_NEAREST = 1.5 * 2.0**52  # added and taken away again, it leaves the nearest whole number, ties to even
_SERIES = tuple(2.0 / (math.log(2.0) * (2 * term + 1)) for term in range(8))


@compiled
def log2(values: FloatArray, spare: FloatArray) -> None:
    """Replace numbers of at least 1 by their binary logarithms, to 13 digits; ``spare`` is a row to work in.

    The mantissa is brought between the square roots of a half and of two; its logarithm is the area tangent's series.
    """
    bits, power = values.view(np.uint64), spare.view(np.uint64)
    for one in range(values.size):
        above = bits[one] - _LOW
        power[one] = (above >> _SHIFT) | _WHOLE
        bits[one] -= above & _POWER
    first, second, third, fourth, fifth, sixth, seventh, eighth = _SERIES
    for one in range(values.size):
        part = (values[one] - 1.0) / (values[one] + 1.0)
        square = part * part
        series = sixth + square * (seventh + square * eighth)
        series = first + square * (second + square * (third + square * (fourth + square * (fifth + square * series))))
        values[one] = (spare[one] - _BASE) + part * series


@compiled
def to_nearest(number: float) -> np.int32:
    """The nearest whole number, ties to even."""
    return np.int32((number + _NEAREST) - _NEAREST)
