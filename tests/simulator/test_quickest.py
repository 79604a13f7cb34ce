"""The quicker of two functions: compiled where there is a compiler, plain elsewhere, and never loaded unasked."""

from __future__ import annotations

import subprocess
import sys

import pytest

from simulator import quickest as room
from simulator.movement import walk
from simulator.quickest import compiler_installed, quickest


def test_without_a_compiler_the_plain_function_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the optional package is missing, the plain function itself comes back."""
    monkeypatch.setattr(room.importlib.util, "find_spec", lambda _name: None)
    assert not compiler_installed()
    assert quickest(walk, "kernels") is walk


@pytest.mark.skipif(not compiler_installed(), reason="there is no compiler (numba) to choose")
def test_with_a_compiler_its_twin_is_taken() -> None:
    """The twin has the same name in the compiled room."""
    twin = quickest(walk, "kernels")
    assert twin is not walk
    assert (twin.__name__, twin.__module__) == ("walk", "simulator.kernels")


def test_the_chat_loads_no_compiler() -> None:
    """Neither the conversation nor any command of the simulator starts a compiler by being imported."""
    looked = "import sys, bot.dialogue.turn, simulator.__main__ as m; m.found(); print('numba' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", looked], text=True).strip() == "False"
