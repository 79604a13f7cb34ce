"""What the tests of compiled loops share: their source as plain Python, and tapes as odd as numbers allow."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest

from simulator.money import PARTS
from simulator.tapes import Increment, Tapes


def plain_loops(monkeypatch: pytest.MonkeyPatch, *rooms: ModuleType) -> None:
    """Every compiled loop of some rooms becomes its own source, wherever it is called."""
    for room in rooms:
        for name, loop in list(vars(room).items()):
            if hasattr(loop, "py_func"):
                monkeypatch.setattr(room, name, loop.py_func)


def odd_tapes(tapes: Tapes, seed: int) -> tuple[Tapes, Increment]:
    """The same tapes with every number of a walk made up anew, and an increment as odd."""
    chance = np.random.default_rng(seed)
    shape, draws = tapes.offsets.shape, tapes.draws

    def parts(low: int, high: int, *size: int) -> np.ndarray:
        return chance.integers(low * PARTS, high * PARTS + 1, size or (draws,)).astype(np.int32)

    odd = replace(
        tapes,
        start=parts(5, 20),
        layers=parts(0, 25, *tapes.layers.shape),
        offsets=parts(-3, 3, *shape),
        raising=chance.random(shape) < 0.5,
        cutting=chance.random(shape) < 0.5,
        gate=chance.random(shape) < 0.8,
        up_band=parts(0, 1),
        down_band=parts(0, 1),
        up_step=parts(0, 3),
        down_step=parts(0, 3),
        floor=int(parts(5, 9, 1)[0]),
        roof=parts(9, 20),
    )
    gains, asked = parts(0, 4, *tapes.layers.shape), chance.random(shape) < 0.3
    if chance.random() < 0.5:
        gains[1:] = 0
        return odd, Increment(gains, asked, {"own": gains[0]})
    return odd, Increment(gains, asked, dict.fromkeys(tapes.layer_of, gains[0]))
