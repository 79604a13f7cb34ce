"""A crowd by compiled loops: many profiles side by side on each path, which is walked only where a review may happen.

What the lender draws is a number here and what borrowers have is a row of numbers, so nothing of profiles times paths
is kept but the last lines of one block. The outlook is that of ``simulator.crowd``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from simulator.compiling import compiled
from simulator.crowd import SHARES, Outlook, in_yuan, places
from simulator.crowding import Borrowers, Lender, Ways, crowding
from simulator.kernels_of_limits import Desk, hold_at, score_at, weigh
from simulator.kernels_of_logs import to_nearest
from simulator.money import PARTS, IntArray

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.crowding import Places
    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.shapes import FloatArray

_BLOCK = 256  # profiles side by side: few enough that their rows stay in the processor's cache
_AT_ONCE = 2048  # profiles prepared together


def outlook(profiles: Mapping[str, FloatArray], pack: Pack, luck: Luck) -> Outlook:
    """The outlook of whole profiles on one luck, as ``crowd.outlook``; all facts of the kind must be told."""
    crowd = crowding(pack, luck)
    count, paths = len(profiles["current_line"]), luck.chance.draws
    found = np.zeros((3 + len(SHARES), count), np.int32)
    ends = np.empty((len(crowd.ways.begins) - 1, _BLOCK), np.int32)
    rest = (np.array(places(paths)), crowd.idle, np.int32(crowd.floor))
    for first in range(0, count, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        own = crowd.borrowers({name: values[some] for name, values in profiles.items()})
        part = np.zeros((len(found), len(own.line)), np.int32)
        walk_all(part, ends, (crowd.ways, crowd.lender, own), rest)
        found[:, some] = part
    found[0] = paths - found[0]
    return Outlook(in_yuan(found[3:], profiles["current_line"], pack), *(found[:3] / paths))


class Block(NamedTuple):
    """Some profiles side by side: the first of them, where their lines start, and far where nobody rates them."""

    first: int
    start: IntArray
    unrated: IntArray


@compiled
def walk_all(
    found: IntArray, ends: IntArray, who: tuple[Ways, Lender, Borrowers], rest: tuple[Places, int, np.int32]
) -> None:
    """Walk all profiles, block by block; by profile how many paths moved, ended higher, ended lower, and the range."""
    ways, _lender, own = who
    which, idle, floor = rest
    floats, wholes = np.empty((5, ends.shape[1])), np.empty((3, ends.shape[1]), np.int32)
    for first in range(0, own.start.size, ends.shape[1]):
        size = min(ends.shape[1], own.start.size - first)
        block = Block(first, own.start[first : first + size], own.unrated[first : first + size])
        desk = Desk(
            floats[0][:size], floats[1][:size], floats[2][:size], floats[3][:size], floats[4][:size],
            wholes[0][:size], wholes[1][:size], wholes[2][:size],
        )  # fmt: skip
        for path in range(len(ways.begins) - 1):
            line = ends[path][:size]
            walk_path(line, who, path, block, desk, floor)
            counts = found[0][first : first + size], found[1][first : first + size], found[2][first : first + size]
            tally(counts, line, block.start, desk.moved)
        for rank in range(len(which)):
            found[3 + rank, first : first + size] = ranked(ends, block.start, idle, which[rank])


@compiled
def tally(counts: tuple[IntArray, IntArray, IntArray], line: IntArray, start: IntArray, moved: IntArray) -> None:
    """Count who has moved, who ended higher and who ended lower."""
    ever, higher, lower = counts
    for one in range(line.size):
        ever[one] = np.int32(ever[one] + moved[one])
        higher[one] = np.int32(higher[one] + np.int32(line[one] > start[one]))
        lower[one] = np.int32(lower[one] + np.int32(line[one] < start[one]))


@compiled
def walk_path(
    line: IntArray, who: tuple[Ways, Lender, Borrowers], path: int, block: Block, desk: Desk, floor: np.int32
) -> None:
    """Fill the last lines of a block of profiles on one path, and whose line has moved on the way."""
    ways, lender, own = who
    score_at(desk, lender, own, path, block.first)
    hold_at(desk, lender, own, path, block.first)
    for one in range(line.size):
        line[one] = block.start[one]
        desk.moved[one] = 0
    for cell in range(ways.begins[path], ways.begins[path + 1]):
        shock = ways.shock[cell]
        for one in range(line.size):
            desk.aim[one] = desk.score[one] + shock
        weigh(desk.aim, lender.carried[path], own.growth[ways.month[cell]], block.first)
        review(line, desk, block, ways.moves[cell], ways.steps[path], floor)


@compiled
def review(line: IntArray, desk: Desk, block: Block, move: IntArray, steps: IntArray, floor: np.int32) -> None:
    """One review of many profiles on the same path; what only the rated have is far for the others."""
    offset, up, down, only_rated = move
    up_step, down_step = steps
    for one in range(line.size):
        aim = np.int32(min(to_nearest(desk.aim[one] * PARTS), desk.cap[one]) + offset)
        raised = np.int32(np.int32(aim - up) - np.int32(block.unrated[one] & only_rated))
        raised = max(min(raised, np.int32(line[one] + up_step)), line[one])
        cut = max(np.int32(aim + down), np.int32(raised - down_step))
        line[one] = min(max(min(raised, cut), floor), desk.roof[one])
        desk.moved[one] |= np.int32(line[one] != block.start[one])


@compiled
def ranked(ends: IntArray, start: IntArray, idle: int, place: int) -> IntArray:
    """The line in some place of the order of all paths, by halving; ``idle`` paths stay where they start."""
    low, high = start.copy(), start.copy()
    for path in range(len(ends)):
        row = ends[path]
        for one in range(low.size):
            low[one], high[one] = min(low[one], row[one]), max(high[one], row[one])
    middle, below = np.empty_like(low), np.empty_like(low)
    while (low < high).any():
        for one in range(low.size):
            middle[one] = (low[one] + high[one]) >> 1
            below[one] = np.int32(idle) if start[one] <= middle[one] else np.int32(0)
        for path in range(len(ends)):
            row = ends[path]
            for one in range(low.size):
                below[one] = np.int32(below[one] + np.int32(row[one] <= middle[one]))
        for one in range(low.size):
            enough = below[one] > place
            low[one] = low[one] if enough else np.int32(middle[one] + 1)
            high[one] = middle[one] if enough else high[one]
    return low
