"""The play operator as compiled loops, to the bit the one of ``simulator.movement``; only for those who want it.

Every sum is put back into 32 bits at once: wider numbers would halve what the processor does in one instruction. Loops
run over whole rows of paths and touch few arrays each, so that they become vector instructions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.compiling import compiled
from simulator.movement import bands

if TYPE_CHECKING:
    from simulator.money import IntArray
    from simulator.tapes import Increment, Tapes


def walk(tapes: Tapes, gain: Increment) -> IntArray:
    """Lines by month (months + 1, draws) along the tapes with some increment of actions, as ``movement.walk``."""
    lines = np.empty((tapes.months + 1, tapes.draws), np.int32)
    lines[0] = tapes.start
    aims, gains = tapes.aims, gain.layers
    if tapes.layer_of.keys().isdisjoint(gain.parts):
        aims, gains = tapes.capped, gain.layers[: 1 if gain.parts else 0]
    follow(lines, aims, gains, bands(tapes, gain), (tapes.reach, np.int32(tapes.floor)))
    return lines


@compiled
def follow(lines: IntArray, aims: IntArray, gains: IntArray, bands: IntArray, reach: tuple[IntArray, np.int32]) -> None:
    """Fill the lines of all months after the first; ``gains`` are those of all layers, of the score alone, or none."""
    gained, lowest = np.empty(lines.shape[1], np.int32), np.empty(lines.shape[1], np.int32)
    for month in range(aims.shape[1]):
        score, cap = aims[0, month], aims[1, month]
        if len(gains) > 0:
            add(gained, score, gains[0, month])
            score = gained
        if len(gains) > 1:
            add(lowest, cap, gains[1, month])
            for layer in range(2, len(aims)):
                hold_sum(lowest, aims[layer, month], gains[layer, month])
            cap = lowest
        step(lines[month + 1], lines[month], (score, cap), (bands[0, month], bands[1, month]), reach)


@compiled
def copy(into: IntArray, row: IntArray) -> None:
    """The same row once more."""
    for path in range(into.size):
        into[path] = row[path]


@compiled
def add(into: IntArray, one: IntArray, other: IntArray) -> None:
    """The sum of two rows."""
    for path in range(into.size):
        into[path] = np.int32(one[path] + other[path])


@compiled
def hold(target: IntArray, layer: IntArray) -> None:
    """Bring targets down to a layer."""
    for path in range(target.size):
        target[path] = min(target[path], layer[path])


@compiled
def hold_sum(target: IntArray, layer: IntArray, gain: IntArray) -> None:
    """Bring targets down to a layer with its gain."""
    for path in range(target.size):
        target[path] = min(target[path], np.int32(layer[path] + gain[path]))


@compiled
def step(
    after: IntArray,
    line: IntArray,
    aims: tuple[IntArray, IntArray],
    bands: tuple[IntArray, IntArray],
    reach: tuple[IntArray, np.int32],
) -> None:
    """One review of the play operator on the way from lines to what they are after it, never in place.

    The target is the lower of two ``aims``; a band that is far keeps the review from moving the line.
    """
    score, cap = aims
    up, down = bands
    up_step, down_step, roof = reach[0][0], reach[0][1], reach[0][2]
    floor = reach[1]
    for path in range(after.size):
        target = min(score[path], cap[path])
        raised = min(np.int32(target - up[path]), np.int32(line[path] + up_step[path]))
        raised = max(raised, line[path])
        cut = max(np.int32(target + down[path]), np.int32(raised - down_step[path]))
        after[path] = min(max(min(raised, cut), floor), roof[path])
