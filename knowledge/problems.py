"""What is wrong on the shelves, as values: the file, the field and the reason."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Something wrong in the library; a grave one keeps its entry off the shelf or would mislead a reader."""

    file: str
    field: str
    reason: str
    grave: bool = True

    def line(self) -> str:
        """The problem as one line for a terminal."""
        where = f"{self.file}: {self.field}" if self.field else self.file
        return f"{'error' if self.grave else 'hint'}: {where}: {self.reason}"
