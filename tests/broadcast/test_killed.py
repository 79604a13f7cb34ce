"""A real process, really shot around its own sends: nobody misses a broadcast, and nobody has it twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.broadcast.killed import Salvo
from tests.faults.nursery import Nursery


@pytest.mark.timeout(360)
@pytest.mark.parametrize("database", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)])
def test_nobody_misses_it_or_has_it_twice(
    database: str, bots: Nursery, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Shot once the platform has a message, once before it, once in between; calls are cut off and refused besides.

    What was under way at a shot is looked for and never sent blindly. (Of somebody who speaks in these very seconds it
    may stay unknown, and is not sent again; so nobody speaks here. In test_talking and in the command they do.)
    """
    sqlite = f"sqlite:///{tmp_path / 'crowd.db'}"
    address = sqlite if database == "sqlite" else request.getfixturevalue("postgresql").fresh()
    salvo = Salvo(bots, address, tmp_path, many=100, kills=3, seed=4, talks=False)
    salvo.fires()
    assert len(salvo.shots) == 3
    assert sum(shot.unmarked for shot in salvo.shots) >= 3
    assert salvo.crowd.wrong() == []
    assert salvo.crowd.times() == {1: 94, 0: 6}
    assert set(salvo.states) == {"sent", "gone"}
