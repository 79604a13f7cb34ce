"""A real process, really shot around its own sends: nobody misses a broadcast, and nobody has it twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broadcast.killed import Salvo
from tests.faults.nursery import nursery


@pytest.mark.timeout(300)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_nobody_misses_it_or_has_it_twice(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Shot once the platform has a message, once before it, once in between; calls are cut off and refused besides.

    What was under way at a shot is looked for and not sent blindly. Of somebody who spoke at once it may stay unknown:
    then it is not sent again, and it is counted so.
    """
    sqlite = f"sqlite:///{tmp_path / 'crowd.db'}"
    address = sqlite if database == "sqlite" else request.getfixturevalue("postgresql").fresh()
    with nursery() as bots:
        salvo = Salvo(bots, address, tmp_path, many=150, kills=3, seed=4)
        salvo.fires()
    unknown = salvo.states.get("unknown", 0)
    assert len(salvo.shots) == 3
    assert sum(shot.unmarked for shot in salvo.shots) >= 3
    assert max(salvo.crowd.times()) == 1
    assert len(salvo.crowd.wrong()) == unknown <= 3
    assert salvo.crowd.times()[1] == 141 - unknown
    assert set(salvo.states) <= {"sent", "gone", "unknown"}
