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
    from collections.abc import Callable, Mapping, Sequence

    from simulator.policy import Pack, Parameter, Prior
    from simulator.shapes import FloatArray, Value
    from simulator.vocabulary import Facts

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shocks:
    """Random numbers of each month and draw, (months, draws): uniforms by what they decide, and two normals.

    Filled month by month: a longer horizon keeps the earlier months.
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
    uniforms = stream(seed, 3).random((months, 7, draws))
    normals = stream(seed, 4).standard_normal((months, 2, draws))
    return Shocks(*uniforms.swapaxes(0, 1), *normals.swapaxes(0, 1))


def draw_parameters(parameters: Mapping[str, Parameter], seed: int, draws: int) -> dict[str, Value]:
    """One value per draw for each parameter that has a spread, its plain value where it has none."""
    shape = (len(parameters), draws)
    normal, uniform = stream(seed, 1, 0).standard_normal(shape), stream(seed, 1, 1).random(shape)
    values: dict[str, Value] = {name: one.value for name, one in parameters.items()}
    for how, draw in _SPREADS.items():
        rows = [index for index, one in enumerate(parameters.values()) if one.spread.how == how]
        spread = [one for one in parameters.values() if one.spread.how == how]
        for one, drawn in zip(spread, draw(*_numbers(spread), normal[rows], uniform[rows]), strict=True):
            values[one.name] = drawn
    for index, one in enumerate(parameters.values()):
        if one.spread.zero > 0.0:
            values[one.name] = np.where(uniform[index] < one.spread.zero, 0.0, values[one.name])
    return values


def _numbers(spread: Sequence[Parameter]) -> tuple[FloatArray, ...]:
    """Value, size, low and high of some parameters, each as a column."""
    rows = [(one.value, one.spread.size, one.low, one.high) for one in spread]
    return tuple(np.array(rows, dtype=np.float64).reshape(-1, 4).T[:, :, None])


def _normal(*numbers: FloatArray) -> FloatArray:
    value, size, low, high, normal, _uniform = numbers
    return np.minimum(np.maximum(value + size * normal, low), high)


def _lognormal(*numbers: FloatArray) -> FloatArray:
    value, size, low, high, normal, _uniform = numbers
    return np.minimum(np.maximum(value * np.exp(size * normal), low), high)


def _uniform(*numbers: FloatArray) -> FloatArray:
    _value, _size, low, high, _normal, uniform = numbers
    return low + (high - low) * uniform


def _loguniform(*numbers: FloatArray) -> FloatArray:
    _value, _size, low, high, _normal, uniform = numbers
    return low * (high / low) ** uniform


_SPREADS: Mapping[str, Callable[..., FloatArray]] = {
    "normal": _normal,
    "lognormal": _lognormal,
    "uniform": _uniform,
    "loguniform": _loguniform,
}


def draw_traits(pack: Pack, seed: int, draws: int) -> FloatArray:
    """Standard normals (facts + 2, draws): two common traits, care and means, then one row for each fact."""
    return stream(seed, 2).standard_normal((len(pack.priors) + 2, draws))


def draw_state(told: Mapping[str, Value], pack: Pack, traits: FloatArray) -> dict[str, Value]:
    """Every fact of the pack as a number: the told value (or values, one per path), or draws from the prior.

    Flags are 0 or 1, a choice is its level in the pack; multiples of another fact follow that fact's own value.
    """
    care, means = traits[:2]
    state: dict[str, Value] = {}
    for prior, own in zip(pack.priors.values(), traits[2:], strict=True):
        if prior.fact in told:
            state[prior.fact] = told[prior.fact]
            continue
        rest = np.sqrt(1.0 - prior.care**2 - prior.means**2)
        mixed = prior.care * care + prior.means * means + rest * own
        state[prior.fact] = believed(prior, mixed, state, pack)
    return state


def expected_state(told: Mapping[str, Value], pack: Pack) -> dict[str, Value]:
    """Every fact as told, or at its prior median given what is told; what is a multiple of a fact follows it."""
    return draw_state(told, pack, np.zeros(len(pack.priors) + 2))


def reference_state(pack: Pack, line: Value) -> dict[str, Value]:
    """The reference profile: the ordinary client with this visible line, every other fact at its prior median."""
    return expected_state({"current_line": line}, pack)


def told_values(facts: Facts, pack: Pack) -> dict[str, Value]:
    """The known facts as numbers, a choice as its level in the pack."""
    return {
        name: pack.levels[name][value] if isinstance(value, str) else float(value)
        for name, value in facts.values.items()
    }


def believed(prior: Prior, normal: Value, state: Mapping[str, Value], pack: Pack) -> Value:
    """The prior's value at a standard normal number, given the facts before it."""
    scale: Value = state[prior.of] if prior.of else 1.0
    if prior.line_power:
        scale = scale * (np.maximum(state["current_line"], pack.floor) / pack.usual_line) ** prior.line_power
    return scale * np.minimum(np.maximum(_family(prior, normal), prior.low), prior.high)


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
