"""The operators' office: finds every command in its folder and runs it for whoever may come in."""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Engine

from bot.admin import commands
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


def _found() -> Mapping[str, AdminCommand]:
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    listed = [importlib.import_module(f"{commands.__name__}.{name}").COMMAND for name in names]
    return MappingProxyType({command.name: command for command in listed})


COMMANDS: Mapping[str, AdminCommand] = _found()
"""Every operators' command by name; a file in the folder is all it takes."""
