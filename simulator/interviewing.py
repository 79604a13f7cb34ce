"""A study of the order of questions: how wide ranges still are after each answer, on profiles that answer them all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from simulator.asking import DRAWS, next_best, worth_on
from simulator.money import PARTS
from simulator.movement import run
from simulator.population import population
from simulator.preparing import Chance, cut_tapes, draw_luck
from simulator.sampling import stream, told_values
from simulator.vocabulary import Facts, fact_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from simulator.policy import Pack
    from simulator.preparing import Luck
    from simulator.shapes import FloatArray

_TOGETHER = 25  # profiles interviewed on the same luck
_LINE = "current_line"


@dataclass(frozen=True, slots=True)
class Study:
    """How many profiles answer how many questions; seed, horizon in months and paths of a forecast.

    ``order`` is the author's order of facts; where it is empty, the order of the vocabulary. The line itself is told
    from the start.
    """

    profiles: int
    answers: int
    seed: int
    order: tuple[str, ...] = ()
    months: int = 12
    draws: int = 1000


@dataclass(frozen=True, slots=True)
class Interviews:
    """Mean figures of the log2 line at the horizon, (answers from none, 2), in doublings.

    The first is the distance from the tenth to the ninetieth hundredth, the second the standard deviation; ``known``
    (2,) has them with every fact told. ``asked`` counts which facts came first, second and third in value order.
    """

    by_value: FloatArray
    by_author: FloatArray
    known: FloatArray
    asked: Mapping[str, int]


def interview(pack: Pack, study: Study) -> Interviews:
    """Interview profiles of the population in both orders; equal studies give equal figures."""
    profiles = [Facts(pack.kind, one["facts"]) for one in islice(population([pack], study.seed), study.profiles)]
    author = [name for name in study.order or fact_names(pack.kind) if name in pack.priors and name != _LINE]
    figures, firsts = [], Counter[str]()
    for number, whole in enumerate(profiles):
        if number % _TOGETHER == 0:
            asking, telling = (_luck(pack, study, number, draws) for draws in (DRAWS, study.draws))
        valued = _in_value_order(whole, pack, asking, min(study.answers, len(author)))
        firsts.update(valued[:3])
        steps = (*_told(whole, valued), *_told(whole, author[: len(valued)]), whole)
        figures.append([_width(facts, pack, telling) for facts in steps])
    mean = np.mean(figures, axis=0)
    by_value, by_author, known = np.split(mean, [len(mean) // 2, len(mean) - 1])
    return Interviews(by_value, by_author, known[0], MappingProxyType(dict(firsts.most_common())))


def _luck(pack: Pack, study: Study, number: int, draws: int) -> Luck:
    seed = int(stream(study.seed, 13, number, draws).integers(2**32))
    return draw_luck(pack, Chance(study.months, seed, "honest", draws))


def _in_value_order(whole: Facts, pack: Pack, luck: Luck, answers: int) -> list[str]:
    """The facts asked, each the best after the answers before it; the least valued ones in the pack's order."""
    asked = [_LINE]
    equal = dict.fromkeys(pack.priors, 1.0)
    while len(asked) <= answers:
        worths = worth_on(_only(whole, asked), pack, luck)
        asked.append(next_best(worths, equal) or next(iter(worths)))
    return asked[1:]


def _told(whole: Facts, order: Sequence[str]) -> list[Facts]:
    return [_only(whole, (_LINE, *order[:count])) for count in range(len(order) + 1)]


def _only(whole: Facts, names: Iterable[str]) -> Facts:
    return Facts(whole.kind, MappingProxyType({name: whole.values[name] for name in names}))


def _width(facts: Facts, pack: Pack, luck: Luck) -> tuple[float, float]:
    ends = run(cut_tapes(told_values(facts, pack), pack, luck))[-1] / PARTS
    low, high = np.quantile(ends, (0.1, 0.9))
    return float(high - low), float(ends.std())
