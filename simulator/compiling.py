"""The compiler, where one is installed: plain loops become machine code; nothing that a conversation needs loads it."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


def installed() -> bool:
    """Whether there is a compiler (the optional package numba) on this machine; looking does not load it."""
    return importlib.util.find_spec("numba") is not None


def compiled(loop: Callable[Given, Found]) -> Callable[Given, Found]:
    """The loop as machine code, made at its first call and kept on disk beside the module.

    Raises:
        ModuleNotFoundError: there is no compiler.
    """
    numba: Any = importlib.import_module("numba")
    machine: Callable[Given, Found] = numba.njit(cache=True)(loop)
    return machine


def quickest(plain: Callable[Given, Found], room: str) -> Callable[Given, Found]:
    """The function of the same name in a compiled room where there is a compiler, else the plain one."""
    if not installed():
        return plain
    twin: Callable[Given, Found] = getattr(importlib.import_module(room), plain.__name__)
    return twin
