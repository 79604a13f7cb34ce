"""Compiled loops against plain arrays: no ratio may fall by a third of what is stored beside this file."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator import trials
from simulator.quickest import compiler_installed
from tests.simulator.borrowers import JIEBEI

STORED = yaml.load(Path(__file__).with_name("ratios.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
KEPT = 2 / 3
RUNS = 7
ATTEMPTS = 3
LEAST_SECONDS = 0.01

pytestmark = [
    pytest.mark.skipif(not compiler_installed(), reason="there is no compiler (numba) to compare with"),
    pytest.mark.timeout(300),
]


def seconds(work: Callable[[], Any], times: int) -> float:
    """The processor's time of one run, from several in a row."""
    begun = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - begun) / times


@dataclass(frozen=True)
class Pair:
    """The same work in both ways; the compiled one does ``more`` times as much, so that its preparation counts less."""

    plain: Callable[[], Any]
    compiled: Callable[[], Any]
    more: float = 1.0


def measured(pair: Pair) -> float:
    """How many times faster the compiled work is: runs take turns, and the best of each counts."""
    works = (pair.plain, pair.compiled)
    for work in works:
        work()
    times = [max(1, round(LEAST_SECONDS / max(seconds(work, 1), 1e-7))) for work in works]
    turns = [[seconds(work, many) for work, many in zip(works, times, strict=True)] for _ in range(RUNS)]
    slow, fast = (min(column) for column in zip(*turns, strict=True))
    return pair.more * slow / fast


def walks() -> Pair:
    return Pair(*(trials._walk(JIEBEI, kind).work for kind in ("plain", "compiled")))


def sets(monkeypatch: pytest.MonkeyPatch) -> Pair:
    plain = trials._sets(JIEBEI, "plain").work
    monkeypatch.setattr(trials, "_ACTIONS", 14)
    return Pair(plain, trials._sets(JIEBEI, "compiled").work, 2.0**6)


def crowds(monkeypatch: pytest.MonkeyPatch) -> Pair:
    monkeypatch.setattr(trials, "_FEW", 32)
    monkeypatch.setattr(trials, "_CROWD", 2048)
    return Pair(*(trials._crowd(JIEBEI, kind).work for kind in ("plain", "compiled")), 64.0)


@pytest.mark.parametrize("name", sorted(STORED))
def test_no_ratio_falls_by_a_third(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine one attempt may fail; that all of them do is a loss of speed."""
    pair = walks() if name == "walk" else {"sets": sets, "crowd": crowds}[name](monkeypatch)
    least = KEPT * STORED[name]["ratio"]
    ratios: list[float] = []
    while len(ratios) < ATTEMPTS and max(ratios, default=0.0) < least:
        ratios.append(measured(pair))
    assert max(ratios) >= least, ratios
