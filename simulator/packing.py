"""A pack's sheets turned into its records: parameters, factors, priors, presets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from simulator.correcting import BOUNDS
from simulator.measures import DERIVED
from simulator.policy import FAMILIES, GRADES, SHAPES, SPREADS, Factor, Grade, Parameter, Prior, Shape, Spread
from simulator.vocabulary import FACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulator.sheet import Sheet

_PARAMETER_FIELDS = ("value", "low", "high", "grade", "source", "date", "spread", "zero", "history")
_FACTOR_FIELDS = (
    *("code", "fact", "measure", "shape", "sign", "news", "movable", "best", "weight", "grows", "fades"),
    *("mediated", "only_known"),
)
_PRIOR_FIELDS = ("family", "median", "sigma", "low", "high", "of", "line_power", "care", "means")
_WEIGHT_SIZE = 0.35  # the lognormal spread of every weight that rests on a stated direction or an assumption


def read_parameters(sheet: Sheet, sources: Sheet) -> dict[str, Parameter]:
    """All parameters of a pack by name; each source is a key of the pack's table of sources."""
    return {name: read_parameter(name, field, sources, Spread()) for name, field in sheet.subs()}


def read_corrections(sheet: Sheet, sources: Sheet) -> dict[str, Parameter]:
    """What outcomes have taught about the ranges, by name; each value stays within what may be corrected at all."""
    found = read_parameters(sheet.keeping(tuple(BOUNDS)), sources)
    for name, one in found.items():
        low, high = BOUNDS[name]
        if not low <= one.value <= high:
            sheet.note(f"{sheet.path}.{name}", f"was {one.value:g}; between {low:g} and {high:g} would be right")
    return found


def read_parameter(name: str, sheet: Sheet, sources: Sheet, usual: Spread) -> Parameter:
    """One parameter; its value must lie in its range, its source must be in the table of sources."""
    sheet.only(_PARAMETER_FIELDS)
    value, low, high = sheet.number("value"), sheet.number("low"), sheet.number("high")
    if not low <= value <= high:
        sheet.note(sheet.path, f"value {value:g} must lie between low {low:g} and high {high:g}")
    source = sources.sub(sheet.one_of("source", sources.names() or ("none",)))
    return Parameter(
        name=name,
        value=value,
        low=low,
        high=high,
        grade=cast("Grade", sheet.one_of("grade", GRADES)),
        source=source.text("text"),
        date=sheet.text("date", source.text("date")),
        spread=_read_spread(sheet, usual),
        history=_read_history(sheet),
    )


def read_factors(sheet: Sheet, sources: Sheet, parameters: dict[str, Parameter]) -> tuple[Factor, ...]:
    """All factors by name; each weight joins the parameters under ``weight_<name>``."""
    return tuple(_read_factor(name, field, sources, parameters) for name, field in sorted(sheet.subs(), key=_first))


def read_priors(sheet: Sheet) -> dict[str, Prior]:
    """What is believed of each unknown fact, in the order of all facts, each after what it is a multiple of."""
    left = {name: _read_prior(name, field) for name, field in sheet.subs()}
    ordered: dict[str, Prior] = {}
    while left:
        ready = [name for name, prior in left.items() if prior.of not in left]
        if not ready:
            sheet.note(sheet.path, f"{', '.join(left)} are multiples of each other in a circle")
            break
        ordered |= {name: left.pop(name) for name in sorted(ready, key=tuple(FACTS).index)}
    for prior in ordered.values():
        if prior.of and prior.of not in ordered:
            sheet.note(f"{sheet.path}.{prior.fact}", f"{prior.of} has no prior to be a multiple of")
    return ordered


def _read_prior(name: str, sheet: Sheet) -> Prior:
    sheet.only(_PRIOR_FIELDS)
    family, median = sheet.one_of("family", FAMILIES), sheet.number("median")
    numbers = {key: sheet.number(key, 0.0) for key in ("sigma", "low", "line_power", "care", "means")}
    if family in {"logit", "chance"} and not 0.0 < median < 1.0:
        sheet.note(sheet.path, "a share or chance needs a median between 0 and 1, both excluded")
    if numbers["care"] ** 2 + numbers["means"] ** 2 > 1.0:
        sheet.note(sheet.path, "care and means together load more than all: their squares may add up to 1")
    return Prior(name, family, median, high=sheet.number("high", 1.0), of=sheet.text("of", ""), **numbers)


