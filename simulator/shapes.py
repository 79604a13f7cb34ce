"""Shapes: functions of one measure that never fall as the measure rises."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from simulator.policy import Shape

FloatArray: TypeAlias = npt.NDArray[np.float64]
Value: TypeAlias = float | FloatArray
"""One number, or one number for each draw (and month)."""


def shaped(shape: Shape, measure: Value, parameters: Mapping[str, Value]) -> Value:
    """The shape's value at a measure, in units of its weight; a knee is read from the drawn parameters."""
    return _KINDS[shape.kind](shape, measure, parameters[shape.knee] if shape.knee else 0.0)


def _linear(shape: Shape, measure: Value, _knee: Value) -> Value:
    return (np.minimum(np.maximum(measure, shape.low), shape.high) - shape.low) / shape.scale


def _saturating(shape: Shape, measure: Value, _knee: Value) -> Value:
    return -np.expm1(-np.maximum(measure, 0.0) / shape.scale)


def _doublings(shape: Shape, measure: Value, _knee: Value) -> Value:
    return np.log2(1.0 + np.minimum(np.maximum(measure, shape.low), shape.high) / shape.scale)


def _hyperbolic(shape: Shape, measure: Value, _knee: Value) -> Value:
    kept = np.maximum(measure, 0.0)
    return kept / (kept + shape.scale)


def up_to_knee(_shape: Shape | None, measure: Value, knee: Value) -> Value:
    """The share of the way to the knee, and all of it beyond."""
    return np.minimum(measure, knee) / knee


def beyond_knee(_shape: Shape | None, measure: Value, knee: Value) -> Value:
    """Nothing up to the knee, then the share of the way from it to one."""
    return np.maximum(measure - knee, 0.0) / (1.0 - knee)


_KINDS: Mapping[str, Callable[[Shape, Value, Value], Value]] = {
    "linear": _linear,
    "saturating": _saturating,
    "doublings": _doublings,
    "hyperbolic": _hyperbolic,
    "up_to_knee": up_to_knee,
    "beyond_knee": beyond_knee,
}
