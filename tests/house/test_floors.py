"""Three floors: each lower floor stands alone when the upper ones are not there."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from tests.house.rooms import ROOT, modules

HIDDEN = """
import sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {hidden!r}:
            raise ImportError("this floor is hidden: " + name)
sys.meta_path.insert(0, Wall())
import importlib
for name in {rooms!r}:
    importlib.import_module(name)
print("all", len({rooms!r}))
"""


_COMPILED = ("compiling", "kernels", *(f"kernels_of_{name}" for name in ("crowds", "limits", "logs", "sets")))
OPTIONAL = {f"simulator.{name}": "numba" for name in _COMPILED}
"""Rooms that need a package which is only for those who want it."""


def _furnished(room: str) -> bool:
    return room not in OPTIONAL or find_spec(OPTIONAL[room]) is not None


@pytest.mark.parametrize(("floor", "hidden"), [("simulator", {"knowledge", "bot"}), ("knowledge", {"bot"})])
def test_a_floor_stands_without_those_above(floor: str, hidden: set[str]) -> None:
    """Every room of a lower floor can be entered while the floors above are hidden."""
    paths = [path.relative_to(ROOT).with_suffix("") for path in modules()]
    rooms = [
        ".".join(path.parts) for path in paths if path.parts[0] == floor and path.name not in {"__init__", "__main__"}
    ]
    rooms = [room for room in rooms if _furnished(room)]
    script = HIDDEN.format(hidden=hidden, rooms=rooms)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"all {len(rooms)}"
