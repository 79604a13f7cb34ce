"""The compiled walk is the plain one, to the bit."""

from __future__ import annotations

import json

import numpy as np
import pytest

from simulator.__main__ import main
from simulator.commands import bench
from simulator.forecasting import prepare
from simulator.movement import walk
from simulator.policy import Pack
from simulator.vocabulary import Facts
from tests.simulator.borrowers import ACTIONS, BORROWERS

pytest.importorskip("numba")
kernels = pytest.importorskip("simulator.kernels")


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_the_compiled_walk_is_the_plain_one(facts: Facts, pack: Pack) -> None:
    """With and without actions, both give the same whole parts of a doubling."""
    tapes = prepare(facts, pack, months=18, seed=12, preset="honest", draws=700)
    for actions in ((), ACTIONS):
        gain = tapes.joined(tapes.increment(one, 2) for one in actions)
        assert np.array_equal(kernels.walk(tapes, gain), walk(tapes, gain))


@pytest.mark.parametrize(("facts", "pack"), BORROWERS)
def test_the_loops_mean_the_same_before_they_are_compiled(
    facts: Facts, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The source of the compiled loops, run as it stands, gives the plain lines too."""
    monkeypatch.setattr(kernels, "_targets", kernels.targets)
    monkeypatch.setattr(kernels, "_follow", kernels.follow)
    tapes = prepare(facts, pack, months=6, seed=12, preset="honest", draws=40)
    gain = tapes.joined(tapes.increment(one, 0) for one in ACTIONS)
    assert np.array_equal(kernels.walk(tapes, gain), walk(tapes, gain))


def test_the_bench_measures_forecasts_and_walks(capsys: pytest.CaptureFixture[str]) -> None:
    """Each pack has its forecasts in milliseconds and its walks in path-months a second."""
    assert main(["bench", "--runs", "1", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["bench"]
    assert {row["unit"] for row in rows} == {"ms", "path-months/s"}
    assert any("compiled" in row["what"] for row in rows)
    assert all(row["best"] > 0 for row in rows)


def test_the_bench_does_without_a_compiler(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no compiler is installed, only the plain walk is measured."""
    monkeypatch.setattr(bench.importlib.util, "find_spec", lambda _name: None)
    assert main(["bench", "--runs", "1"]) == 0
    assert "compiled" not in capsys.readouterr().out


def test_a_walk_that_differs_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk that gives other lines than the plain one is a broken invariant, not a result."""
    monkeypatch.setattr(bench, "_walks", lambda: {"broken": lambda tapes, _gain: tapes.start})
    with pytest.raises(ArithmeticError, match="broken walk"):
        main(["bench", "--runs", "1"])
