"""Every phrase that the code says is written, in every script, and none is written that nothing says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.dialogue.conversation import Language
from tests.dialogue.cast import LANGUAGES
from tests.house.rooms import ROOT, tree
from tests.journeys.walking import scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

SAYING = frozenset({"say", "text", "button"})
"""Methods of a scene or a phrasebook whose argument is the key of a phrase."""

OF_FILES = r"document\."
"""What stands before the keys of the words of files; their writer adds it."""

_KEY = re.compile(r"[a-z][\w-]*(?:\.[\w-]+)+")
BY_PAGES = ("playground.",)
"""Families that a page in the browser says, by its own script."""

_FAMILY = re.compile(r"[a-z][\w-]*\.")
_ANY = r"[\w./+-]+"


def _files() -> list[Path]:
    return sorted(path for floor in ("bot", "knowledge") for path in (ROOT / floor).rglob("*.py"))


@cache
def _said() -> tuple[tuple[str, str], ...]:
    """Where each phrase is said: file and line, and its key as a pattern, with a gap where the code fills something."""
    return tuple(
        (f"{path.relative_to(ROOT)}:{call.lineno}", pattern)
        for path in _files()
        for call in _calls(tree(path))
        for argument in call.args[:3]
        for pattern in _patterns(argument)
    )


def _calls(module: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SAYING:
            yield node


def _patterns(node: ast.expr) -> Iterator[str]:
    """The keys an argument may be: a text, a text with gaps, or either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _KEY.fullmatch(node.value):
        yield re.escape(node.value)
    elif isinstance(node, ast.JoinedStr) and _FAMILY.match(_fixed(node)[0]):
        yield "".join(re.escape(part) if part else _ANY for part in _fixed(node))
    elif isinstance(node, ast.IfExp):
        yield from (*_patterns(node.body), *_patterns(node.orelse))


def _fixed(node: ast.JoinedStr) -> list[str]:
    return [str(part.value) if isinstance(part, ast.Constant) else "" for part in node.values]


def test_many_phrases_are_found_in_the_code() -> None:
    """The search sees the code: more than a hundred places say something, some with gaps."""
    patterns = [pattern for _, pattern in _said()]
    assert len(patterns) > 100
    assert any(_ANY in pattern for pattern in patterns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_that_is_said_is_written(language: Language) -> None:
    """No place in the code names a phrase that does not stand on the shelf in this language."""
    keys = scene_now().library.phrases.keys(language)
    everything = "\n".join(sorted(keys))
    missing = [
        (place, pattern)
        for place, pattern in _said()
        if not re.search(rf"^(?:{OF_FILES})?{pattern}$", everything, re.MULTILINE)
    ]
    assert missing == []


def test_no_phrase_is_written_that_nothing_says() -> None:
    """Each key on the shelf stands in the code, as it is or with a part filled in, or in another phrase."""
    texts = sorted({pattern for path in _files() for pattern in _texts(tree(path))})
    known = re.compile("|".join(rf"(?:{OF_FILES})?(?:{text})" for text in texts))
    phrases = scene_now().library.phrases
    spoken = (key for key in sorted(phrases.keys("zh")) if not key.startswith(BY_PAGES))
    idle = [key for key in spoken if not known.fullmatch(key)]
    assert idle == []


def _texts(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            yield from _patterns(node)
