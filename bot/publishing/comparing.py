"""Differences between two states of the files, line by line, as anybody can read them."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from typing import NamedTuple

from bot.publishing.paths import shipped
from bot.store.editions import Files


class Difference(NamedTuple):
    """How one file differs: lines that came and went, and the unified difference."""

    path: str
    came: int
    went: int
    lines: tuple[str, ...]


def differences(before: Files, after: Files, context: int = 1) -> tuple[Difference, ...]:
    """Every file that differs between two sets of files that lie over the shipped ones."""
    paths = sorted({*before, *after})
    return tuple(found for path in paths if (found := _difference(path, before, after, context)) is not None)


def _difference(path: str, before: Files, after: Files, context: int) -> Difference | None:
    old, new = (files[path] if path in files else shipped().get(path) for files in (before, after))
    if old == new:
        return None
    lines = tuple(unified_diff((old or "").splitlines(), (new or "").splitlines(), n=context, lineterm=""))[2:]
    return Difference(path, _count("+", lines), _count("-", lines), lines)


def _count(sign: str, lines: tuple[str, ...]) -> int:
    return sum(line.startswith(sign) for line in lines)


def as_text(found: tuple[Difference, ...], most: int) -> Iterator[str]:
    """Differences as lines to read, about so many, each file with its share; what is left out is counted."""
    share = max(4, most // max(1, len(found)))
    for one in found:
        yield f"# {one.path} +{one.came} -{one.went}"
        yield from one.lines[:share]
        if len(one.lines) > share:
            yield f"# {len(one.lines) - share} more lines"
