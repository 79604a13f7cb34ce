"""The nursery: one process that has everything imported, from which real bots are forked in a moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.house.rooms import ROOT


class Nursery:
    """Starts bots, each a process of its own with settings of its own, and says how they ended."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, settings: Mapping[str, str], log: Path) -> int:
        """Start ``limit-guide telegram`` with settings by their short names; the process's id."""
        return self._ask({"settings": dict(settings), "log": str(log)})

    def wait(self, number: int) -> int:
        """Wait for the end of a bot: its exit code, or the negative number of the signal that ended it."""
        return self._ask({"wait": number})

    def kill(self, number: int) -> None:
        """Shoot a bot; it can do nothing about it."""
        os.kill(number, signal.SIGKILL)
        self.wait(number)

    def _ask(self, order: Mapping[str, object]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery as long as the block lasts; what it has started and is still running ends with it."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.cradle"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Nursery(process)
        finally:
            process.communicate(timeout=30)
