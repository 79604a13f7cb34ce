"""Whose card is it? A watcher's best guesses, measured: ``python -m tests.consultation.unlinkability --sittings 500``.

The watcher knows every card, every drawing of the table with its moment, every card that left, and who came in and
spoke in the group when; or, besides that, the moment of every press in private; or what people let slip about
themselves in the group; or all of it. It learns on one half of the sittings and is measured on the other half. Chance
is what the same guesses hit with the cards that came together dealt anew among their owners. What was taken back
quietly goes with all others at the end: there a sitting is compared with what it would be had nobody done so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from tests.consultation.clues import Knows, fresh
from tests.consultation.matching import Matched, Measured, guesses, matched, measured
from tests.consultation.parting import matched_to_leaving, seen_alike
from tests.consultation.watched_sittings import Pace, Watched, watched
from tests.consultation.ways_of_laying import as_soon_as_enough, at_its_moments

PACES: tuple[Pace, ...] = ("evening", "day")
WATCHERS: Mapping[str, Knows] = MappingProxyType({
    "the group": Knows(),
    "the group and every press": Knows(presses=True),
    "the group and what people let slip": Knows(heeds=True),
    "all of it": Knows(presses=True, heeds=True),
    "what people let slip, and no moments": Knows(heeds=True, times=False),
    "that, and whose card waited": Knows(presses=True, heeds=True, times=False),
    "the group, were it shown which case was answered": Knows(marks=True),
})


def lines_of(pace: Pace, sittings: Sequence[Watched]) -> Iterator[str]:
    """All that is measured in sittings of one pace, in words."""
    agreed = sum(len({step.member for step in seen.steps if step.way == "show"}) for seen in sittings)
    shown = sum(len(fresh(seen, drawing)) for seen in sittings for drawing in seen.drawings)
    fewest = min(len(fresh(seen, drawing)) or 99 for seen in sittings for drawing in seen.drawings)
    yield f"## {pace}: {len(sittings)} sittings, {agreed} agreed, {shown} cards, fewest new ones together {fewest}"
    for name, knows in WATCHERS.items():
        told = guesses(sittings, knows)
        yield _line(f"who knows {name}", measured(told))
        yield _beside("cards dealt anew among their owners", matched(told))
        yield _beside("and among those of a kind", matched(told, by_kind=True))
    for presses in (False, True):
        left = matched_to_leaving(sittings, presses=presses)
        who = "who knows every press" if presses else "the group"
        yield f"{left.cards} cards taken back at once, to {who}: {left.rate:.1%}"
        yield _beside("cards dealt anew among their owners", left)


def _line(name: str, found: Measured) -> str:
    low, high = found.interval
    return f"{name}: {found.rate:.1%} of {found.cards} (95 %: {low:.1%} to {high:.1%}), blind {found.blind:.1%}"


def _beside(name: str, found: Matched) -> str:
    low, high = (100 * end for end in found.interval)
    ahead = 100 * (found.rate - found.chance)
    return f"  {name}: {found.chance:.1%}, ahead by {ahead:+.1f} points (95 %: {low:+.1f} to {high:+.1f})"


def main() -> int:
    """Read the command line, measure, and say it; 1 when a watcher of the group beats cards dealt anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sittings", type=int, default=500, help="how many are judged; as many are learned from")
    parser.add_argument("--eager", action="store_true", help="as it would be if three cards came as soon as they wait")
    told, better = parser.parse_args(), False
    for pace in PACES:
        lays = as_soon_as_enough if told.eager else at_its_moments
        sittings = [watched(seed, pace, lays) for seed in range(2 * told.sittings)]
        sys.stdout.write("\n".join([*lines_of(pace, sittings), ""]))
        slipped = sum(seen.slipped for seen in sittings)
        alike = sum(seen_alike(seen, watched(seed, pace, lays, slips=False)) for seed, seen in enumerate(sittings))
        told_of = f"{slipped} cards taken back quietly: the group saw what it would see without that"
        sys.stdout.write(f"{told_of} in {alike} of {len(sittings)} sittings\n")
        better |= alike < len(sittings)
        better |= matched(guesses(sittings, WATCHERS["the group"])).interval[0] > 0.0
        better |= matched(guesses(sittings, WATCHERS["the group and every press"]), by_kind=True).interval[0] > 0.0
    return int(better)


if __name__ == "__main__":
    sys.exit(main())
