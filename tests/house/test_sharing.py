"""Tests are shared out by names of files that are there, and what belongs together stays together."""

from __future__ import annotations

import importlib

import pytest

from tests.house.rooms import ROOT
from tests.sharing import FIRST, TOGETHER, Sharing, compile_share, rank


def test_the_dear_files_are_there() -> None:
    """A file that has moved is named anew, or it would come last again."""
    assert [file for file in (*FIRST, *sum(TOGETHER, ())) if not (ROOT / file).is_file()] == []
    assert rank(f"{FIRST[0]}::test") < rank(f"{FIRST[-1]}::test[x]") < rank("tests/house/test_sharing.py::test")


def test_files_that_belong_together_are_one_piece_of_work() -> None:
    """Each group goes to one worker; any other file goes by itself."""
    split = Sharing.__new__(Sharing)._split_scope
    assert {len({split(f"{file}::test") for file in group}) for group in TOGETHER} == {1}
    assert split("tests/house/test_sharing.py::test[a::b]") == "tests/house/test_sharing.py"


def test_each_worker_compiles_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files are somebody's, none is that of two, one that cannot be read stops nobody, and who is alone waits."""
    asked: list[str] = []

    def imported(name: str) -> None:
        asked.append(name)
        raise pytest.skip.Exception("no such library") if len(asked) % 2 else SyntaxError(name)

    monkeypatch.setattr(importlib, "import_module", imported)
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "3")
    for worker in ("gw0", "gw1", "gw2"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        compile_share(ROOT)
    files = [path.relative_to(ROOT).with_suffix("") for path in ROOT.glob("tests/**/test_*.py")]
    assert sorted(asked) == sorted(".".join(file.parts) for file in files)
    monkeypatch.setenv("PYTEST_XDIST_WORKER_COUNT", "1")
    compile_share(ROOT)
    assert len(asked) == len(files)
