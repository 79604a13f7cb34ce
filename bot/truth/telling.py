"""Telling: how true forecasts came, group by group, with every cell hidden that few people stand in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from bot.truth.gathering import Seen
from simulator.verifying import Losses, Outcome, Share, coverage, histogram, losses, people

FEWEST = 10
"""Cells with fewer people are hidden, so that nobody can be told apart."""

Apart = Literal["together", "month", "ahead", "product", "language"]

_BINS = ((150, 10), (75, 5))
"""From so many people on so many parts: fewer people in more parts would mostly be hidden."""


class Group(NamedTuple):
    """How forecasts of one group did; None where that is hidden."""

    name: str
    people: int | None
    coverage: Share | None = None
    losses: Losses | None = None


def groups(seen: Sequence[Seen], apart: Apart) -> tuple[Group, ...]:
    """All outcomes together or apart by something, in the order of names."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for one in seen:
        found["" if apart == "together" else getattr(one, apart)].append(one.outcome)
    few = hidden({name: people(rows) for name, rows in found.items()})
    return tuple(
        Group(name, None) if name in few else Group(name, people(rows), coverage(rows), losses(rows))
        for name, rows in sorted(found.items())
    )


def levels(seen: Sequence[Seen]) -> tuple[float | None, ...]:
    """People by where their line fell within its forecast, in equal parts from low to high; empty for too few.

    A part is None where it is hidden.
    """
    rows = [one.outcome for one in seen]
    bins = next((parts for least, parts in _BINS if people(rows) >= least), 0)
    counts = histogram(rows, bins)
    few = hidden({str(at): count for at, count in enumerate(counts)})
    return tuple(None if str(at) in few else count for at, count in enumerate(counts))


def hidden(counts: Mapping[str, float]) -> frozenset[str]:
    """The cells to hide: those of few people, and one more where the total would tell what a single one holds."""
    few = {name for name, count in counts.items() if 0 < count < FEWEST}
    others = sorted((count, name) for name, count in counts.items() if name not in few and count > 0)
    if few and others and (len(few) == 1 or sum(counts[name] for name in few) < FEWEST):
        few.add(others[0][1])
    return frozenset(few)
