"""Bringing files: who may bring one to the house in private, which, and what is said to the house with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from weakref import WeakKeyDictionary

from sqlalchemy import Engine


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody has sent, not fetched yet: its name, the words under it, and its size in bytes.

    ``size`` is None where the platform does not say it.
    """

    name: str
    caption: str
    size: int | None


class Hatch(Protocol):
    """Takes files in for whoever stands behind it; it blocks while it reads the store."""

    def wants(self, number: int, brought: Brought) -> str | None:
        """A word for a file that this person may bring, whether it is fit or not; None for everybody else."""

    def fit(self, word: str, brought: Brought) -> bool:
        """Whether it may be fetched: its kind and size."""

    def most(self) -> int:
        """So many bytes at most may be fetched."""

    def line(self, word: str, text: str) -> str:
        """What is said to the house with the file's text; the text is empty where none could be had."""


_HATCHES: WeakKeyDictionary[Engine, Hatch] = WeakKeyDictionary()


def let_bring(store: Engine, hatch: Hatch) -> None:
    """From now on files are taken in through this hatch, in place of an earlier one."""
    _HATCHES[store] = hatch


def hatch_of(store: Engine) -> Hatch | None:
    """Where files are taken in; None where nobody takes any."""
    return _HATCHES.get(store)
