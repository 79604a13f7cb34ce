"""What actions add at the cells of a course, part by part: those that move the same part stop at its room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.ceilings import LAYERS, ceiling_part
from simulator.course import Cells, Course
from simulator.pacing import Pace
from simulator.products import product
from simulator.scheduling import Roster

_OWN = "own"  # parts with room for all are summed up front, layer by layer

Key = tuple[int, int]
"""An action's place in the roster and the month it starts."""


@dataclass(slots=True)
class Part:
    """One part of a layer: the columns that move it, what each adds at each cell, and its room (None: no limit)."""

    layer: int
    columns: list[int]
    gains: Cells
    room: Cells | None

    def total(self, picks: Cells) -> Cells:
        """What the picked columns (columns by plan) add to this part, room not yet looked at; by cell and plan."""
        return product(self.gains, picks[self.columns])

    def capped(self, total: Cells) -> Cells:
        """A total that stops at the room; changes and returns it."""
        return total if self.room is None else np.minimum(total, self.room, out=total)


class Stock:
    """Gains by part for each action and start that has come up; the earliest starts are there from the beginning.

    Column ``i`` is the earliest start of the roster's action ``i``; later starts get columns as they are asked for.
    """

    def __init__(self, course: Course, pace: Pace, roster: Roster) -> None:
        self._course, self._pace, self._roster = course, pace, roster
        self.columns: dict[Key, int] = {}
        self.layers = len(course.layers)
        names = LAYERS[pace.tapes.pack.kind]
        self._layer_of = {ceiling_part(name): layer for layer, name in enumerate(names, start=1)}
        self._parts: dict[str, Part] = {}
        first = {(index, modes[0]): self._gains((index, modes[0])) for index, modes in enumerate(roster.modes)}
        self._crowded = self._without_room(first.values())
        self._put(first)

    @property
    def parts(self) -> Iterable[Part]:
        """All parts that any action moves."""
        return self._parts.values()

    def add(self, keys: Iterable[Key]) -> None:
        """Works out the columns of actions and starts that are not there yet."""
        self._put({key: self._gains(key) for key in keys if key not in self.columns})

    def gains(self, picks: Cells) -> list[Cells]:
        """What plans add to each layer, by cell and plan; ``picks`` has a one for each column of a plan."""
        layers = [np.zeros((len(self._course.month), picks.shape[1]), np.float32) for _ in range(self.layers)]
        for part in self.parts:
            layers[part.layer] += part.capped(part.total(picks))
        return layers

    def earliest_gains(self) -> Cells:
        """What each action by itself adds to each layer when it starts at its earliest: layers, actions, cells."""
        found = np.zeros((self.layers, len(self._roster), len(self._course.month)), np.float32)
        for part in self.parts:
            for place, column in enumerate(part.columns):
                if column < len(self._roster):
                    found[part.layer, column] += part.gains[:, place]
        return found

    def _gains(self, key: Key) -> dict[str, Cells]:
        index, start = key
        parts = self._pace.increment(self._roster.actions[index], start).parts
        return {name: self._course.at_cells(gain) for name, gain in parts.items()}

    def _without_room(self, gains: Iterable[Mapping[str, Cells]]) -> frozenset[str]:
        """The parts whose room is too small for all actions that move them; of the others no room need be kept."""
        wanted: dict[str, Cells] = {}
        for one in gains:
            for name, cells in one.items():
                wanted[name] = wanted[name] + cells if name in wanted else cells
        return frozenset(name for name, cells in wanted.items() if (cells > self._room(name)).any())

    def _room(self, name: str) -> Cells:
        return self._pace.tapes.part_room[name][self._course.path].astype(np.float32)

    def _put(self, found: Mapping[Key, Mapping[str, Cells]]) -> None:
        new: dict[str, list[Cells]] = {}
        for key, gains in found.items():
            column = self.columns[key] = len(self.columns)
            grouped: dict[str, Cells] = {}
            for name, cells in gains.items():
                known = name if name in self._crowded else f"{_OWN} {self._layer_of.get(name, 0)}"
                grouped[known] = grouped[known] + cells if known in grouped else cells
            for name, cells in grouped.items():
                if name not in self._parts:
                    self._parts[name] = self._new_part(name)
                self._parts[name].columns.append(column)
                new.setdefault(name, []).append(cells)
        for name, columns in new.items():
            part = self._parts[name]
            part.gains = np.concatenate([part.gains, np.stack(columns, axis=1)], axis=1)

    def _new_part(self, name: str) -> Part:
        empty = np.zeros((len(self._course.month), 0), np.float32)
        if name in self._crowded:
            return Part(self._layer_of.get(name, 0), [], empty, self._room(name)[:, None])
        return Part(int(name.removeprefix(_OWN)), [], empty, None)
