"""Moments and ways to wait: what the walk of a turn needs of the outside, handed in by whoever opens the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias, TypeVar

Clock: TypeAlias = Callable[[], dt.datetime]
"""The present moment, aware of its zone."""

T = TypeVar("T")


class Run(Protocol):
    """A way to run work that blocks (a turn, a transaction) without holding up anybody else."""

    def __call__(self, work: Callable[[], T], /) -> Awaitable[T]:
        """The result of the work, once it is done."""


def milliseconds(at: dt.datetime) -> int:
    """An aware moment in milliseconds since 1970."""
    return round(at.timestamp() * 1000)
