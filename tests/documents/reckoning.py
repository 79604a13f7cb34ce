"""A small reader of spreadsheet formulas: works a workbook out anew, as far as our own formulas go."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

import pyxirr
from openpyxl import Workbook

from simulator.money import to_fen
from simulator.unit_periods import add_months

Value = float | str | list["Value"] | None
Lazy = Callable[[], Value]

_EPOCH = dt.date(1899, 12, 30)
_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>"[^"]*")|(?P<cell>(?:'[^']+'!)?\$?[A-Z]{1,2}\$?\d+)"""
    r"""|(?P<name>[A-Z]+)(?=\()|(?P<sign><=|>=|[-+*/^=<>(),:]))"""
)
_POWERS: Mapping[str, int] = {"=": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "^": 4}


class Reckoner:
    """Values of a workbook's cells, each formula worked out once when it is asked for."""

    def __init__(self, book: Workbook, typed: Mapping[tuple[str, str], Value] | None = None) -> None:
        """``typed`` is what somebody wrote over cells, by sheet and cell."""
        self._book = book
        self._known: dict[tuple[str, str], Value] = dict(typed or {})

    def value(self, sheet: str, cell: str) -> Value:
        """A cell's value: a number (days are counted), words, or None where it is blank."""
        if (sheet, cell) not in self._known:
            held = self._book[sheet][cell].value
            if isinstance(held, str) and held.startswith("="):
                self._known[sheet, cell] = _Reading(self, sheet, held[1:]).whole()
            else:
                self._known[sheet, cell] = _plain(held)
        return self._known[sheet, cell]

    def row(self, sheet: str, first: str, last: str) -> list[Value]:
        """The values of a column of cells."""
        letter = re.sub(r"\d", "", first)
        top, bottom = (int(re.sub(r"\D", "", cell)) for cell in (first, last))
        return [self.value(sheet, f"{letter}{n}") for n in range(top, bottom + 1)]


def _plain(held: object) -> Value:
    if isinstance(held, dt.datetime):
        return float((held.date() - _EPOCH).days)
    if isinstance(held, int | float):
        return float(held)
    return None if held is None else str(held)


class _Reading:
    """One formula, read from left to right; arguments are worked out only where they are needed."""

    def __init__(self, reckoner: Reckoner, sheet: str, formula: str) -> None:
        self._reckoner, self._sheet = reckoner, sheet
        self._tokens = list(_TOKEN.finditer(formula))
        self._at = 0

    def whole(self) -> Value:
        return self._sum(0)()

    def _next(self) -> str:
        return self._tokens[self._at].group().strip() if self._at < len(self._tokens) else ""

    def _take(self) -> re.Match[str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _sum(self, least: int) -> Lazy:
        left = self._one()
        while _POWERS.get(self._next(), 0) > least:
            sign = self._take().group().strip()
            left = _joined(sign, left, self._sum(_POWERS[sign]))
        return left

    def _one(self) -> Lazy:
        token = self._take()
        kind, words = token.lastgroup, token.group().strip()
        if kind == "number":
            return lambda: float(words)
        if kind == "text":
            return lambda: words[1:-1]
        if kind == "cell":
            return self._cell(words)
        if kind == "name":
            return self._call(words)
        if words == "-":
            value = self._sum(3)
            return lambda: -_number(value())
        inner = self._sum(0)
        self._take()
        return inner

    def _cell(self, words: str) -> Lazy:
        sheet, cell = self._place(words)
        return lambda: self._reckoner.value(sheet, cell)

    def _place(self, words: str) -> tuple[str, str]:
        sheet, _, cell = words.rpartition("!")
        return sheet.strip("'") or self._sheet, cell.replace("$", "")

    def _call(self, name: str) -> Lazy:
        self._take()
        arguments: list[Lazy] = []
        while self._next() != ")":
            arguments.append(self._argument())
            if self._next() == ",":
                self._take()
        self._take()
        return lambda: _FUNCTIONS[name](*arguments)

    def _argument(self) -> Lazy:
        ranged = self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].group().strip() == ":"
        if not ranged:
            return self._sum(0)
        sheet, first = self._place(self._take().group().strip())
        self._take()
        last = self._take().group().strip().replace("$", "")
        return lambda: self._reckoner.row(sheet, first, last)


def _number(value: object) -> float:
    """A number; a blank cell counts as nothing, words are an error."""
    if value is None:
        return 0.0
    if isinstance(value, bool | int | float):
        return float(value)
    raise ValueError(f"{value!r} is no number")


def _same(one: Value, other: Value) -> bool:
    """Whether two values are equal; a blank cell equals empty words."""
    return ("" if one is None else one) == ("" if other is None else other)


def _joined(sign: str, left: Lazy, right: Lazy) -> Lazy:
    if sign == "=":
        return lambda: float(_same(left(), right()))
    work: Mapping[str, Callable[[float, float], float]] = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "^": lambda a, b: a**b,
        "<": lambda a, b: float(a < b),
        ">": lambda a, b: float(a > b),
        "<=": lambda a, b: float(a <= b),
        ">=": lambda a, b: float(a >= b),
    }
    return lambda: work[sign](_number(left()), _number(right()))


def _numbers(*given: Lazy) -> list[float]:
    every = [one() for one in given]
    flat = [item for one in every for item in (one if isinstance(one, list) else [one])]
    return [item for item in flat if isinstance(item, float)]


def _if(asked: Lazy, then: Lazy, otherwise: Lazy) -> Value:
    return then() if asked() else otherwise()


def _iferror(wanted: Lazy, otherwise: Lazy) -> Value:
    try:
        return wanted()
    except (ValueError, ZeroDivisionError):
        return otherwise()


def _round(value: Lazy, places: Lazy) -> float:
    fen = 10.0 ** (2 - _number(places()))
    return float(to_fen(Decimal(f"{_number(value()) / fen:.9f}"))) * fen


def _edate(start: Lazy, months: Lazy) -> float:
    day = _EPOCH + dt.timedelta(days=int(_number(start())))
    return float((add_months(day, int(_number(months()))) - _EPOCH).days)


def _xirr(flows: Lazy, days: Lazy, _guess: Lazy) -> float:
    when = [_EPOCH + dt.timedelta(days=int(day)) for day in _numbers(days)]
    return _number(pyxirr.xirr(when, _numbers(flows)))


def _rank(value: Lazy, among: Lazy) -> float:
    mine = _number(value())
    return 1.0 + sum(other > mine for other in _numbers(among))


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "IF": _if,
    "IFERROR": _iferror,
    "AND": lambda *given: float(all(one() for one in given)),
    "OR": lambda *given: float(any(one() for one in given)),
    "SUM": lambda *given: sum(_numbers(*given)),
    "MIN": lambda *given: min(_numbers(*given)),
    "MAX": lambda *given: max(_numbers(*given)),
    "ABS": lambda value: abs(_number(value())),
    "LN": lambda value: math.log(_number(value())),
    "ROUND": _round,
    "ROUNDUP": lambda value, _places: float(math.ceil(_number(value()) - 1e-9)),
    "INDEX": lambda row, nth: row()[int(_number(nth())) - 1],
    "EDATE": _edate,
    "IRR": lambda flows, _guess: _number(pyxirr.irr(_numbers(flows))),
    "XIRR": _xirr,
    "RANK": _rank,
}
