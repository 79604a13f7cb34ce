"""The least effort of a plan is that of another solver, on median paths; only where that solver is installed."""

import importlib.util
import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("ortools") is None,
    reason="CP-SAT is not installed: pip install limit-guide[oracle] to compare with it",
)


def compared(first: int, instances: int) -> dict[str, object]:
    """What a process of its own reports: solvers of different makers do not always bear each other in one."""
    words = ["-m", "tests.simulator.cpsat_oracle", "--first", str(first), "--instances", str(instances)]
    told = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert told.stdout, told.stderr
    report: dict[str, object] = json.loads(told.stdout)
    return report


@pytest.mark.timeout(600)
def test_the_least_effort_is_that_of_cpsat() -> None:
    """On random instances of four to twelve actions both find the same least hours, or both that nothing reaches it."""
    report = compared(0, 20)
    assert report["differ"] == []
    assert 0 < int(str(report["possible"])) < 20


@pytest.mark.soak
@pytest.mark.timeout(7200)
def test_the_least_effort_is_that_of_cpsat_many_times() -> None:
    """The same on five hundred instances."""
    assert compared(1000, 500)["differ"] == []
