"""Every set of some actions on one borrower's paths, counted one by one: slow, plain, and what a search must equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.course import line_to_reach
from simulator.movement import walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.course import Aim
    from simulator.tapes import Increment, Tapes

Hits: TypeAlias = npt.NDArray[np.int32]


def every_set(tapes: Tapes, gains: Sequence[Increment], aim: Aim) -> Hits:
    """How many paths stand at the target by the month of the aim, for each set of actions.

    Args:
        tapes: the common paths, at least as long as the aim's month.
        gains: what each action adds on these tapes; none excludes another.
        aim: the month that counts and the yuan to reach.

    Returns:
        One count a set; the binary digits of its place, lowest first, say which actions are in the set.
    """
    least = line_to_reach(tapes, aim.target)
    hits = np.empty(1 << len(gains), np.int32)
    for number in range(len(hits)):
        taken = [gain for place, gain in enumerate(gains) if number >> place & 1]
        hits[number] = np.count_nonzero(walk(tapes, tapes.joined(taken))[aim.month] >= least)
    return hits
