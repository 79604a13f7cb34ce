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
    from simulator.sampling import BoolArray
    from simulator.tapes import Increment, Tapes


def run(tapes: Tapes, actions: Iterable[tuple[Action, int]] = ()) -> IntArray:
    """Lines by month (months + 1, draws), in parts of a doubling of one yuan, with actions and their start months."""
    return walk(tapes, tapes.joined(tapes.increment(action, start) for action, start in actions))


def walk(tapes: Tapes, gain: Increment) -> IntArray:
    """The play operator along the tapes with some increment of actions; month 0 is the line as it stands."""
    return play(tapes, targets(tapes, gain.layers), tapes.raising | (gain.asked & tapes.gate))


def targets(tapes: Tapes, gain: IntArray) -> IntArray:
    """The target of each month and draw: the least of score and ceilings, moved by the platform's appetite.

    ``gain`` (layers, months, draws) is what actions add to each layer.
    """
    target: IntArray = np.minimum.reduce(tapes.layers + gain) + tapes.offsets
    return target


def play(tapes: Tapes, target: IntArray, raising: BoolArray) -> IntArray:
    """Lines that follow their targets at reviews only, within bands and steps, between floor and policy ceiling."""
    lines = np.empty((tapes.months + 1, tapes.draws), np.int32)
    lines[0] = tapes.start
    upper, lower = target - tapes.up_band, target + tapes.down_band
    for month in range(tapes.months):
        line = lines[month]
        raised = np.maximum(line, np.minimum(upper[month], line + tapes.up_step))
        line = np.where(raising[month], raised, line)
        cut = np.minimum(line, np.maximum(lower[month], line - tapes.down_step))
        line = np.where(tapes.cutting[month], cut, line)
        lines[month + 1] = np.minimum(np.maximum(line, tapes.floor), tapes.roof)
    return lines
