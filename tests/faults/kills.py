"""Many kills by command: ``python -m tests.faults.kills --kills 1000 [--database sqlite|postgresql] [--workers 2]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random

from tests.faults.nursery import nursery
from tests.faults.relay import Relay, balanced
from tests.faults.storm import Aftermath, Storm
from tests.store.postgresql import rented

_A_STORM = 40


@contextmanager
def _addresses(database: str, folder: Path) -> Iterator[Callable[[int], str]]:
    """Gives a fresh database for each storm."""
    if database == "sqlite":
        yield lambda number: f"sqlite:///{folder / f'storm{number}.db'}"
        return
    with rented() as server:
        yield lambda _number: server.fresh()


def faults_of(after: Aftermath, peace: Aftermath) -> list[str]:
    """What is not as it would have been in peace."""
    found = [
        f"{name}: {after.states.get(name)} in place of {state}"
        for name, state in peace.states.items()
        if after.states.get(name) != state
    ]
    if after.worst > 1:
        found.append(f"{after.worst} messages came again in one chat after one kill")
    return found + [f"came as a message: {one.text}" for one in after.wrongly_sent(peace)]


def _tell(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Kill, count and compare; 1 when anything was lost or came too often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite", help="where answers are kept")
    parser.add_argument("--workers", type=int, choices=[1, 2], default=1, help="two share a PostgreSQL, by webhook")
    parser.add_argument("--seed", type=int, default=1, help="where chance begins")
    given = parser.parse_args()
    kills = repeats = failed = 0
    begin, chance = time.monotonic(), Random(given.seed)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        address = stack.enter_context(_addresses(given.database if given.workers == 1 else "postgresql", folder))
        bots = stack.enter_context(nursery())
        url, ports = stack.enter_context(balanced()) if given.workers == 2 else ("", ())

        def raged(number: int, most_kills: int) -> Aftermath:
            if given.workers == 1:
                return Storm(bots, address(number), folder, chance, most_kills).rages()
            return Relay(bots, address(number), folder, chance, most_kills, url=url, ports=ports).rages()

        peace = raged(0, 0)
        number = 0
        while kills < given.kills:
            number += 1
            after = raged(number, min(_A_STORM, given.kills - kills))
            faults = faults_of(after, peace)
            kills, repeats, failed = kills + after.kills, repeats + after.repeats(peace), failed + bool(faults)
            _tell(f"{kills} kills, {repeats} repeats, {failed} of {number} storms at fault", *faults)
    _tell(f"{len(peace.states)} people, {time.monotonic() - begin:.0f} s")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
