"""A nursery whose bots live in a hurry: ``python -m tests.consultation.big_nursery SPEED BEGUN``.

The crowd in which cards hide is drawn once for all of them, as one long life of a bot would draw it once.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.consultation.hastened import Haste, hastened, told
from tests.consultation.playing import crowd
from tests.faults import cradle
from tests.faults.nursery import Nursery
from tests.house.rooms import ROOT


@contextmanager
def hasty_nursery(haste: Haste) -> Iterator[Nursery]:
    """A nursery as long as the block lasts; what it has started and is still running ends with it."""
    command = [sys.executable, "-m", "tests.consultation.big_nursery", str(haste.speed), repr(haste.begun)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield Nursery(process)
        finally:
            process.communicate(timeout=60)


def _prepare() -> None:
    cradle.prepare(lambda _packs: crowd())


if __name__ == "__main__":
    _prepare()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with hastened(told()):
        cradle.serve()
