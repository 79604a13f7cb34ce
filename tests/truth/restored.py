"""python -m tests.truth.restored: how well recalibration restores the promise in worlds that are wider or narrower."""

from __future__ import annotations

import sys

from simulator.recalibrating import proposed
from simulator.verifying import coverage
from tests.truth.worlds import PACK, plain

_WORLDS = 20
_OTHERS = 4_000


def restored(people: int, times: float) -> tuple[int, float, float]:
    """Of twenty worlds in how many a change is proposed, and the mean coverage of unseen people before and after."""
    before = after = 0.0
    changed = 0
    for seed in range(_WORLDS):
        found = proposed(plain(people, times, seed), PACK).correction
        others = plain(_OTHERS, times, 1_000 + seed)
        before += coverage(others).value / _WORLDS
        if found is not None:
            changed += 1
            others = tuple(one._replace(foretold=found.moved(one.foretold, one.months, one.start)) for one in others)
        after += coverage(others).value / _WORLDS
    return changed, before, after


def main() -> None:
    """A line for each size and world."""
    sys.stdout.write("people  times  changed  before  after\n")
    for people in (29, 100, 300, 600, 1_200):
        for times in (0.85, 1.0, 1.15, 1.5):
            changed, before, after = restored(people, times)
            sys.stdout.write(f"{people:6d}  {times:5.2f}  {changed:4d}/{_WORLDS}  {before:6.3f}  {after:5.3f}\n")


if __name__ == "__main__":
    main()
