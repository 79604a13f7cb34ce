"""Tapes: everything drawn once and shared by all plans, in whole parts of a doubling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import LAYERS, ceiling_part, ceilings, facts_used
from simulator.effects import asked_reviews, drawn_amounts, moved_facts
from simulator.limit import room
from simulator.money import to_parts
from simulator.scoring import gains

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from simulator.actions import Action
    from simulator.limit import Limit
    from simulator.money import IntArray
    from simulator.policy import Pack
    from simulator.sampling import BoolArray
    from simulator.shapes import FloatArray, Value

FAR = 1 << 28
"""Parts further than any two lines or targets lie apart: a band this wide lets no review move a line."""


@dataclass(frozen=True, slots=True)
class Increment:
    """What one action or several add, in parts of a doubling, never negative, and the reviews they bring.

    ``layers`` is (layers, months, draws): layer 0 is the score, the others are the ceilings of the kind. ``parts``
    (months, draws) say which factors and ceilings gain how much. Increments without a part in common add up layer
    by layer; where parts meet, ``Tapes.joined`` adds them up to what the part can gain at most. ``asked`` reviews
    are joined by or.
    """

    layers: IntArray
    asked: BoolArray
    parts: Mapping[str, IntArray]

    def meets(self, other: Increment) -> bool:
        """Whether two increments share a part, so that their layers must not simply be added."""
        return not self.parts.keys().isdisjoint(other.parts)


@dataclass(frozen=True)
class Tapes:
    """One borrower's common random paths: the same for every plan, so plans differ by what they do and not by luck.

    Arrays are (months, draws) or (draws,), in parts of a doubling unless named yuan. ``layers`` are score and
    ceilings without any action.
    """

    told: Mapping[str, Value]
    pack: Pack
    preset: str
    seed: int
    parameters: Mapping[str, Value]
    state: Mapping[str, Value]
    drifts: Mapping[str, Value]
    noise: FloatArray
    drift: FloatArray
    start: IntArray
    start_yuan: FloatArray
    held: Limit
    layers: IntArray
    offsets: IntArray
    raising: BoolArray
    cutting: BoolArray
    gate: BoolArray
    up_band: IntArray
    down_band: IntArray
    up_step: IntArray
    down_step: IntArray
    floor: int
    roof: IntArray
    balance: FloatArray
    frozen: BoolArray

    @property
    def line(self) -> Value:
        """The visible line in doublings of a yuan."""
        return self.held.line

    @property
    def leaning(self) -> Mapping[str, Value]:
        """How far each factor stands from an ordinary client with the same line; see ``simulator.limit``."""
        return self.held.leaning

    @property
    def months(self) -> int:
        """Months of the horizon, month 0 not counted."""
        return len(self.offsets)

    @property
    def draws(self) -> int:
        """Number of paths."""
        return len(self.start)

    @cached_property
    def aims(self) -> IntArray:
        """Score and ceilings by month as the platform's appetite moves them (layers, months, draws)."""
        moved: IntArray = self.layers + self.offsets
        return moved

    @cached_property
    def capped(self) -> IntArray:
        """The same with all ceilings as one (2, months, draws), for actions that move none of them."""
        return np.stack([self.aims[0], np.minimum.reduce(self.aims[1:])])

    @cached_property
    def bands(self) -> IntArray:
        """How far above the line a target must be to raise it, and how far below to cut it (2, months, draws).

        ``FAR`` in the months in which no review may.
        """
        return np.stack([np.where(self.raising, self.up_band, FAR), np.where(self.cutting, self.down_band, FAR)])

    @cached_property
    def reach(self) -> IntArray:
        """The longest step up, the longest step down, and the policy ceiling (3, draws)."""
        return np.stack([self.up_step, self.down_step, self.roof])

    @cached_property
    def room(self) -> IntArray:
        """The most that actions together can add to each layer (layers, draws)."""
        most = np.zeros((len(self.layers), self.draws), np.int32)
        for name, gain in self.part_room.items():
            most[self.layer_of.get(name, 0)] += gain
        return most

    @cached_property
    def part_room(self) -> Mapping[str, IntArray]:
        """The most that actions together can add to each factor and each ceiling (draws,)."""
        most = room(self.pack, self.parameters, self.state)
        return {name: np.broadcast_to(to_parts(one), (self.draws,)) for name, one in most.items()}

    def increment(self, action: Action, start: int) -> Increment:
        """What an action adds to each layer when it starts at a month (0 is now), and the reviews it brings.

        An action's facts count in full from then on, less what going on as before had already added.
        """
        amounts = drawn_amounts(action, self.draws, self.seed)
        moved = moved_facts(action, start, self.state, self.months, amounts)
        gained = gains(self.pack, self.parameters, self.state, moved, (self.drifts, self.told))
        gained |= self._ceiling_gains(moved)
        shape = self.offsets.shape
        parts = {name: np.broadcast_to(to_parts(gain), shape) for name, gain in gained.items()}
        return self._summed(parts, asked_reviews(action, start, self.parameters["review_asked"], shape, self.seed))

    def joined(self, increments: Iterable[Increment]) -> Increment:
        """Several increments as one: each part adds up to its room and no further; nothing where there are none."""
        parts: dict[str, IntArray] = {}
        asked = np.zeros(self.offsets.shape, np.bool_)
        for one in increments:
            asked |= one.asked
            for name, gain in one.parts.items():
                parts[name] = parts[name] + gain if name in parts else gain
        return self._summed(parts, asked)

    def _summed(self, parts: Mapping[str, IntArray], asked: BoolArray) -> Increment:
        kept = {name: np.minimum(gain, self.part_room[name]) for name, gain in parts.items()}
        layers = np.zeros(self.layers.shape, np.int32)
        for name, gain in kept.items():
            layers[self.layer_of.get(name, 0)] += gain
        return Increment(layers, asked, kept)

    @cached_property
    def layer_of(self) -> Mapping[str, int]:
        """The layer of each ceiling among the parts; every other part belongs to the score, layer 0."""
        return {ceiling_part(name): index for index, name in enumerate(LAYERS[self.pack.kind], 1)}

    def _ceiling_gains(self, moved: Mapping[str, Value]) -> dict[str, Value]:
        kind = self.pack.kind
        if not any(name in facts_used(kind) for name in moved):
            return {}
        before = ceilings(kind, self.parameters, self.state)
        after = ceilings(kind, self.parameters, {**self.state, **moved})
        return {
            ceiling_part(name): np.maximum(new - old, 0.0)
            for name, new, old in zip(LAYERS[kind], after, before, strict=True)
        }
