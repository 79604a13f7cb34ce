"""Tapes: everything drawn once and shared by all plans, in whole parts of a doubling."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from simulator.ceilings import LAYERS, ceilings, facts_used
from simulator.effects import asked_reviews, drawn_amounts, moved_facts
from simulator.limit import room
from simulator.money import to_parts
from simulator.scoring import gains

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.actions import Action
    from simulator.money import IntArray
    from simulator.policy import Pack
    from simulator.sampling import BoolArray
    from simulator.shapes import FloatArray, Value


@dataclass(frozen=True, slots=True)
class Increment:
    """What one action adds: ``layers`` (layers, months, draws) in parts of a doubling, never negative, and reviews.

    Layer 0 is the score, the others are the ceilings of the kind. Increments of several actions add up layer by
    layer, their ``asked`` reviews are joined by or.
    """

    layers: IntArray
    asked: BoolArray


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
    line: Value
    leaning: Mapping[str, Value]
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
    def months(self) -> int:
        """Months of the horizon, month 0 not counted."""
        return len(self.offsets)

    @property
    def draws(self) -> int:
        """Number of paths."""
        return len(self.start)

    @cached_property
    def room(self) -> IntArray:
        """The most that actions together can add to each layer (layers, draws)."""
        most = room(self.pack, self.parameters, self.state)
        return np.stack([np.broadcast_to(to_parts(one), (self.draws,)) for one in most])

    def nothing(self) -> Increment:
        """The increment of doing nothing, to which others are added."""
        return Increment(np.zeros(self.layers.shape, np.int32), np.zeros(self.offsets.shape, np.bool_))

    def increment(self, action: Action, start: int) -> Increment:
        """What an action adds to each layer when it starts at a month (0 is now), and the reviews it brings.

        An action's facts count in full from then on, less what going on as before had already added.
        """
        amounts = drawn_amounts(action, self.draws, self.seed)
        moved = moved_facts(action, start, self.state, self.months, amounts)
        before = (self.drifts, self.told)
        score = sum(gains(self.pack, self.parameters, self.state, moved, before).values())
        shape = self.offsets.shape
        both = (score, *self._ceiling_gains(moved))
        layers = np.stack([np.broadcast_to(np.maximum(to_parts(gain), 0), shape) for gain in both])
        return Increment(layers, asked_reviews(action, start, self.parameters["review_asked"], shape, self.seed))

    def _ceiling_gains(self, moved: Mapping[str, Value]) -> list[Value]:
        kind = self.pack.kind
        if not any(name in facts_used(kind) for name in moved):
            return [0.0] * len(LAYERS[kind])
        before = ceilings(kind, self.parameters, self.state)
        after = ceilings(kind, self.parameters, {**self.state, **moved})
        return [np.subtract(new, old) for new, old in zip(after, before, strict=True)]
