"""python -m simulator bench: how long forecasts and walks take on this machine, best and median of several runs."""

from __future__ import annotations

import importlib
import importlib.util
import time
from functools import partial
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np

from simulator import movement
from simulator.commands.command import Command, known_packs, say, say_lines, whole
from simulator.forecasting import forecast, prepare
from simulator.vocabulary import Facts

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from simulator.money import IntArray
    from simulator.policy import Pack
    from simulator.tapes import Increment, Tapes

_FORECASTS = ((600, 12), (1000, 12), (2000, 24))
_WALK = (2048, 12)  # paths and months of one walk: its working set stays in a second-level cache


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--runs", type=whole(1, 1000), default=15, help="runs of each measurement (default 15)")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def _run(given: Namespace) -> int:
    rows = [row for pack in known_packs().values() for row in _measured(pack, given.runs)]
    if given.json:
        say({"bench": rows})
    else:
        say_lines(f"{row['what']:<44}{row['best']:>16,.4g}{row['median']:>16,.4g} {row['unit']}" for row in rows)
    return 0


def _measured(pack: Pack, runs: int) -> list[dict[str, Any]]:
    facts = Facts(pack.kind, MappingProxyType(dict(pack.examples[0].facts)))
    rows = []
    for draws, months in _FORECASTS:
        seconds = _timed(partial(forecast, facts, pack, months=months, draws=draws), runs)
        rows.append(_row(f"{pack.product} forecast {draws} x {months}", "ms", [1e3 * one for one in seconds]))
    draws, months = _WALK
    tapes = prepare(facts, pack, months=months, seed=1, preset="honest", draws=draws)
    plain = movement.walk(tapes, tapes.joined([]))
    for name, walk in _walks().items():
        if not np.array_equal(walk(tapes, tapes.joined([])), plain):
            raise ArithmeticError(f"the {name} walk differs from the plain one")
        seconds = _timed(partial(walk, tapes, tapes.joined([])), runs)
        rate = [draws * months / one for one in seconds]
        rows.append(_row(f"{pack.product} {name} walk {draws} x {months}", "path-months/s", rate))
    return rows


def _walks() -> dict[str, Callable[[Tapes, Increment], IntArray]]:
    """The plain walk, and the compiled one where a compiler is installed."""
    walks: dict[str, Callable[[Tapes, Increment], IntArray]] = {"plain": movement.walk}
    if importlib.util.find_spec("numba") is not None:
        walks["compiled"] = importlib.import_module("simulator.kernels").walk
    return walks


def _timed(work: Callable[[], object], runs: int) -> list[float]:
    """Seconds of several runs, after one that warms up and is not counted."""
    work()
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return seconds


def _row(what: str, unit: str, measured: list[float]) -> dict[str, Any]:
    best = min(measured) if unit == "ms" else max(measured)
    return {"what": what, "best": best, "median": median(measured), "unit": unit}


COMMAND = Command("bench", "measure forecasts and walks on this machine", _arguments, _run)
