"""The play operator as one compiled loop, to the bit the one of ``simulator.movement``; only for those who want it.

Importing this module starts a compiler, so nothing that a conversation needs imports it. It needs numba.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from simulator.money import IntArray
    from simulator.sampling import BoolArray
    from simulator.tapes import Increment, Tapes

    Reviews: TypeAlias = tuple[BoolArray, BoolArray]
    Moves: TypeAlias = tuple[IntArray, ...]


def walk(tapes: Tapes, gain: Increment) -> IntArray:
    """Lines by month (months + 1, draws) along the tapes with some increment of actions, as ``movement.walk``."""
    lines = np.empty((tapes.months + 1, tapes.draws), np.int32)
    lines[0] = tapes.start
    target = _targets(tapes.layers, gain.layers, tapes.offsets)
    moves = (tapes.up_band, tapes.up_step, tapes.down_band, tapes.down_step, tapes.roof)
    raising = tapes.raising | (gain.asked & tapes.gate)
    _follow(lines, target, (raising, tapes.cutting), tuple(map(np.ascontiguousarray, moves)), np.int32(tapes.floor))
    return lines


def targets(layers: IntArray, gains: IntArray, offsets: IntArray) -> IntArray:
    """The target of each month and path: the least of all layers with their gains, moved by the offsets."""
    target = layers[0] + gains[0]
    for layer in range(1, len(layers)):
        target = np.minimum(target, layers[layer] + gains[layer])
    moved: IntArray = target + offsets
    return moved


def follow(lines: IntArray, target: IntArray, reviews: Reviews, moves: Moves, floor: np.int32) -> None:
    """Fill the lines of all months after the first: short loops that become vector instructions."""
    raising, cutting = reviews
    up_band, up_step, down_band, down_step, roof = moves
    edge = np.empty(lines.shape[1], np.int32)
    for month in range(len(target)):
        before, line, aim = lines[month], lines[month + 1], target[month]
        raises, cuts = raising[month], cutting[month]
        for path in range(len(edge)):
            edge[path] = min(aim[path] - up_band[path], before[path] + up_step[path])
        for path in range(len(edge)):
            line[path] = max(before[path], edge[path]) if raises[path] else before[path]
        for path in range(len(edge)):
            edge[path] = max(aim[path] + down_band[path], line[path] - down_step[path])
        for path in range(len(edge)):
            line[path] = min(line[path], edge[path]) if cuts[path] else line[path]
        for path in range(len(edge)):
            line[path] = min(max(line[path], floor), roof[path])


_numba: Any = importlib.import_module("numba")
_targets: Any = _numba.njit(targets)
_follow: Any = _numba.njit(follow)
