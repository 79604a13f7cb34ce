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
    """Fill the lines of all months after the first; layers that gain nothing may be left out of ``gains``."""
    target = np.empty(lines.shape[1], np.int32)
    for month in range(aims.shape[1]):
        if len(gains) == 0:
            least(target, aims[0, month], aims[1, month])
            for layer in range(2, len(aims)):
                hold(target, aims[layer, month])
        else:
            add(target, aims[0, month], gains[0, month])
            for layer in range(1, len(gains)):
                hold_sum(target, aims[layer, month], gains[layer, month])
            for layer in range(len(gains), len(aims)):
                hold(target, aims[layer, month])
        copy(lines[month + 1], lines[month])
        step(lines[month + 1], target, bands[0, month], bands[1, month], reach)


@compiled
def add(into: IntArray, one: IntArray, other: IntArray) -> None:
    """The sum of two rows."""
    for path in range(into.size):
        into[path] = np.int32(one[path] + other[path])


@compiled
def least(into: IntArray, one: IntArray, other: IntArray) -> None:
    """The lower of two rows, path by path."""
    for path in range(into.size):
        into[path] = min(one[path], other[path])


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
def copy(into: IntArray, row: IntArray) -> None:
    """The same row once more."""
    for path in range(into.size):
        into[path] = row[path]


@compiled
def step(line: IntArray, target: IntArray, up: IntArray, down: IntArray, reach: tuple[IntArray, np.int32]) -> None:
    """One review of the play operator; a band that is far keeps it from moving the line."""
    up_step, down_step, roof = reach[0][0], reach[0][1], reach[0][2]
    floor = reach[1]
    for path in range(line.size):
        raised = min(np.int32(target[path] - up[path]), np.int32(line[path] + up_step[path]))
        raised = max(raised, line[path])
        cut = max(np.int32(target[path] + down[path]), np.int32(raised - down_step[path]))
        line[path] = min(max(min(raised, cut), floor), roof[path])
