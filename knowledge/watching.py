"""The watch: guards' patterns compiled once, heard over folded text in order of urgency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from knowledge.entries import Guard
from knowledge.folding import fold

_LONGEST = 2000
_SPACED = re.compile("(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
"""A space that somebody put between two Chinese characters."""
_SPACE_IN_HAN = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


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
        """The most urgent guard that is heard, or None.

        Words that cancel a guard are taken out first, so that they never silence another cry in the same message.
        """
        spoken = _spoken(text)
        return next((post.guard for post in self._posts if any(_hears(post, one) for one in spoken)), None)

    def hears(self, name: str, text: str) -> bool:
        """Whether words set off the guard of that name, whatever others they set off too."""
        spoken = _spoken(text)
        return any(_hears(post, one) for post in self._posts if post.guard.id == name for one in spoken)


def _spoken(text: str) -> tuple[str, ...]:
    """Words as they are searched: folded, and also without spaces that somebody put between Chinese characters."""
    folded = fold(text[:_LONGEST])
    return (folded, _SPACED.sub("", folded)) if _SPACED.search(folded) else (folded,)


def _compiled(patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


def _hears(post: _Post, folded: str) -> bool:
    for cancelled in post.unless:
        folded = cancelled.sub("\n", folded)
    return any(pattern.search(folded) for pattern in post.patterns)
