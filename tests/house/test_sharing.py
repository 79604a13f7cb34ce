"""Tests are shared out by names of files that are there, and what belongs together stays together."""

from __future__ import annotations

from tests.house.rooms import ROOT
from tests.sharing import FIRST, TOGETHER, Sharing, rank


def test_the_dear_files_are_there() -> None:
    """A file that has moved is named anew, or it would come last again."""
    assert [file for file in (*FIRST, *sum(TOGETHER, ())) if not (ROOT / file).is_file()] == []
    assert rank(f"{FIRST[0]}::test") < rank(f"{FIRST[-1]}::test[x]") < rank("tests/house/test_sharing.py::test")


def test_files_that_belong_together_are_one_piece_of_work() -> None:
    """Each group goes to one worker; any other file goes by itself."""
    split = Sharing.__new__(Sharing)._split_scope
    assert {len({split(f"{file}::test") for file in group}) for group in TOGETHER} == {1}
    assert split("tests/house/test_sharing.py::test[a::b]") == "tests/house/test_sharing.py"
