"""Hearing: Latin digits with grouping commas, points, spaces and exponents."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

_RUN = re.compile(r"\.?[0-9]+(?:[.,。][0-9]+)*")
_WHOLE_OR_POINT = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_BY_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_BY_TEN_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{4})+")
_STOP_FOR_POINT = re.compile(r"([0-9]+)。([0-9]{1,2})")
_EXPONENT = re.compile(r"e[+-]?[0-9]+(?![a-z])")
_SPACED = re.compile(r"(?: [0-9]{3})+(?![0-9])")
_MOST_DIGITS = 18
_FAR_TOO_MUCH = Decimal(10) ** 18


class Literal(NamedTuple):
    """A number in digits: its value, how many digits it has when it is plain and whole (else 0), where it ends."""

    value: Decimal
    width: int
    end: int
    doubt: str = ""


def read_literal(text: str, at: int) -> Literal | None:
    """The number in digits that starts at a place of folded text, or None.

    Groups of three after commas are thousands; anything else between digits either ends the number (a list) or
    makes it doubtful: ``malformed``, ``odd_grouping``, ``odd_point``, ``scientific``, ``spaced``, ``too_large``.
    """
    found = _RUN.match(text, at)
    if found is None:
        return None
    literal = _classify(found.group(), at)
    if literal.value >= _FAR_TOO_MUCH or literal.end - at > 2 * _MOST_DIGITS:
        return Literal(_FAR_TOO_MUCH, 0, literal.end, "too_large")
    if literal.width == 0:
        return _with_exponent(text, literal)
    return _with_spaces(text, at, _with_exponent(text, literal))


def _classify(run: str, at: int) -> Literal:
    end = at + len(run)
    if _WHOLE_OR_POINT.fullmatch(run):
        return _plain(run, end)
    if _BY_THOUSANDS.fullmatch(run):
        doubt = "malformed" if run.startswith("0") else ""
        return Literal(Decimal(run.replace(",", "")), 0, end, doubt)
    if _BY_TEN_THOUSANDS.fullmatch(run):
        return Literal(Decimal(run.replace(",", "")), 0, end, "odd_grouping")
    pointed = _STOP_FOR_POINT.fullmatch(run)
    if pointed:
        return Literal(Decimal(f"{pointed[1]}.{pointed[2]}"), 0, end, "odd_point")
    for mark in ",。":
        head = run.partition(mark)[0]
        if head != run:
            return _classify(head, at)
    return Literal(Decimal(0), 0, end, "malformed")  # two points: a date, a version, a slip


def _plain(run: str, end: int) -> Literal:
    padded = len(run) > 1 and run[0] == "0" and run[1] != "."
    return Literal(Decimal(run), 0 if "." in run else len(run), end, "malformed" if padded else "")


def _with_exponent(text: str, literal: Literal) -> Literal:
    found = _EXPONENT.match(text, literal.end)
    if found is None:
        return literal
    digits = found.group()[1:]
    if len(digits) > 3 or abs(int(digits)) > _MOST_DIGITS:
        return Literal(_FAR_TOO_MUCH, 0, found.end(), "too_large")
    return Literal(literal.value.scaleb(int(digits)), 0, found.end(), literal.doubt or "scientific")


def _with_spaces(text: str, at: int, literal: Literal) -> Literal:
    found = _SPACED.match(text, literal.end) if 1 <= literal.width <= 3 else None
    if found is None:
        return literal
    whole = text[at : found.end()].replace(" ", "")
    sure = set(found.group()) <= {" ", "0"}
    return Literal(Decimal(whole), 0, found.end(), literal.doubt or ("" if sure else "spaced"))
