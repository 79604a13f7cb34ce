"""Holding: what the house keeps of a person besides the conversation, as a turn may see it when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue


@dataclass(frozen=True, slots=True)
class Held:
    """Rows by the name of their table, every word opened; ``sealed`` says whether they lie sealed on disk."""

    rows: Mapping[str, tuple[Mapping[str, JsonValue], ...]] = field(default_factory=dict)
    sealed: bool = False
