"""Entries on the bench: found by their id, told field by field, and changed in one field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from bot.publishing.bench import Bench
from bot.publishing.paths import SHELVES, shelf_of
from bot.publishing.yaml_marks import NoSuchFieldError, UnfitValueError, Where, changed, leaves, typed, value_at
from knowledge.paper import parse
from knowledge.problems import Problem

_PAGE = re.compile(r"\A---\n(?P<front>.*?\n)---\n(?P<body>.*)\Z", re.DOTALL)
_SECTION = re.compile(r"^## +(?P<language>\w+) *$|^### +(?P<name>\w+) *$", re.MULTILINE)
_WORDED = frozenset({"phrases", "documents"})


class Entry(NamedTuple):
    """One thing that is written: its shelf and id, the file it stands in, and the way to it inside."""

    shelf: str
    id: str
    path: str
    where: Where = ()

    @property
    def name(self) -> str:
        """What commands call it."""
        return f"{self.shelf}/{self.id}"


class UnknownEntryError(ValueError):
    """No entry has this name, or several have; ``several`` are their full names."""

    def __init__(self, several: tuple[str, ...] = ()) -> None:
        """Keep the names."""
        super().__init__(", ".join(several))
        self.several = several


def entries(bench: Bench, shelf: str = "") -> Iterator[Entry]:
    """Every entry on the bench, or of one shelf; a file that cannot be read is one entry by its own name."""
    for path in bench.paths(shelf):
        yield from _entries_in(path, bench.text(path) or "")


@lru_cache(maxsize=2048)
def _entries_in(path: str, text: str) -> tuple[Entry, ...]:
    return tuple(_read_in(path, text))


def _read_in(path: str, text: str) -> Iterator[Entry]:
    shelf, stem = shelf_of(path), path.split("/")[1].split(".", maxsplit=1)[0]
    data = None if path.endswith(".md") else _parsed(text)
    if isinstance(data, list):
        for at, item in enumerate(data):
            name = item.get("id", item.get("slug", at)) if isinstance(item, dict) else at
            yield Entry(shelf, str(name), path, (str(at),))
    elif isinstance(data, dict) and shelf in _WORDED:
        yield from (Entry(shelf, str(key), path, (str(key),)) for key in data)
    else:
        yield Entry(shelf, stem, path)


def find(bench: Bench, name: str) -> Entry:
    """The entry with a name: its id, with the shelf before it where several have the same.

    Raises:
        UnknownEntryError: when there is none, or several.
    """
    shelf, _, rest = name.partition("/")
    within, wanted = (shelf, rest) if rest and shelf in SHELVES else ("", name)
    wanted = re.sub(r"\.(?:ya?ml|md)$", "", wanted) if within else wanted
    found = [entry for entry in entries(bench, within) if wanted in {entry.id, entry.path}]
    if len(found) != 1:
        raise UnknownEntryError(tuple(entry.name for entry in found[:8]))
    return found[0]


def fields(bench: Bench, entry: Entry) -> tuple[tuple[str, object], ...]:
    """The fields of an entry with their values, in their order."""
    text = bench.text(entry.path) or ""
    if entry.path.endswith(".md"):
        return (*_told(_front(text)), *_sections(text))
    data = _parsed(text)
    return () if isinstance(data, Problem) else _told(value_at(data, entry.where))


def edited(bench: Bench, entry: Entry, field: str, words: str) -> str:
    """The entry's whole file with one field changed to what an editor typed.

    Raises:
        NoSuchFieldError: when the entry has no such field.
        UnfitValueError: when the words cannot stand there.
    """
    text = bench.text(entry.path) or ""
    page = _PAGE.match(text)
    if page is None:
        return _changed(text, (*entry.where, *field.split(".")), words)
    if field in dict(_sections(text)):
        return _with_section(text, field, words)
    return f"---\n{_changed(page['front'], tuple(field.split('.')), words)}---\n{page['body']}"


@lru_cache(maxsize=2048)
def _parsed(text: str) -> object | Problem:
    """The plain data of a file, which nobody changes."""
    return parse(text, "")


def _changed(text: str, where: Where, words: str) -> str:
    data = parse(text, "")
    if isinstance(data, Problem):
        raise UnfitValueError(data.reason)
    return changed(text, where, typed(words, value_at(data, where)))


def _told(data: object) -> tuple[tuple[str, object], ...]:
    return tuple((".".join(where), value) for where, value in leaves(data))


def _front(text: str) -> object:
    page = _PAGE.match(text)
    data = _parsed(page["front"]) if page else None
    return {} if isinstance(data, Problem) else data


def _spans(text: str) -> Iterator[tuple[str, int, int]]:
    """Each section of an article with where its words begin and end."""
    marks = [*_SECTION.finditer(text)]
    language = ""
    for at, mark in enumerate(marks):
        language = mark["language"] or language
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        if mark["name"]:
            yield f"{language}.{mark['name']}", mark.end(), end


def _sections(text: str) -> tuple[tuple[str, object], ...]:
    return tuple((name, text[begin:end].strip()) for name, begin, end in _spans(text))


def _with_section(text: str, field: str, words: str) -> str:
    if _SECTION.search(words):
        raise UnfitValueError("a section without headings of its own would be right")
    for name, begin, end in _spans(text):
        if name == field:
            last = "\n" if end == len(text) else "\n\n"
            return f"{text[:begin]}\n\n{words.strip()}{last}{text[end:]}"
    raise NoSuchFieldError(field)
