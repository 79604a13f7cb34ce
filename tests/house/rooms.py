"""The rooms as files: what the house tests walk through."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("simulator", "knowledge", "bot")


def modules() -> Iterator[Path]:
    """Every Python file of the three floors."""
    for floor in FLOORS:
        yield from sorted((ROOT / floor).rglob("*.py"))


def caption(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return text.splitlines()[0] if text else ""


def name_of(path: Path) -> str:
    """A file's path inside the project."""
    return path.relative_to(ROOT).as_posix()
