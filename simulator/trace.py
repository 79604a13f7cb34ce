"""Every number carries its reason: one step per rule that moved it, and how much rests on assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.explaining import factors_of
from simulator.results import Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.central import Central
    from simulator.policy import Parameter
    from simulator.results import Reason

CEILING_PARAMETER = {
    "affordability": ("debt_to_income", "coverage_ratio"),
    "unproved_income": ("counted_unproved",),
    "turnover": ("turnover_multiple",),
    "working_capital": ("own_funds_share",),
    "policy_ceiling": ("regulatory_ceiling",),
}
"""The parameter that a binding ceiling rests on; the first that the pack has."""

_CEILING_OF_CODE = {
    "turnover": "turnover",
    "growth": "working_capital",
    "other_debt": "working_capital",
    "working_capital": "working_capital",
}
_MOVEMENT = ("review_base", "band_up", "band_down", "step_up", "step_down", "tighten_loss", "noise_size")


def trace(
    central: Central, reasons: Sequence[Reason], binding: str | None, parameters: Mapping[str, Parameter]
) -> tuple[Step, ...]:
    """One step per rule, from the visible line to the target: headroom, each factor, the ceiling that holds.

    Yuan of all factor steps add up to those of the reasons; a code's yuan are split over its factors by their
    points. The rules of movement end the list: they decide when the line follows, so they move the target by nothing.
    """
    line = 2.0**central.line
    steps = [_step("headroom", parameters["headroom"], line * (2.0**central.headroom - 1.0))]
    for reason in reasons:
        steps.extend(_factor_steps(central, reason, parameters))
    if binding is not None:
        taken = 2.0**central.target - 2.0**central.score
        steps.append(_step(f"ceiling_{binding}", _ceiling_parameter(binding, parameters), taken))
    return (*steps, *(_step("movement", parameters[name], 0.0) for name in _MOVEMENT))


def share_of_assumptions(central: Central, binding: str | None, parameters: Mapping[str, Parameter]) -> float:
    """Share of all absolute weight (points) that rests on parameters of grade A: assumptions.

    Counted are what each factor adds, the headroom with its spread, the appetite of the platform, noise, the dead
    bands, and what a binding ceiling takes away.
    """
    added = central.added
    weights = [(parameters[factor.weight], added.get(factor.name, 0.0)) for factor in central.pack.factors]
    headroom = parameters["headroom"]
    weights.append((headroom, abs(headroom.value) + headroom.spread.size))
    weights += [(parameters[name], parameters[name].value) for name in ("ease_gain", "tighten_loss", "noise_size")]
    weights += [(parameters[name], parameters[name].value) for name in ("band_up", "band_down")]
    if binding is not None:
        weights.append((_ceiling_parameter(binding, parameters), central.score - central.target))
    total = sum(abs(weight) for _, weight in weights)
    assumed = sum(abs(weight) for parameter, weight in weights if parameter.grade == "A")
    return assumed / total if total else 0.0


def _factor_steps(central: Central, reason: Reason, parameters: Mapping[str, Parameter]) -> list[Step]:
    parts = [(factor, abs(central.added.get(factor.name, 0.0))) for factor in factors_of(central, reason.code)]
    moving = [(factor, size) for factor, size in parts if size > 0.0]
    total = sum(size for _, size in moving)
    if not moving:
        ceiling = _CEILING_OF_CODE.get(reason.code, "affordability")
        return [_step(reason.code, _ceiling_parameter(ceiling, parameters), reason.yuan)]
    return [_step(reason.code, parameters[factor.weight], reason.yuan * size / total) for factor, size in moving]


def _ceiling_parameter(binding: str, parameters: Mapping[str, Parameter]) -> Parameter:
    return next(parameters[name] for name in CEILING_PARAMETER[binding] if name in parameters)


def _step(rule: str, parameter: Parameter, yuan: float) -> Step:
    return Step(
        rule=rule,
        parameter=parameter.name,
        value=parameter.value,
        effect_yuan=yuan,
        grade=parameter.grade,
        source=parameter.source,
        date=parameter.date,
    )
