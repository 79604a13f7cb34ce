"""Pages: one file's text becomes its records; the same text is read once, whichever editions it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from knowledge.article_pages import read_article
from knowledge.entries import Article
from knowledge.paper import parse
from knowledge.problems import Problem
from knowledge.sheets import Sheet

Record = TypeVar("Record")
_KEPT = 1024
"""So many texts are remembered: all that ship, and as many again that editions put in their place."""


class Made(NamedTuple):
    """A record, and whether its file is this one record and so named like it."""

    record: object
    single: bool


Problems = tuple[Problem, ...]


@lru_cache(maxsize=_KEPT)
def records_on(read: Callable[[Sheet], object], file: str, text: str) -> tuple[tuple[Made, ...], Problems]:
    """The records of a file, one or a list of them, and what is wrong; a record with a problem is left out."""
    problems: list[Problem] = []
    made = []
    for sheet in _sheets(file, _data(file, text, problems), problems):
        before = len(problems)
        record = read(sheet)
        sheet.close()
        if record is not None and len(problems) == before:
            made.append(Made(record, single=not sheet.path))
    return tuple(made), tuple(problems)


@lru_cache(maxsize=_KEPT)
def article_on(file: str, text: str) -> tuple[Article | None, Problems]:
    """The article of a file, None with what is wrong in it."""
    problems: list[Problem] = []
    article = read_article(file, text, problems)
    return (None if problems else article), tuple(problems)


@lru_cache(maxsize=_KEPT)
def phrases_on(file: str, text: str) -> tuple[Mapping[str, Mapping[str, str]], Problems]:
    """The phrases of a file by key and language, and what is wrong."""
    problems: list[Problem] = []
    data = _data(file, text, problems)
    page: dict[str, dict[str, str]] = {}
    if data is None:
        return page, tuple(problems)
    sheet = Sheet(file, data, problems)
    for key in data if isinstance(data, dict) else ():
        pair = sheet.sheet(str(key))
        page[str(key)] = {language: pair.text(language) for language in ("zh", "en") if pair.has(language)}
        for language in ("zh", "en"):
            pair.raw(language)
        pair.close()
    return MappingProxyType(page), tuple(problems)


def _data(file: str, text: str, problems: list[Problem]) -> object | None:
    data = parse(text, file)
    if isinstance(data, Problem):
        problems.append(data)
        return None
    if data is None:
        problems.append(Problem(file, "", "the file is empty"))
    return data


def _sheets(file: str, data: object | None, problems: list[Problem]) -> tuple[Sheet, ...]:
    if data is None:
        return ()
    if isinstance(data, list):
        return tuple(Sheet(file, item, problems, f"[{at}]") for at, item in enumerate(data))
    return (Sheet(file, data, problems),)
