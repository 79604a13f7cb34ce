"""A population: synthetic borrowers drawn from the prior, whole and free of contradictions."""

from __future__ import annotations

from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from simulator.sampling import draw_state, draw_traits, stream
from simulator.vocabulary import FACTS, FactValue, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulator.crowd import Outlook
    from simulator.policy import Pack
    from simulator.shapes import FloatArray

    Foresee: TypeAlias = Callable[[Pack, Mapping[str, FloatArray]], Outlook]

_BATCH = 4096  # profiles drawn at once: memory stays constant, and a longer population starts with the shorter one
_FORESEEN = 1024  # profiles whose forecast is worked out at once
_WHOLE = frozenset({Unit.COUNT, Unit.DAYS, Unit.MONTHS, Unit.POINTS})
_MONEY = frozenset({Unit.YUAN, Unit.YUAN_PER_MONTH})


def population(packs: Sequence[Pack], seed: int, foresee: Foresee | None = None) -> Iterator[dict[str, Any]]:
    """Endless profiles in the format of the contract, the packs taking turns; equal seeds give equal profiles.

    With ``foresee``, which says what becomes of the whole profiles of a pack, each has its ``forecast`` as well.
    """
    return chain.from_iterable(map(partial(_batch, packs, seed, foresee), count()))


def _batch(packs: Sequence[Pack], seed: int, foresee: Foresee | None, batch: int) -> Iterator[dict[str, Any]]:
    seeds = stream(seed, 8, batch).integers(2**32, size=len(packs))
    columns = [_columns(pack, int(own)) for pack, own in zip(packs, seeds, strict=True)]
    for first in range(0, _BATCH, _FORESEEN):
        some = [{name: values[first : first + _FORESEEN] for name, values in one.items()} for one in columns]
        seen = [foresee(pack, _told(pack, one)) if foresee else None for pack, one in zip(packs, some, strict=True)]
        for row in range(len(some[0]["current_line"])):
            for pack, column, outlook in zip(packs, some, seen, strict=True):
                facts = {name: _plain(pack, name, float(values[row]), first + row) for name, values in column.items()}
                profile = {"kind": pack.kind.value, "product": pack.product, "facts": facts}
                yield profile if outlook is None else {**profile, "forecast": _forecast(outlook, row)}


def _told(pack: Pack, columns: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """The numbers of whole profiles as they are told: flags are 0 or 1, a choice is its own level."""
    told = dict(columns)
    for name, values in columns.items():
        if FACTS[name].unit is Unit.CHOICE:
            levels = np.array(sorted(set(pack.levels[name].values())))
            told[name] = levels[np.abs(values[:, None] - levels).argmin(axis=1)]
        elif FACTS[name].unit is Unit.FLAG:
            told[name] = np.where(values > 0.0, 1.0, 0.0)
    return told


def _forecast(outlook: Outlook, row: int) -> dict[str, Any]:
    chances = {"unchanged": outlook.unchanged, "higher": outlook.higher, "lower": outlook.lower}
    return {
        "line": dict(zip(("p10", "p50", "p90"), outlook.line[:, row].tolist(), strict=True)),
        **{name: round(float(one[row]), 4) for name, one in chances.items()},
    }


def _columns(pack: Pack, seed: int) -> dict[str, FloatArray]:
    """A batch of whole profiles, column by column, made consistent and rounded as people would tell them."""
    state = {}
    for name, values in draw_state({}, pack, draw_traits(pack, seed, _BATCH)).items():
        spec = FACTS[name]
        step = pack.grid if name == "current_line" else pack.grid / 10.0
        state[name] = np.clip(_rounded(spec.unit, np.asarray(values), step), spec.low, spec.high)
    _agree(state)
    return state


def _rounded(unit: Unit, values: FloatArray, step: float) -> FloatArray:
    rounded: FloatArray = np.round(values, 3)
    if unit in _MONEY:
        rounded = np.floor(values / step) * step
    return np.floor(values) if unit in _WHOLE else rounded


def _agree(state: dict[str, FloatArray]) -> None:
    """Arrears end the streak and have days; no lapse, no days; no other lender, no other debt."""
    late = (state["overdue_now"] > 0) | (state["overdue_events_24m"] > 0)
    days = state["max_days_past_due_24m"]
    state["max_days_past_due_24m"] = np.where(late, np.maximum(days, 1.0), 0.0)
    state["on_time_months"] = np.where(state["overdue_now"] > 0, 0.0, state["on_time_months"])
    debtless = state["lenders_count"] == 0
    for name in ("other_debt_balance", "monthly_debt_service"):
        state[name] = np.where(debtless, 0.0, state[name])
    for smaller, larger in (("used_balance", "current_line"), ("on_time_months", "months_on_book")):
        state[smaller] = np.minimum(state[smaller], state[larger])


def _plain(pack: Pack, name: str, value: float, row: int) -> FactValue:
    unit = FACTS[name].unit
    if unit is Unit.CHOICE:
        return _nearest(pack.levels[name], value, row)
    if unit is Unit.FLAG:
        return value > 0.0
    return int(value) if unit in _WHOLE else value


def _nearest(levels: Mapping[str, float], level: float, row: int) -> str:
    """The choice whose level is nearest; choices of the same level take turns."""
    nearest = min(abs(one - level) for one in levels.values())
    named = [name for name, one in levels.items() if abs(one - level) == nearest]
    return named[row % len(named)]
