"""The rooms as files: what the house tests walk through."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("simulator", "knowledge", "bot")


@cache
def modules() -> tuple[Path, ...]:
    """Every Python file of the three floors."""
    return tuple(path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py")))


@cache
def tree(path: Path) -> ast.Module:
    """A module as Python reads it, once for all who look at it."""
    return ast.parse(path.read_text(encoding="utf-8"))


def caption(path: Path) -> str:
    """The first line of a module's docstring, or nothing."""
    text = ast.get_docstring(tree(path)) or ""
    return text.splitlines()[0] if text else ""


def name_of(path: Path) -> str:
    """A file's path inside the project."""
    return path.relative_to(ROOT).as_posix()