def read_presets(sheet: Sheet, parameters: Mapping[str, Parameter]) -> dict[str, dict[str, Parameter]]:
    """Every preset as a full table of parameters: the pack's own with the preset's changes laid over them."""
    return {name: _read_preset(field, parameters) for name, field in sheet.subs()}


def _first(named: tuple[str, Sheet]) -> str:
    return named[0]


def _read_preset(sheet: Sheet, parameters: Mapping[str, Parameter]) -> dict[str, Parameter]:
    certain = sheet.flag("certain", default=False)
    laid = {name: replace(one, spread=Spread()) if certain else one for name, one in parameters.items()}
    for name in sheet.names():
        if name == "certain":
            continue
        if name not in parameters:
            sheet.note(f"{sheet.path}.{name}", "no such parameter")
            continue
        laid[name] = _changed(laid[name], sheet.sub(name))
    return laid


def _changed(parameter: Parameter, sheet: Sheet) -> Parameter:
    sheet.only(("value", "low", "high", "spread"))
    low, high = sheet.number("low", parameter.low), sheet.number("high", parameter.high)
    value = sheet.number("value", parameter.value)
    if not low <= value <= high:
        sheet.note(sheet.path, f"value {value:g} must lie between low {low:g} and high {high:g}")
    return replace(parameter, value=value, low=low, high=high, spread=_read_spread(sheet, parameter.spread))


def _read_spread(sheet: Sheet, usual: Spread) -> Spread:
    zero = sheet.number("zero", usual.zero)
    if not sheet.has("spread"):
        return replace(usual, zero=zero)
    spread = sheet.sub("spread")
    spread.only(("how", "size"))
    return Spread(spread.one_of("how", SPREADS), spread.number("size", 0.0), zero)


def _read_history(sheet: Sheet) -> tuple[tuple[str, float], ...]:
    rows = sheet.raw("history")
    if rows is None:
        return ()
    read = [tuple(row) for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    kept = tuple((str(row[0]), float(row[1])) for row in read if len(row) == 2 and isinstance(row[1], int | float))
    if not kept:
        sheet.note(f"{sheet.path}.history", "pairs of a date and a number would be right")
    return kept


def _read_factor(name: str, sheet: Sheet, sources: Sheet, parameters: dict[str, Parameter]) -> Factor:
    sheet.only(_FACTOR_FIELDS)
    fact = sheet.one_of("fact", tuple(FACTS))
    weight = read_parameter(f"weight_{name}", sheet.sub("weight"), sources, Spread("lognormal", _WEIGHT_SIZE))
    if weight.low < 0:
        sheet.note(f"{sheet.path}.weight", "a weight is never negative; the sign gives the direction")
    parameters[weight.name] = weight
    sign = sheet.number("sign")
    if sign not in {-1.0, 1.0}:
        sheet.note(f"{sheet.path}.sign", "1 (raises) or -1 (lowers) would be right")
    return Factor(
        name=name,
        code=sheet.text("code", name),
        fact=fact,
        measure=sheet.one_of("measure", (*FACTS, *DERIVED), fact),
        shape=_read_shape(sheet.sub("shape"), parameters),
        sign=int(sign),
        weight=weight.name,
        news=sheet.one_of("news", ("news_slow", "news_fresh")),
        movable=sheet.flag("movable", default=True),
        best=sheet.number("best"),
        grows=sheet.flag("grows", default=False),
        fades=sheet.number("fades", 0.0),
        mediated=sheet.flag("mediated", default=False),
        only_known=sheet.flag("only_known", default=False),
    )


def _read_shape(sheet: Sheet, parameters: Mapping[str, Parameter]) -> Shape:
    sheet.only(("kind", "low", "high", "scale", "knee"))
    kind, knee = sheet.one_of("kind", SHAPES), sheet.text("knee", "")
    scale = sheet.number("scale", 1.0)
    if scale <= 0:
        sheet.note(f"{sheet.path}.scale", "a scale above nothing would be right")
        scale = 1.0
    if kind.endswith("_knee") and knee not in parameters:
        sheet.note(f"{sheet.path}.knee", "the name of a parameter would be right")
    return Shape(kind, sheet.number("low", 0.0), sheet.number("high", 1.0), scale, knee)
