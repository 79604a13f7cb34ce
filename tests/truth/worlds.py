"""Worlds in which the truth is known: borrowers of the prior, their forecasts, and lines drawn from the same paths."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import islice
from types import MappingProxyType

import numpy as np

from simulator.correcting import Correction
from simulator.forecasting import lines_in_yuan, prepare, ranges
from simulator.loading import read_packs
from simulator.movement import run
from simulator.policy import Pack, Parameter, Spread
from simulator.population import population
from simulator.results import Range
from simulator.verifying import Outcome
from simulator.vocabulary import Facts, Kind

PACK: Pack = read_packs()[0]["jiebei"]
_DRAWS, _MONTHS = 400, 6
_TOLD = ("current_line", "monthly_income", "on_time_months", "used_balance")


@cache
def lives(borrowers: int, seed: int) -> tuple[Outcome, ...]:
    """What a world exactly like the model brings: some outcomes of each borrower, each of a person of its own."""
    outcomes = []
    for number, profile in enumerate(islice(population([PACK], seed), borrowers)):
        facts = Facts(Kind.PERSON, MappingProxyType({name: profile["facts"][name] for name in _TOLD}))
        tapes = prepare(facts, PACK, months=_MONTHS, seed=number + 1, preset="honest", draws=_DRAWS)
        yuan = lines_in_yuan(tapes, run(tapes, ()))
        foretold, start = ranges(yuan), float(yuan[0, 0])
        for place in range(0, _DRAWS, _DRAWS // 10):
            months = 3 + place % 4
            line = float(yuan[months, place])
            outcomes.append(Outcome(f"{number}.{place}", months, foretold[months], start, line))
    return tuple(outcomes)


def stretched(outcomes: tuple[Outcome, ...], times: float) -> tuple[Outcome, ...]:
    """The same lives where lines move further from the middle of what was foretold, in doublings times a factor."""
    return tuple(one._replace(line=one.foretold.p50 * (one.line / one.foretold.p50) ** times) for one in outcomes)


def plain(people: int, times: float, seed: int, months: int = 6) -> tuple[Outcome, ...]:
    """Smooth forecasts without lumps, and lines that lie so many times further out than they say, seeded."""
    drawn = np.random.default_rng(seed).standard_normal((people, 2))
    outcomes = []
    for number, (size, luck) in enumerate(drawn.tolist()):
        middle = 20_000 * 2.0 ** (size / 2)
        low, high, line = (middle * 2.0 ** (0.4 * at) for at in (-1.281552, 1.281552, luck * times))
        foretold = Range(low, middle, high)
        outcomes.append(Outcome(str(number), months, foretold, middle * 0.9, line))
    return tuple(outcomes)


def corrected_pack(how: Correction) -> Pack:
    """The pack with a correction stated."""
    values = {
        name: Parameter(name, value, value, value, "I", "own outcomes", "2026-11-22", Spread())
        for name, value in how._asdict().items()
    }
    return replace(PACK, corrections=MappingProxyType(values))
