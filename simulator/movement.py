"""Month by month: reviews, raises, cuts, freezes, the platform's appetite.

The line moves only at reviews and only through a play operator: up to the target less one band, down to the target
plus another, never more than a step at once. Each rule keeps the order of any two lines and any two targets, so a
better profile or one more good action can never end lower on the same path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.actions import Action
    from simulator.money import IntArray
    from simulator.tapes import Increment, Tapes


def run(tapes: Tapes, actions: Iterable[tuple[Action, int]] = ()) -> IntArray:
    """Lines by month (months + 1, draws), in parts of a doubling of one yuan, with actions and their start months."""
    return walk(tapes, tapes.joined(tapes.increment(action, start) for action, start in actions))


def walk(tapes: Tapes, gain: Increment) -> IntArray:
    """The play operator along the tapes with some increment of actions; month 0 is the line as it stands."""
    return play(tapes, targets(tapes, gain.layers), bands(tapes, gain))


def bands(tapes: Tapes, gain: Increment) -> IntArray:
    """The bands of the tapes, open as well where an action brings a review that may raise (2, months, draws)."""
    if not np.count_nonzero(gain.asked):
        return tapes.bands
    up, down = tapes.bands
    return np.stack([np.where(gain.asked & tapes.gate, tapes.up_band, up), down])


def targets(tapes: Tapes, gain: IntArray) -> IntArray:
    """The target of each month and draw: the least of score and ceilings, moved by the platform's appetite.

    ``gain`` (layers, months, draws) is what actions add to each layer.
    """
    target: IntArray = np.minimum.reduce(tapes.aims + gain)
    return target


def play(tapes: Tapes, target: IntArray, bands: IntArray) -> IntArray:
    """Lines that follow their targets at reviews only, within bands and steps, between floor and policy ceiling."""
    lines = np.empty((tapes.months + 1, tapes.draws), np.int32)
    lines[0] = tapes.start
    up_step, down_step, roof = tapes.reach
    upper, lower = target - bands[0], target + bands[1]
    for month in range(tapes.months):
        raised = lines[month] + up_step
        np.minimum(raised, upper[month], out=raised)
        np.maximum(raised, lines[month], out=raised)
        line = np.subtract(raised, down_step, out=lines[month + 1])
        np.maximum(line, lower[month], out=line)
        np.minimum(line, raised, out=line)
        np.maximum(line, tapes.floor, out=line)
        np.minimum(line, roof, out=line)
    return lines
