"""An operator's day, word for word: in a chat at every run, and in the terminal when there is time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.admin.days.walking import FOLDER, read_plan, walked

pytestmark = pytest.mark.usefixtures("reckoned_once")


@pytest.mark.parametrize("name", ["in_chat", pytest.param("in_terminal", marks=pytest.mark.soak)])
def test_a_day_goes_as_it_is_written(name: str, tmp_path: Path) -> None:
    """From the morning's figures to an erasure every answer is the one in the file, with what must be said in it."""
    plan = read_plan(FOLDER / f"{name}.txt")
    told = walked(plan, tmp_path)
    shown = "\n".join(line for line in told.splitlines() if not line.startswith("# "))
    assert [words for words in plan.told("must") if words not in shown] == []
    assert [words for words in plan.told("never") if words in shown] == []
    assert told == plan.text
