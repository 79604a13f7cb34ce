"""One written record whose fields are taken out by name and type; everything wrong is noted, nothing raises."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import TypeVar

from knowledge.entries import Words
from knowledge.problems import Problem

Wanted = TypeVar("Wanted")
_ABSENT = object()


class Sheet:
    """A mapping read from a file; each field is asked for once, and ``close`` notes the fields nobody asked for."""

    def __init__(self, file: str, data: object, problems: list[Problem], path: str = "") -> None:
        self.file = file
        self.path = path
        self.problems = problems
        self._asked: set[str] = set()
        self._data: Mapping[object, object] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.wrong("", "a mapping of fields would be right")

    def wrong(self, field: str, reason: str) -> None:
        """Note that something is wrong in one field."""
        self.problems.append(Problem(self.file, self._where(field), reason))

    def has(self, field: str) -> bool:
        """Whether the field is written with a value."""
        return self._data.get(field) is not None

    def fields(self) -> tuple[str, ...]:
        """Names of the fields that are written, in their order."""
        return tuple(str(field) for field in self._data)

    def close(self) -> None:
        """Note every field that this kind of record does not have."""
        for field in self._data:
            if field not in self._asked:
                self.wrong(str(field), "this field is not known here")

    def raw(self, field: str) -> object:
        """The field as it was read, or None."""
        self._asked.add(field)
        return self._data.get(field)

    def text(self, field: str, default: str | None = None) -> str:
        """Words of one line or more, stripped; a number or date is taken as it is written."""
        value = self._value(field, default)
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, int | float | dt.date) and not isinstance(value, bool):
            return str(value)
        return self._not(field, value, "text", "")

    def number(self, field: str, default: float | None = None) -> float:
        """A finite number."""
        value = self._value(field, default)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        return self._not(field, value, "a number", 0.0)

    def whole(self, field: str, default: int | None = None) -> int:
        """A whole number."""
        value = self._value(field, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        return self._not(field, value, "a whole number", 0)

    def flag(self, field: str, default: bool | None = None) -> bool:
        """True or false."""
        value = self._value(field, default)
        return value if isinstance(value, bool) else self._not(field, value, "true or false", False)

    def day(self, field: str) -> dt.date:
        """A date, written 2026-11-21."""
        value = self._value(field, None)
        if isinstance(value, str):
            try:
                value = dt.date.fromisoformat(value)
            except ValueError:
                return self._not(field, value, "a date such as 2026-11-21", dt.date.min)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value
        return self._not(field, value, "a date such as 2026-11-21", dt.date.min)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts, perhaps none."""
        items = self._list(field)
        if all(isinstance(item, str | int | float) and not isinstance(item, bool) for item in items):
            return tuple(str(item).strip() for item in items)
        return self._not(field, items, "a list of texts", ())

    def wholes(self, field: str) -> tuple[int, ...]:
        """A list of whole numbers, perhaps none."""
        items = self._list(field)
        kept = tuple(item for item in items if isinstance(item, int) and not isinstance(item, bool))
        return kept if len(kept) == len(items) else self._not(field, items, "a list of whole numbers", ())

    def words(self, field: str) -> Words:
        """The same words in Chinese and English; both have to be there."""
        pair = self.sheet(field)
        words = Words(pair.text("zh"), pair.text("en"))
        pair.close()
        return words

    def sheet(self, field: str) -> Sheet:
        """A mapping inside this one."""
        value = self._value(field, None)
        return Sheet(self.file, {} if value is None else value, self.problems, self._where(field))

    def sheets(self, field: str) -> tuple[Sheet, ...]:
        """A list of mappings, perhaps none."""
        items = enumerate(self._list(field))
        return tuple(Sheet(self.file, item, self.problems, f"{self._where(field)}[{at}]") for at, item in items)

    def _where(self, field: str) -> str:
        return ".".join(part for part in (self.path, field) if part)

    def _list(self, field: str) -> list[object]:
        value = self._value(field, ())
        if isinstance(value, list | tuple):
            return list(value)
        return self._not(field, value, "a list", [])

    def _value(self, field: str, default: object) -> object:
        self._asked.add(field)
        value = self._data.get(field, _ABSENT)
        if value is not _ABSENT and value is not None:
            return value
        if default is None:
            self.wrong(field, "is missing")
        return default

    def _not(self, field: str, value: object, right: str, instead: Wanted) -> Wanted:
        if value is not None:
            shown = repr(value)
            short = shown if len(shown) <= 40 else shown[:37] + "..."
            self.wrong(field, f"was {short}; {right} would be right")
        return instead
