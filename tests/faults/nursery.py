"""The nursery: one process that has everything imported, from which real bots are forked in a moment."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import create_engine

from bot import wiring
from bot.__main__ import commands, main
from bot.settings import PREFIX
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
        [sys.executable, "-m", "tests.faults.nursery"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Nursery(process)
        finally:
            process.communicate(timeout=30)


def _prepare() -> None:
    """Import and read everything that a bot would."""
    shelves, front = wiring.read_shelves(), wiring.read_front()
    wiring.read_shelves, wiring.read_front = (lambda: shelves), (lambda: front)
    commands()
    create_engine("postgresql+psycopg://").dispose()
    assert psycopg.pq.version()
    gc.collect()
    gc.freeze()


def _born(settings: Mapping[str, str], log: str) -> None:
    """What a forked child does: be a bot, and nothing else."""
    errors = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.dup2(errors, 2)
    os.environ.update({PREFIX + name: value for name, value in settings.items()})
    code = 1
    try:
        code = main(["telegram"])
    finally:
        sys.stderr.flush()
        os._exit(code)


def _serve() -> None:
    children: set[int] = set()
    for line in sys.stdin:
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            children.discard(order["wait"])
            answer = os.waitstatus_to_exitcode(status)
        else:
            answer = os.fork()
            if answer == 0:
                _born(order["settings"], order["log"])
            children.add(answer)
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


if __name__ == "__main__":
    _prepare()
    _serve()
