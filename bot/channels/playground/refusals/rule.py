"""One refusal as data: when it happens, its HTTP code and its words, and how sure we are of the words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["source", "reported", "assumed"]
"""Where the words come from: the public server's source, users' reports, or our own guess."""


@dataclass(frozen=True)
class Rule:
    """One refusal; the description may hold names to fill in."""

    id: str
    when: str
    code: int
    description: str
    grade: Grade = "source"
