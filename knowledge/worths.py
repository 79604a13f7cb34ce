"""Worths on the shelf: what each question's answer is worth for the range of a borrower with a line of some size."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from simulator.vocabulary import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knowledge.entries import Question

WORTH_LINES: Mapping[Kind, tuple[float, ...]] = {
    Kind.PERSON: (4_000.0, 20_000.0, 100_000.0),
    Kind.BUSINESS: (20_000.0, 100_000.0, 500_000.0),
}
"""Lines in yuan at which the worths on the shelf were measured; the second is the usual one."""

WORTH_UNIT = 10_000
"""Worths on the shelf are whole parts of so many: of the variance of the log2 line after a year."""

_USUAL = 1


@lru_cache(maxsize=1024)
def worth_place(kind: Kind, line: float | None) -> int:
    """Which of the stated lines is nearest to a visible line in yuan; the usual one while the line is unknown."""
    if line is None or line <= 0.0:
        return _USUAL
    lines = WORTH_LINES[kind]
    return min(range(len(lines)), key=lambda place: abs(math.log(line / lines[place])))


def worth_a_second(question: Question, kind: Kind, place: int) -> float:
    """The share of the variance that an answer explains, for each second that it takes; 0 where none is stated.

    Args:
        question: the question on the shelf.
        kind: who borrows.
        place: which of the stated lines counts, from ``worth_place``.
    """
    stated = question.worth.get(kind, ())
    return stated[place] / WORTH_UNIT / question.effort_seconds if stated else 0.0
