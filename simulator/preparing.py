"""One borrower's tapes are cut here: every draw made once, every number turned into whole parts of a doubling."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from simulator.limit import limit
from simulator.money import line_parts, to_parts
from simulator.regimes import appetite, frozen_months, offsets, open_gates
from simulator.reviewing import noise, rated_reviews, regular_reviews, rule_drift
from simulator.sampling import draw_parameters, draw_shocks, draw_state, draw_traits, stream
from simulator.scoring import drifts
from simulator.tapes import Tapes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.limit import Limit
    from simulator.money import IntArray
    from simulator.policy import Pack
    from simulator.sampling import BoolArray, Shocks
    from simulator.shapes import FloatArray, Value


@dataclass(frozen=True, slots=True)
class Chance:
    """What decides the random numbers: horizon in months, seed, preset of the pack, number of paths."""

    months: int
    seed: int
    preset: str
    draws: int


@dataclass(frozen=True, slots=True)
class Platform:
    """What the platform does on each path, whoever the borrower is; see the fields of ``Tapes``."""

    offsets: IntArray
    gate: BoolArray
    cutting: BoolArray
    noise: FloatArray
    drift: FloatArray
    up_band: IntArray
    down_band: IntArray
    up_step: IntArray
    down_step: IntArray


@dataclass(frozen=True, slots=True)
class Luck:
    """Everything random, drawn once: it depends on pack and chance, never on the value of a fact."""

    chance: Chance
    parameters: Mapping[str, Value]
    traits: FloatArray
    shocks: Shocks
    dispute: FloatArray
    platform: Platform


_FEW = 20_000
"""Months times paths; so little luck is kept, as one turn asks for the same again and again."""


@dataclass(frozen=True, slots=True, eq=False)
class _Itself:
    """A pack that is the same as itself only: to compare all its numbers would take as long as to draw."""

    pack: Pack

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.pack is other.pack

    def __hash__(self) -> int:
        return id(self.pack)


def draw_luck(pack: Pack, chance: Chance) -> Luck:
    """All random numbers of one forecast; tapes of other facts on the same luck are paired path by path.

    Nobody changes them: the newest small ones are kept and handed out again.
    """
    return _drawn(pack, chance) if chance.months * chance.draws > _FEW else _kept(_Itself(pack), chance)


@lru_cache(maxsize=12)
def _kept(own: _Itself, chance: Chance) -> Luck:
    return _drawn(own.pack, chance)


def _drawn(pack: Pack, chance: Chance) -> Luck:
    parameters = draw_parameters(pack.presets[chance.preset], chance.seed, chance.draws)
    shocks = draw_shocks(chance.seed, chance.months, chance.draws)
    return Luck(
        chance=chance,
        parameters=parameters,
        traits=draw_traits(pack, chance.seed, chance.draws),
        shocks=shocks,
        dispute=stream(chance.seed, 7).random(chance.draws),
        platform=_platform(parameters, shocks, chance.draws),
    )


def cut_tapes(told: Mapping[str, Value], pack: Pack, luck: Luck) -> Tapes:
    """The tapes of one borrower (or of one borrower per path, where told facts are arrays) on some luck."""
    chance, parameters, shocks, platform = luck.chance, luck.parameters, luck.shocks, luck.platform
    draws = chance.draws
    state = draw_state(told, pack, luck.traits)
    held = limit(told, pack, parameters, state, luck.dispute)
    carried = drifts(pack, parameters, state, chance.months)
    line = state["current_line"]
    shown = line if "current_line" in told else np.floor(line / pack.grid) * pack.grid
    return Tapes(
        told=told,
        pack=pack,
        preset=chance.preset,
        seed=chance.seed,
        parameters=parameters,
        state=state,
        drifts=carried,
        held=held,
        start=_parts(held.line, draws),
        start_yuan=_each(shown, draws),
        layers=layers_of(held, carried, platform),
        raising=platform.gate & (platform.cutting | rated_reviews(parameters, state, shocks)),
        floor=int(line_parts(pack.floor)),
        roof=_parts(held.policy, draws),
        balance=_each(np.minimum(state["used_balance"], shown), draws),
        frozen=frozen_months(parameters, state, shocks),
        **{field.name: getattr(platform, field.name) for field in fields(platform)},
    )


def layers_of(held: Limit, carried: Mapping[str, Value], platform: Platform) -> IntArray:
    """Score and ceilings by month and draw, in parts, the platform's appetite not yet counted."""
    score = held.score + sum(carried.values()) + platform.noise + platform.drift
    return np.stack([np.broadcast_to(to_parts(layer), score.shape) for layer in (score, *held.ceilings)])


def _platform(parameters: Mapping[str, Value], shocks: Shocks, draws: int) -> Platform:
    regimes = appetite(parameters, shocks.regime)
    return Platform(
        offsets=to_parts(offsets(parameters, regimes)),
        gate=open_gates(parameters, regimes, shocks.gate),
        cutting=regular_reviews(parameters, shocks),
        noise=noise(parameters, shocks),
        drift=rule_drift(parameters, shocks),
        up_band=_parts(parameters["band_up"], draws),
        down_band=_parts(parameters["band_down"], draws),
        up_step=_parts(parameters["step_up"], draws),
        down_step=_parts(parameters["step_down"], draws),
    )


def _parts(doublings: Value, draws: int) -> IntArray:
    return np.broadcast_to(to_parts(doublings), (draws,))


def _each(value: Value, draws: int) -> FloatArray:
    return np.broadcast_to(np.asarray(value, dtype=np.float64), (draws,))
