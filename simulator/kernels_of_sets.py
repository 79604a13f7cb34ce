"""Every set of some actions by compiled loops, in Gray-code order: each set differs from the last by one action.

Only the cells in which some review may move a line are walked, row by row as in ``simulator.course``: all first
reviews, then all second ones. Rows are filled up with cells that move nothing, so that loops run in whole vectors.
Counts are those of ``simulator.enumerating``, one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.compiling import compiled
from simulator.course import Aim, Course, lay_course
from simulator.enumerating import Hits
from simulator.kernels import copy, hold, step
from simulator.money import IntArray
from simulator.sampling import BoolArray
from simulator.tapes import FAR, Increment, Tapes

_WHOLE = 32  # a row has a multiple of so many cells
_BEYOND = 1 << 20  # parts that no line reaches

Places: TypeAlias = npt.NDArray[np.int64]


def every_set(tapes: Tapes, gains: Sequence[Increment], aim: Aim) -> Hits:
    """How many paths stand at the target by the month of the aim, for each set; as ``enumerating.every_set``."""
    asked = [gain.asked & tapes.gate for gain in gains]
    course = lay_course(tapes, np.logical_or.reduce([tapes.gate & False, *asked]), aim, np.arange(tapes.draws))
    rows = _rows(course)
    state = rows.cells((course.layers + course.offsets)[:, :, 0], 0)
    asks = np.zeros((len(gains), int(rows.begins[-1])), np.int32)
    for row, one in zip(asks, asked, strict=True):
        row[rows.where] = one[course.month, course.path]
    bands: IntArray = np.array([
        rows.cells((course.upper + course.blocked)[:, 0], FAR),
        rows.cells(course.lower[:, 0], FAR),
        rows.cells(course.upper[:, 0], FAR),
    ])
    bounds = (rows.paths(course.start, 0), rows.paths(course.aims, _BEYOND))
    reach = np.array([rows.paths(course.up_step, 0), rows.paths(course.down_step, 0), rows.paths(course.roof, _BEYOND)])
    hits = np.zeros(1 << len(gains), np.int32)
    ground = (state, bands, rows.begins, asks, asks.max(axis=1, initial=0) > 0)
    count_every(hits, ground, _pieces(tapes, course, rows, gains), bounds, (reach, np.int32(course.floor)))
    return hits


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the cells of a course stand once rows are filled up; ``begins`` are the first cells, the end included."""

    where: Places
    begins: Places
    width: int

    def cells(self, values: npt.NDArray[np.generic], rest: int) -> IntArray:
        """Numbers by cell in their places, and some number everywhere else."""
        filled = np.full((*values.shape[:-1], int(self.begins[-1])), rest, np.int32)
        filled[..., self.where] = values
        return filled

    def paths(self, values: npt.NDArray[np.generic], rest: int) -> IntArray:
        """Numbers by path, and some number for the paths that are none."""
        filled = np.full(self.width, rest, np.int32)
        filled[: len(values)] = values[:, 0]
        return filled


def _rows(course: Course) -> _Rows:
    counts = np.diff(course.ends, prepend=0)
    begins = np.concatenate([[0], np.cumsum(_filled(counts))]).astype(np.int64)
    where = [begin + np.arange(count) for begin, count in zip(begins[:-1], counts, strict=True)]
    return _Rows(np.concatenate([np.zeros(0, np.int64), *where]), begins, int(_filled(np.array(len(course.order)))))


