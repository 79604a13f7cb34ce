"""A population: synthetic borrowers drawn from the prior, whole and free of contradictions."""

from __future__ import annotations

from functools import partial
from itertools import chain, count
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator.sampling import draw_state, draw_traits, stream
from simulator.vocabulary import FACTS, FactValue, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from simulator.policy import Pack
    from simulator.shapes import FloatArray

_BATCH = 4096  # profiles drawn at once: memory stays constant, and a longer population starts with the shorter one
_WHOLE = frozenset({Unit.COUNT, Unit.DAYS, Unit.MONTHS, Unit.POINTS})
_MONEY = frozenset({Unit.YUAN, Unit.YUAN_PER_MONTH})


def population(packs: Sequence[Pack], seed: int) -> Iterator[dict[str, Any]]:
    """Endless profiles in the format of the contract, the packs taking turns; equal seeds give equal profiles."""
    return chain.from_iterable(map(partial(_batch, packs, seed), count()))


def _batch(packs: Sequence[Pack], seed: int, batch: int) -> Iterator[dict[str, Any]]:
    seeds = stream(seed, 8, batch).integers(2**32, size=len(packs))
    columns = [_columns(pack, int(own)) for pack, own in zip(packs, seeds, strict=True)]
    for row in range(_BATCH):
        for pack, column in zip(packs, columns, strict=True):
            facts = {name: _plain(pack, name, float(values[row]), row) for name, values in column.items()}
            yield {"kind": pack.kind.value, "product": pack.product, "facts": facts}


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
