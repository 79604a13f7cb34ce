"""The shelves for commands that answer one question: as published in the configured database, or as they ship."""

from __future__ import annotations

import os
from collections.abc import Mapping

from bot.wiring import read_shelves_in_use
from knowledge.library import Library
from simulator.policy import Pack


def read_shelves(only: frozenset[str] | None = None) -> tuple[Library, Mapping[str, Pack]]:
    """The library, or ``only`` some of its shelves, and the packs."""
    return read_shelves_in_use(os.environ, only)  # noqa: TID251  the door hands the environment to settings
