"""A sitting held by a process that is shot with SIGKILL again and again, on a file and on a server.

It runs twelve times as fast as life, and so wants a machine of its own: ``pytest -m soak`` starts it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.consultation.big_processes import evening_of, faults_of_evening
from tests.consultation.big_script import Script
from tests.consultation.big_verdict import figures_of

SCRIPT = Script(4, members=24, minutes=13.0, messages=60, kills=((90.0, 3.0), (300.0, 10.0), (560.0, 5.0)))
SPEED = 12.0


@pytest.mark.soak
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_a_sitting_outlives_its_process(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Shot three times in the middle of its calls, it ends as people meant it, within the limits, all said once."""
    sqlite = f"sqlite:///{tmp_path / 'evening.db'}"
    address = sqlite if database == "sqlite" else request.getfixturevalue("postgresql").fresh()
    with evening_of(SCRIPT, SPEED, address, tmp_path) as evening:
        assert faults_of_evening(evening) == []
        assert figures_of(evening)["kills"] == len(SCRIPT.kills)
