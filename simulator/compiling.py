"""The compiler, for those who installed it: plain loops become machine code; no conversation needs to enter here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import numba

Given = ParamSpec("Given")
Found = TypeVar("Found")

_njit: Any = numba.njit


def compiled(loop: Callable[Given, Found]) -> Callable[Given, Found]:
    """The loop as machine code, made at its first call; divisions are those of arrays, which never raise.

    Nothing is kept on disk: what is kept there would outlive a change of the loops that it calls.
    """
    machine: Callable[Given, Found] = _njit(error_model="numpy")(loop)
    return machine
