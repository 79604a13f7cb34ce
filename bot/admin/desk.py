"""What an operators' command works with and answers: the desk, the sheet, and the command itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine

from knowledge.library import Library
from simulator.policy import Pack


@dataclass(frozen=True, slots=True)
class Desk:
    """What an operator's command may use: the library, the packs, the store and the moment."""

    library: Library
    packs: Mapping[str, Pack]
    store: Engine
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a command answers: a table of plain cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[str | int | float, ...], ...]


@dataclass(frozen=True, slots=True)
class AdminCommand:
    """One operators' command: its name, one sentence of help, the argument it takes (or empty), and its work."""

    name: str
    help: str
    argument: str
    run: Callable[[Desk, str], Sheet]