def _filled(counts: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return -(-counts // _WHOLE) * _WHOLE


def _pieces(
    tapes: Tapes, course: Course, rows: _Rows, gains: Sequence[Increment]
) -> tuple[IntArray, Places, Places, IntArray]:
    """What each action adds: blocks of cells, where each action's begin, (layer, shared part or -1) of each, rooms.

    Parts whose room is too small for all actions together are kept apart; of the others no room need be looked at.
    """
    room = {
        name: most
        for name, most in tapes.part_room.items()
        if (sum(gain.parts.get(name, 0) for gain in gains) > most).any()
    }
    crowded = list(room)
    blocks, begins, kinds = [np.zeros(int(rows.begins[-1]), np.int32)], [1], [(0, -1)]
    for gain in gains:
        own: dict[tuple[int, int], IntArray] = {}
        for name, part in gain.parts.items():
            kind = (tapes.layer_of.get(name, 0), crowded.index(name) if name in room else -1)
            own[kind] = own.get(kind, np.int32(0)) + part
        blocks += [rows.cells(course.at_cells(block), 0) for block in own.values()]
        kinds += own
        begins.append(len(blocks))
    rooms = [rows.cells(room[name][course.path], 0) for name in crowded]
    shape = (len(crowded), int(rows.begins[-1]))
    return np.array(blocks), np.array(begins), np.array(kinds), np.array(rooms, np.int32).reshape(shape)


@compiled
def count_every(
    hits: Hits,
    ground: tuple[IntArray, IntArray, Places, IntArray, BoolArray],
    pieces: tuple[IntArray, Places, Places, IntArray],
    bounds: tuple[IntArray, IntArray],
    reach: tuple[IntArray, np.int32],
) -> None:
    """Add the paths that reach their aims to the count of each set."""
    state, bands, begins, asks, asking = ground
    start, aims = bounds
    up, times = bands[0].copy(), np.zeros_like(bands[0])
    totals = np.zeros_like(pieces[3])
    line, rest = np.empty_like(start), (np.empty_like(start), np.empty_like(start))
    taken = 0
    for turn in range(len(hits)):
        if turn > 0:
            action = 0
            while turn >> action & 1 == 0:
                action += 1
            taken ^= 1 << action
            sign = np.int32(1 if taken >> action & 1 else -1)
            take(state, totals, pieces, action, sign)
            if asking[action]:
                more(times, asks[action], sign)
                open_bands(up, bands[0], bands[2], times)
        copy(line, start)
        play(line, rest, (state, up, bands[1]), begins, reach)
        hits[taken] += reached(line, aims)


@compiled
def take(
    state: IntArray, totals: IntArray, pieces: tuple[IntArray, Places, Places, IntArray], action: int, sign: np.int32
) -> None:
    """Add one action's blocks to the layers, or take them away; a shared part counts up to its room."""
    blocks, begins, kinds, rooms = pieces
    for piece in range(begins[action], begins[action + 1]):
        layer, part = kinds[piece]
        if part < 0:
            more(state[layer], blocks[piece], sign)
        else:
            share(state[layer], totals[part], rooms[part], blocks[piece], sign)


@compiled
def play(
    line: IntArray,
    rest: tuple[IntArray, IntArray],
    ground: tuple[IntArray, IntArray, IntArray],
    begins: Places,
    reach: tuple[IntArray, np.int32],
) -> None:
    """Walk all reviews of all paths, one row after the other; ``rest`` are two rows to work in."""
    state, up, down = ground
    for row in range(len(begins) - 1):
        first, end = begins[row], begins[row + 1]
        cap, before = state[1][first:end], rest[0][: end - first]
        if len(state) > 2:
            copy(rest[1][: end - first], cap)
            cap = rest[1][: end - first]
            for layer in range(2, len(state)):
                hold(cap, state[layer][first:end])
        copy(before, line[: end - first])
        step(line[: end - first], before, (state[0][first:end], cap), (up[first:end], down[first:end]), reach)


@compiled
def more(into: IntArray, block: IntArray, sign: np.int32) -> None:
    """Add a block, or take it away."""
    for cell in range(into.size):
        into[cell] = np.int32(into[cell] + np.int32(sign * block[cell]))


@compiled
def share(layer: IntArray, total: IntArray, room: IntArray, block: IntArray, sign: np.int32) -> None:
    """Add a block to a part, or take it away; its layer follows as far as there is room."""
    for cell in range(layer.size):
        after = np.int32(total[cell] + np.int32(sign * block[cell]))
        moved = np.int32(min(after, room[cell]) - min(total[cell], room[cell]))
        layer[cell] = np.int32(layer[cell] + moved)
        total[cell] = after


@compiled
def open_bands(up: IntArray, shut: IntArray, opened: IntArray, times: IntArray) -> None:
    """Bands for raises: open where some action asks for a review, however many times."""
    for cell in range(up.size):
        up[cell] = opened[cell] if times[cell] > 0 else shut[cell]


@compiled
def reached(line: IntArray, aims: IntArray) -> int:
    """How many lines are at or above their aims."""
    count = np.int32(0)
    for path in range(line.size):
        count = np.int32(count + np.int32(line[path] >= aims[path]))
    return int(count)
