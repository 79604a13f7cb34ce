"""A JSON object at the border: hands out checked values and collects all that is wrong, in kind words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from simulator.amounts import exact
from simulator.vocabulary import Problem

_FIRST_YEAR, _LAST_YEAR = 1970, 2150
_SHOWN = 40
_MANY_DIGITS = 10**18
_OBJECT = "an object of names and values"
_STAND_IN_DAY = dt.date(_FIRST_YEAR, 1, 1)


def shown(value: object) -> str:
    """A value as it may be repeated to whoever typed it: never longer than a short line."""
    if isinstance(value, int) and abs(value) >= _MANY_DIGITS:
        return "a number of many digits"
    text = repr(value[:_SHOWN]) if isinstance(value, str) else repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


class Form:
    """One JSON object being read.

    A getter that finds its value missing or wrong notes a Problem and returns a stand-in, so that reading goes on
    and everything wrong is told at once; whoever reads checks ``problems`` at the end. ``path`` names the object in
    problems; parts of a form share its list. A form that is missing, or no object, says that once and nothing more.
    """

    def __init__(
        self, document: object, path: str = "", problems: list[Problem] | None = None, *, mute: bool = False
    ) -> None:
        self.problems: list[Problem] = [] if problems is None else problems
        self._path = path
        self._values: Mapping[str, Any] = document if isinstance(document, Mapping) else {}
        self._mute = mute
        if not isinstance(document, Mapping):
            self._read_wrong("wrong_type", "", document, _OBJECT)
            self._mute = True

    def has(self, key: str) -> bool:
        """Whether a key is given and not null."""
        return self._values.get(key) is not None

    def says(self, key: str, word: str) -> bool:
        """Whether a key holds exactly this word."""
        return bool(self._values.get(key) == word)

    def items(self) -> Iterable[tuple[str, Any]]:
        """Every key and its raw value, for a reader with checks of its own."""
        return self._values.items()

    def only(self, known: Iterable[str]) -> None:
        """Notes every key that is not known."""
        names = tuple(known)
        for key in self._values:
            if key not in names:
                word = shown(key).strip("'\"")
                self.note("unknown_key", word, f"{self._field(word)} is not known; use {', '.join(names)}")

    def number(self, key: str, low: float, high: float, or_word: str = "") -> Decimal:
        """A number within bounds, exactly as written; ``or_word`` is another answer that would have been right."""
        right = f"a number from {low:,.10g} to {high:,.10g}"
        return self._number(key, low, high, f"{right} or {or_word}" if or_word else right)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number within bounds."""
        right = f"a whole number from {low} to {high}"
        value = self._number(key, low, high, right)
        if value != value.to_integral_value():
            self._wrong(key, right)
        return int(value)

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """One of several words."""
        value = self._values.get(key)
        if isinstance(value, str) and value in choices:
            return value
        self._wrong(key, "one of " + ", ".join(choices))
        return choices[0]

    def flag(self, key: str) -> bool:
        """True or false."""
        value = self._values.get(key)
        if isinstance(value, bool):
            return value
        self._wrong(key, "true or false")
        return False

    def date(self, key: str) -> dt.date:
        """A calendar day written as year-month-day."""
        value = self._values.get(key)
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
            try:
                day = dt.date.fromisoformat(value)
            except ValueError:
                day = dt.date.min
            if _FIRST_YEAR <= day.year <= _LAST_YEAR:
                return day
        self._wrong(key, f"a date like 2026-03-31, from {_FIRST_YEAR} to {_LAST_YEAR},")
        return _STAND_IN_DAY

    def part(self, key: str) -> Form:
        """The object under a key, as a form of its own."""
        if key in self._values:
            return Form(self._values[key], self._field(key), self.problems)
        self._wrong(key, _OBJECT)
        return Form({}, self._field(key), self.problems, mute=True)

    def parts(self, key: str, most: int) -> list[Form]:
        """The objects of the list under a key; none where the key is missing or null."""
        rows = self._values.get(key)
        if rows is None:
            return []
        if not isinstance(rows, list) or len(rows) > most:
            self.note("wrong_type", key, f"{self._field(key)} must be a list of at most {most} objects")
            return []
        return [Form(row, f"{self._field(key)}[{n}]", self.problems) for n, row in enumerate(rows)]

    def note(self, code: str, key: str, message: str) -> None:
        """Notes a problem that this reader's own rules show."""
        if not self._mute:
            self.problems.append(Problem(code, self._field(key), message))

    def _number(self, key: str, low: float, high: float, right: str) -> Decimal:
        value = self._values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            self._wrong(key, right)
        elif not low <= value <= high:
            self._read_wrong("out_of_bounds", key, value, right)
        else:
            return Decimal(value) if isinstance(value, int) else exact(value)
        return exact(low)

    def _field(self, key: str) -> str:
        return ".".join(part for part in (self._path, key) if part)

    def _wrong(self, key: str, right: str) -> None:
        if key in self._values:
            self._read_wrong("wrong_type", key, self._values[key], right)
        else:
            self.note("missing", key, f"{self._field(key)} is missing; {right} would be right")

    def _read_wrong(self, code: str, key: str, value: object, right: str) -> None:
        self.note(code, key, f"{self._field(key) or 'the document'} was {shown(value)}; {right} would be right")
