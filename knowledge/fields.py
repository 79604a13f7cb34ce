"""Fields of a sheet that name something: one of a set of words, kinds of borrowers, parts that may be left out."""

from __future__ import annotations

import functools
import re
from typing import TypeVar

from knowledge.entries import Words
from knowledge.sheets import Sheet
from simulator.vocabulary import Kind

Option = TypeVar("Option", bound=str)


def one_of(sheet: Sheet, field: str, options: tuple[Option, ...]) -> Option:
    """The option that is written; YAML reads a bare ``no`` as false, so false stands for it."""
    written = "no" if sheet.raw(field) is False else sheet.text(field)
    for option in options:
        if option == written:
            return option
    sheet.wrong(field, f"was {written}; one of {', '.join(options)} would be right")
    return options[0]


def some_of(sheet: Sheet, field: str, options: tuple[str, ...]) -> tuple[str, ...]:
    """A list in which every item is one of the options."""
    chosen = sheet.texts(field)
    for name in chosen:
        if name not in options:
            sheet.wrong(field, f"was {name}; one of {', '.join(options)} would be right")
    return chosen


def kinds(sheet: Sheet) -> frozenset[Kind]:
    """The kinds of borrowers that the field ``kinds`` lists, at least one."""
    names = sheet.texts("kinds")
    if not names:
        sheet.wrong("kinds", "person, business or both would be right")
    return frozenset(kind_named(sheet, name, "kinds") for name in names)


def kind_named(sheet: Sheet, name: str, field: str = "kind") -> Kind:
    """The kind of borrower with this name."""
    if name in tuple(Kind):
        return Kind(name)
    sheet.wrong(field, f"was {name}; person or business would be right")
    return Kind.PERSON


def words_if_any(sheet: Sheet, field: str) -> Words | None:
    """Words in both languages, or None where the field is left out."""
    if sheet.has(field):
        return sheet.words(field)
    sheet.raw(field)
    return None


def number_if_any(sheet: Sheet, field: str) -> float | None:
    """A number, or None where the field is left out."""
    if sheet.has(field):
        return sheet.number(field)
    sheet.raw(field)
    return None


def patterns(sheet: Sheet, field: str) -> tuple[str, ...]:
    """A list of regular expressions that compile, perhaps none."""
    return tuple(pattern for pattern in sheet.texts(field) if _compiles(sheet, field, pattern))


def one_pattern(sheet: Sheet, field: str) -> str:
    """A regular expression that compiles; one that never matches where the written one does not compile."""
    written = sheet.text(field)
    return written if _compiles(sheet, field, written) else "(?!)"


@functools.cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern compiled once however many ask for it; the cache of ``re`` is too small for a library."""
    return re.compile(pattern)


def _compiles(sheet: Sheet, field: str, pattern: str) -> bool:
    try:
        compiled(pattern)
    except re.error as error:
        sheet.wrong(field, f"{pattern} is not a regular expression: {error}")
        return False
    return True
