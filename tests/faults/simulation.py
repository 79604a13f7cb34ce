"""The simulation by command: ``python -m tests.faults.simulation --seeds 10000`` or ``--seed 17`` with its diary."""

from __future__ import annotations

import argparse
import logging
import sys
import time
import traceback

from tests.faults.living import Life
from tests.faults.plan import Plan, drawn

_EVERY = 250


def _say(line: object) -> None:
    """One more line on standard output, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def faults_of_seed(seed: int) -> list[str]:
    """What went wrong in the life of a seed; empty when nothing did."""
    return faults_of_plan(drawn(seed))


def faults_of_plan(plan: Plan) -> list[str]:
    """What went wrong in a plan's life; an error of the bot's or of the simulation's counts as well."""
    try:
        return Life(plan).faults()
    except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to this seed
        return [f"{type(error).__name__}: {error} at {traceback.format_tb(error.__traceback__)[-1].strip()}"]


def _tell(seed: int) -> int:
    """Live through one seed and print its diary."""
    plan = drawn(seed)
    life = Life(plan, diary=True)
    _say(plan)
    try:
        faults = life.faults()
    finally:
        _say("\n".join(life.street.diary or ()))
        _say("\n".join(life.watch.lines))
    _say("\n".join(faults) or "nothing went wrong")
    return int(bool(faults))


def _run(first: int, seeds: int) -> int:
    """Live through many seeds and print those that fail, each with the line that replays it."""
    begin, failed = time.perf_counter(), 0
    for nth, seed in enumerate(range(first, first + seeds), start=1):
        faults = faults_of_seed(seed)
        failed += bool(faults)
        for fault in faults[:3]:
            _say(f"python -m tests.faults.simulation --seed {seed}  # {fault[:300]}")
        if nth % _EVERY == 0 or nth == seeds:
            _say(f"{nth} seeds, {failed} failed, {time.perf_counter() - begin:.0f} s")
    return int(failed > 0)


def main() -> int:
    """Read the command line and do what it says; 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=500, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--seed", type=int, help="only this one, with its diary")
    told = parser.parse_args()
    logging.lastResort = None
    return _run(told.first, told.seeds) if told.seed is None else _tell(told.seed)


if __name__ == "__main__":
    sys.exit(main())
