"""A stack of files: those that ship in a folder, with others laid over them that change, add or remove some."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from knowledge.paper import MOST_BYTES, read_text
from knowledge.problems import Problem

_NOTHING: Mapping[str, str | None] = MappingProxyType({})


class Overlay(NamedTuple):
    """What lies over the shipped files: texts by path (None takes a file away), and what was learned for them."""

    files: Mapping[str, str | None] = _NOTHING
    learned: bytes | None = None


NO_OVERLAY = Overlay()


class Stack:
    """Reads files by their path, such as ``articles/fees.md``, from the overlay first and from the folder otherwise."""

    def __init__(self, home: Path, files: Mapping[str, str | None] = _NOTHING) -> None:
        """A folder and what lies over it."""
        self.home = home
        self._over = files

    def names(self, shelf: str, ending: str) -> tuple[str, ...]:
        """The paths of a shelf's files with an ending, in order."""
        shipped = {f"{shelf}/{path.name}" for path in (self.home / shelf).glob(f"*{ending}")}
        added = {name for name in self._over if name.startswith(f"{shelf}/") and name.endswith(ending)}
        return tuple(name for name in sorted(shipped | added) if self._over.get(name, "") is not None)

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return self._over[name] is not None if name in self._over else (self.home / name).is_file()

    def text(self, name: str) -> str | Problem:
        """The text of a file, or why it cannot be read."""
        laid = self._over.get(name)
        if laid is None:
            return read_text(self.home / name, name)
        if len(laid.encode()) > MOST_BYTES:
            return Problem(name, "", f"the file is larger than {MOST_BYTES:,} bytes")
        return laid.replace("\r\n", "\n")
