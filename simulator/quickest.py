"""The quicker of two functions that do the same: the compiled one where the optional compiler is installed."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def compiler_installed() -> bool:
    """Whether there is a compiler on this machine; looking does not load it."""
    return importlib.util.find_spec("numba") is not None


def quickest(plain: Callable[Given, Found], room: str) -> Callable[Given, Found]:
    """The function of the same name in a compiled room where there is a compiler, else the plain one itself."""
    if not compiler_installed():
        return plain
    twin: Callable[Given, Found] = getattr(importlib.import_module(f"simulator.{room}"), plain.__name__)
    return twin
