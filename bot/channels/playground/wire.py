"""The wire's plain words: one call in, one answer out, with nothing of HTTP in them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Wire = dict[str, Any]
"""A JSON object as the Bot API writes it."""

Result = Wire | list[Wire] | bool | int | str
"""What a method answers with."""

_NUMBER = re.compile(r"-?\d+")
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True)
class Upload:
    """A file that came with a call: its name and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Call:
    """One call of a Bot API method: parameters as text or as JSON values, and the files that came along."""

    method: str
    params: Mapping[str, object]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def given(self, name: str) -> bool:
        """Whether the parameter was sent at all."""
        return self.params.get(name) is not None

    def text(self, name: str) -> str:
        """The parameter as text; empty when missing, JSON when it is a structure."""
        value = self.params.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """The parameter as a whole number, read as loosely as the platform does: nonsense is the default."""
        found = _NUMBER.fullmatch(self.text(name).strip())
        return int(found.group()) if found else default

    def decimal(self, name: str) -> float:
        """The parameter as a number, read as loosely: nonsense is 0."""
        found = _DECIMAL.fullmatch(self.text(name).strip())
        return float(found.group()) if found else 0.0

    def flag(self, name: str) -> bool:
        """Whether the parameter says yes."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str) -> object:
        """The parameter as a JSON value, None when missing or empty.

        Raises:
            ValueError: when its text is no JSON.
        """
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        return json.loads(value) if value else None

    def record(self, name: str) -> Wire:
        """The parameter as a JSON object; empty when missing or of another shape."""
        try:
            value = self.structure(name)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}
