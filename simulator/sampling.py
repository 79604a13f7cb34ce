"""Draws: unknown facts from the prior, parameters from the pack, paths; common random numbers.

No draw depends on the value of a fact: every number is an inverse distribution function at a random number that
the seed alone decides, so two profiles or two plans are compared on the very same paths.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.policy import Pack, Parameter, Prior
    from simulator.shapes import FloatArray, Value
    from simulator.vocabulary import Facts

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shocks:
    """Random numbers of each month and draw, (months, draws): uniforms by what they decide, and two normals.

    Each kind has a stream of its own, filled month by month: a longer horizon keeps the earlier months.
    """

    review: FloatArray
    rated: FloatArray
    gate: FloatArray
    regime: FloatArray
    freeze: FloatArray
    release: FloatArray
    fault: FloatArray
    noise: FloatArray
    drift: FloatArray


def stream(seed: int, *name: int) -> np.random.Generator:
    """The random stream with a numeric name under one seed."""
    return np.random.Generator(np.random.SFC64(np.random.SeedSequence((seed, *name))))


def draw_shocks(seed: int, months: int, draws: int) -> Shocks:
    """All shocks of the horizon; equal seeds give equal shocks."""
    shape = (months, draws)
    uniforms = [stream(seed, 3, kind).random(shape) for kind in range(7)]
    normals = [stream(seed, 4, kind).standard_normal(shape) for kind in range(2)]
    return Shocks(*uniforms, *normals)


def draw_parameters(parameters: Mapping[str, Parameter], seed: int, draws: int) -> dict[str, Value]:
    """One value per draw for each parameter that has a spread, its plain value where it has none."""
    names = tuple(name for name, one in parameters.items() if one.spread.how != "fixed" or one.spread.zero > 0)
    rows = {name: index for index, name in enumerate(parameters)}
    normal = stream(seed, 1, 0).standard_normal((len(parameters), draws))
    uniform = stream(seed, 1, 1).random((len(parameters), draws))
    values: dict[str, Value] = {name: one.value for name, one in parameters.items()}
    for name in names:
        values[name] = spread_out(parameters[name], normal[rows[name]], uniform[rows[name]])
    return values


def spread_out(parameter: Parameter, normal: FloatArray, uniform: FloatArray) -> FloatArray:
    """The parameter's own distribution at given normal and uniform random numbers, kept within its range."""
    spread, low, high = parameter.spread, parameter.low, parameter.high
    drawn = np.full(normal.shape, parameter.value)
    if spread.how == "normal":
        drawn = np.clip(parameter.value + spread.size * normal, low, high)
    elif spread.how == "lognormal":
        drawn = np.clip(parameter.value * np.exp(spread.size * normal), low, high)
    elif spread.how == "uniform":
        drawn = low + (high - low) * uniform
    elif spread.how == "loguniform":
        drawn = low * (high / low) ** uniform
    return drawn if spread.zero == 0.0 else np.where(uniform < spread.zero, 0.0, drawn)


def draw_state(facts: Facts, pack: Pack, seed: int, draws: int) -> dict[str, Value]:
    """Every fact of the pack as a number: the told value, or one draw from the prior for each path.

    Flags are 0 or 1, a choice is its level in the pack; multiples of another fact follow that fact's own value.
    """
    care, means, *own = stream(seed, 2).standard_normal((len(pack.priors) + 2, draws))
    state: dict[str, Value] = {}
    for prior, normal in zip(pack.priors.values(), own, strict=True):
        told = told_value(facts, pack, prior.fact)
        rest = np.sqrt(max(0.0, 1.0 - prior.care**2 - prior.means**2))
        mixed = prior.care * care + prior.means * means + rest * normal
        state[prior.fact] = believed(prior, mixed, state, pack) if told is None else told
    return state


def reference_state(pack: Pack, line: Value) -> dict[str, Value]:
    """The reference profile: the ordinary client with this visible line, every fact at its prior median."""
    state: dict[str, Value] = {}
    for prior in pack.priors.values():
        usual = line if prior.fact == "current_line" else believed(prior, 0.0, state, pack)
        state[prior.fact] = usual
    return state


def told_value(facts: Facts, pack: Pack, name: str) -> float | None:
    """A known fact as a number, a choice as its level; None where it is unknown."""
    value = facts.values.get(name)
    return pack.levels[name][value] if isinstance(value, str) else facts.number(name)


def believed(prior: Prior, normal: Value, state: Mapping[str, Value], pack: Pack) -> Value:
    """The prior's value at a standard normal number, given the facts before it."""
    scale: Value = state[prior.of] if prior.of else 1.0
    if prior.line_power:
        scale = scale * (np.maximum(state["current_line"], pack.floor) / pack.usual_line) ** prior.line_power
    return scale * np.clip(_family(prior, normal), prior.low, prior.high)


def _family(prior: Prior, normal: Value) -> Value:
    if prior.family == "logit":
        return 1.0 / (1.0 + (1.0 / prior.median - 1.0) * np.exp(-prior.sigma * normal))
    if prior.family == "chance":
        return np.where(normal > -NormalDist().inv_cdf(prior.median), 1.0, 0.0)
    if prior.family == "lognormal":
        return prior.median * np.exp(prior.sigma * normal)
    if prior.family == "count":
        return np.floor(prior.median * np.exp(prior.sigma * normal))
    return prior.median + prior.sigma * normal  # normal numbers and levels of a choice
