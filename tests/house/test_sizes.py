"""Small enough to see: captions, sizes, names and words of every room."""

from __future__ import annotations

import ast
import re

from tests.house.rooms import caption, modules, name_of, tree

MOST_LINES = 250
MOST_FUNCTION_LINES = 30
VAGUE = {"utils", "helpers", "common", "misc", "base", "core", "manager", "handler"}
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def test_every_room_has_a_caption() -> None:
    """Whoever opens a file knows from its first line which room it is."""
    assert [name_of(path) for path in modules() if len(caption(path)) < 10] == []


def test_no_room_is_too_large_to_see() -> None:
    """A file has at most 250 lines."""
    assert {name_of(p): n for p in modules() if (n := len(p.read_text().splitlines())) > MOST_LINES} == {}


def _size(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    first = node.body[0]
    told = (first.end_lineno or 0) - first.lineno + 1 if ast.get_docstring(node, clean=False) else 0
    return (node.end_lineno or 0) - node.lineno + 1 - told


def test_no_function_is_too_long_to_read() -> None:
    """A function has at most 30 lines besides its docstring."""
    functions = [
        (f"{name_of(path)}:{node.name}", _size(node))
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [(name, size) for name, size in functions if size > MOST_FUNCTION_LINES] == []


def test_names_say_what_a_thing_is() -> None:
    """No room or class has a name that would fit anything."""
    rooms = [name_of(path) for path in modules() if path.stem in VAGUE or path.parent.name in VAGUE]
    classes = [
        f"{name_of(path)}:{node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Manager", "Helper", "Util", "Utils"))
    ]
    assert rooms + classes == []


def test_an_init_is_one_caption() -> None:
    """An __init__ holds one docstring and nothing else."""
    inits = [path for path in modules() if path.name == "__init__.py"]
    assert [name_of(path) for path in inits if len(tree(path).body) != 1] == []


def test_words_are_not_code() -> None:
    """Chinese prose stands in knowledge, never in Python; only the room that reads Chinese holds its characters."""
    spoken = [p for p in modules() if CHINESE.search(p.read_text()) and "bot/dialogue/hearing/" not in name_of(p)]
    assert [name_of(path) for path in spoken] == []


def test_nothing_is_imported_inside_functions() -> None:
    """Imports stand at the top, where circles can be seen."""
    inside = [
        f"{name_of(path)}:{node.name}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(part, ast.Import | ast.ImportFrom) for part in ast.walk(node))
    ]
    assert inside == []
