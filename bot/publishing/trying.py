"""A dry run: what other packs would make of the same people, on the same luck, before anybody is told so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from knowledge.entries import Case
from simulator.crowd import outlook
from simulator.forecasting import forecast
from simulator.policy import Pack
from simulator.population import population
from simulator.preparing import Chance, draw_luck
from simulator.results import Range
from simulator.vocabulary import FACTS, Facts, Unit

MONTHS = 12
PEOPLE, PATHS = 100, 32
"""How many drawn people a dry run looks at, and on how many paths each."""

_PATHS_OF_ONE = 400
MOST_CASES = 12
_MOVES = 0.01
"""A middle that moves by less than this share counts as the same."""


class Tried(NamedTuple):
    """One case of the library: the range (yuan) in twelve months before the change and after it."""

    product: str
    case: Case
    before: Range
    after: Range


class Shift(NamedTuple):
    """What a change does to many drawn people: how many go up or down, and by which share (a tenth, half, nine tenths).

    ``width`` is by how much ranges widen, as a share.
    """

    product: str
    people: int
    higher: int
    lower: int
    shares: tuple[float, float, float]
    width: float


def changed_products(before: Mapping[str, Pack], after: Mapping[str, Pack]) -> tuple[str, ...]:
    """The products whose numbers differ."""
    both = sorted(before.keys() & after.keys())
    return tuple(name for name in both if before[name].parameter_hash() != after[name].parameter_hash())


def tried_cases(before: Pack, after: Pack, cases: Iterable[Case], seed: int) -> Iterator[Tried]:
    """Cases of the library that are of the packs' kind, under both; those further on in the list are left out."""
    for case in islice((case for case in cases if case.kind is before.kind), MOST_CASES):
        facts = Facts(before.kind, case.situation)
        ranges = [
            forecast(facts, one, months=MONTHS, seed=seed, draws=_PATHS_OF_ONE).line[-1] for one in (before, after)
        ]
        yield Tried(before.product, case, *ranges)


def tried_people(before: Pack, after: Pack, seed: int) -> Shift:
    """People drawn from what is believed of them before the change, under both."""
    chance = Chance(MONTHS, seed, "honest", PATHS)
    told = _numbers(list(islice(population([before], seed), PEOPLE)), before)
    old, new = (outlook(told, pack, draw_luck(pack, chance)).line for pack in (before, after))
    share = new[1] / np.maximum(old[1], 1.0) - 1.0
    wide = float(np.mean(new[2] - new[0]) / max(float(np.mean(old[2] - old[0])), 1.0) - 1.0)
    low, middle, high = (float(one) for one in np.quantile(share, (0.1, 0.5, 0.9)))
    moved = (int(np.sum(share > _MOVES)), int(np.sum(share < -_MOVES)))
    return Shift(before.product, len(share), *moved, (low, middle, high), wide)


def _numbers(profiles: list[dict[str, Any]], pack: Pack) -> dict[str, npt.NDArray[np.float64]]:
    """Whole profiles as numbers, fact by fact; a choice is its level."""
    rows = [profile["facts"] for profile in profiles]
    return {name: np.array([_number(pack, name, row[name]) for row in rows], float) for name in rows[0]}


def _number(pack: Pack, name: str, value: Any) -> float:  # noqa: ANN401 - whatever a fact may be
    return pack.levels[name][value] if FACTS[name].unit is Unit.CHOICE else float(value)
