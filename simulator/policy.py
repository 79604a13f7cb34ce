"""A policy pack: one product's parameters, each with range, grade, source, dated history."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.actions import Effect
    from simulator.vocabulary import FactValue, Kind

Grade = Literal["O", "P", "I", "S", "A"]
"""Official, published study, practice page, direction stated by the founding articles only, assumption."""

GRADES: tuple[str, ...] = ("O", "P", "I", "S", "A")
SPREADS: tuple[str, ...] = ("fixed", "normal", "lognormal", "uniform", "loguniform")
SHAPES: tuple[str, ...] = ("linear", "saturating", "doublings", "hyperbolic", "up_to_knee", "beyond_knee")
FAMILIES: tuple[str, ...] = ("lognormal", "logit", "chance", "normal", "count", "levels")


@dataclass(frozen=True, slots=True)
class Spread:
    """How a parameter is drawn: ``size`` is the standard deviation (of the logarithm where lognormal).

    With chance ``zero`` the parameter is nothing at all: some stated effects may not exist.
    """

    how: str = "fixed"
    size: float = 0.0
    zero: float = 0.0


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number of a pack: central value, range, grade of evidence, source, date, spread and dated history."""

    name: str
    value: float
    low: float
    high: float
    grade: Grade
    source: str
    date: str
    spread: Spread
    history: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A function of one measure that never falls as the measure rises; see ``simulator.shapes``."""

    kind: str
    low: float = 0.0
    high: float = 1.0
    scale: float = 1.0
    knee: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing the lender may weigh: a measure through a shape, times a weight (points), with a fixed direction.

    ``code`` groups the parts that are told as one reason; ``news`` names the parameter for how much of the fact
    is not yet in the visible line; ``grows`` names a fact that gains a month each month; ``fades`` is a half-life.
    """

    name: str
    code: str
    fact: str
    measure: str
    shape: Shape
    sign: int
    weight: str
    news: str
    movable: bool
    best: float
    grows: bool = False
    fades: float = 0.0
    mediated: bool = False
    only_known: bool = False


@dataclass(frozen=True, slots=True)
class Prior:
    """What is believed of an unknown fact: family, median, spread, and what it goes along with.

    ``line_power`` scales the median with the visible line over the pack's usual line; ``of`` makes the draw a
    multiple of another fact; ``care`` and ``means`` are loadings on two common traits of a borrower.
    """

    fact: str
    family: str
    median: float
    sigma: float
    low: float
    high: float
    of: str = ""
    line_power: float = 0.0
    care: float = 0.0
    means: float = 0.0


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a worked example must give: the median line between two amounts, or a chance of reaching a target."""

    preset: str
    p50: tuple[float, float] | None
    target: float
    chance: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: facts, changes made at month 0 as one bundle, horizon in months, and what must come out."""

    id: str
    title: str
    facts: Mapping[str, FactValue]
    bundle: tuple[Effect, ...]
    asks_review: bool
    months: int
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One product: grid in yuan, parameters by preset, factors, priors, levels of choices, worked examples.

    ``corrections`` are what outcomes have taught about the ranges (see ``simulator.correcting``), if anything.
    """

    product: str
    kind: Kind
    title: str
    grid: int
    floor: float
    usual_line: float
    parameters: Mapping[str, Parameter]
    presets: Mapping[str, Mapping[str, Parameter]]
    factors: tuple[Factor, ...]
    priors: Mapping[str, Prior]
    levels: Mapping[str, Mapping[str, float]]
    examples: tuple[Example, ...]
    corrections: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))

    def parameter_hash(self) -> str:
        """Sixteen hexadecimal digits that change when any parameter, factor, prior or correction changes."""
        corrections = {name: asdict(one) for name, one in self.corrections.items()}
        told = {
            "product": self.product,
            "grid": self.grid,
            "floor": self.floor,
            "usual_line": self.usual_line,
            "presets": {
                name: {key: asdict(value) for key, value in preset.items()} for name, preset in self.presets.items()
            },
            "factors": [asdict(factor) for factor in self.factors],
            "priors": {name: asdict(prior) for name, prior in self.priors.items()},
            "levels": {name: dict(levels) for name, levels in self.levels.items()},
            **({"corrections": corrections} if corrections else {}),
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
