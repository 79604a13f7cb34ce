"""The library that ships with everything wrong in it, read once for all tests that look at it."""

from __future__ import annotations

from functools import cache

from knowledge.library import Library
from knowledge.loading import load
from knowledge.problems import Problem


@cache
def shipped() -> tuple[Library, tuple[Problem, ...]]:
    """What ``load`` says of what ships."""
    return load()
