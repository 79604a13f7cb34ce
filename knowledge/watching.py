"""The watch: guards' patterns compiled once, heard over folded text in order of urgency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from knowledge.entries import Guard
from knowledge.folding import fold

_LONGEST = 2000


class _Post(NamedTuple):
    guard: Guard
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]


class Watch:
    """All guards, the most urgent first; patterns are linear and meet folded text of bounded length."""

    def __init__(self, guards: Iterable[Guard]) -> None:
        """Compile every pattern once, so that hearing needs no compiler."""
        ordered = sorted(guards, key=lambda guard: (guard.order, guard.id))
        self._posts = tuple(_Post(g, _compiled(g.patterns), _compiled(g.unless)) for g in ordered)

    def first(self, text: str) -> Guard | None:
        """The most urgent guard whose pattern is heard and whose cancelling contexts are not, or None."""
        folded = fold(text[:_LONGEST])
        return next((post.guard for post in self._posts if _hears(post, folded)), None)


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _hears(post: _Post, folded: str) -> bool:
    if not any(pattern.search(folded) for pattern in post.patterns):
        return False
    return not any(pattern.search(folded) for pattern in post.unless)
