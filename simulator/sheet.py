"""A sheet of a pack while it is read: takes typed fields out of it and notes everything that is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.vocabulary import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


_MOST = 1e15  # no amount, rate or count of a pack is larger; infinities and not-a-numbers are neither


class Sheet:
    """One mapping of a file with its path inside it; every reading that fails adds a Problem and gives a stand-in."""

    def __init__(self, file: str, path: str, content: object, problems: list[Problem]) -> None:
        """Take any content: one that is no mapping is noted and read as empty."""
        self.file = file
        self.path = path
        self.problems = problems
        self._content: Mapping[object, object] = {}
        if isinstance(content, dict):
            self._content = content
        else:
            self.note(path, "a mapping is expected here")

    def note(self, field: str, reason: str) -> None:
        """Add a Problem about one field of this file."""
        self.problems.append(Problem("bad_pack", f"{self.file}: {field}", reason))

    def names(self) -> tuple[str, ...]:
        """The names of all fields, in the file's order."""
        return tuple(str(name) for name in self._content)

    def has(self, name: str) -> bool:
        """Whether the field is there at all."""
        return name in self._content

    def raw(self, name: str) -> object:
        """The field as it was read, or None."""
        return self._content.get(name)

    def only(self, allowed: Sequence[str]) -> None:
        """Note every field that is not among the allowed ones."""
        for name in self.names():
            if name not in allowed:
                self.note(self._at(name), f"no such field; allowed are {', '.join(allowed)}")

    def keeping(self, allowed: Sequence[str]) -> Sheet:
        """The same sheet without the fields that are not allowed, which are noted."""
        self.only(allowed)
        kept = {name: value for name, value in self._content.items() if name in allowed}
        return Sheet(self.file, self.path, kept, self.problems)

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number (flags count as 0 and 1), or the default where the field is missing."""
        value = self.raw(name)
        if value is None and default is not None:
            return default
        if isinstance(value, int | float) and abs(value) < _MOST:
            return float(value)
        self.note(self._at(name), f"was {value!r}; a finite number would be right")
        return 0.0 if default is None else default

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false, or the default where the field is missing."""
        value = self._content.get(name, default)
        if not isinstance(value, bool):
            self.note(self._at(name), f"was {value!r}; true or false would be right")
            return default
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """A text, or the default where the field is missing."""
        value = self._content.get(name, default)
        if not isinstance(value, str):
            self.note(self._at(name), f"was {value!r}; a text would be right")
            return default or ""
        return value

    def one_of(self, name: str, choices: Sequence[str], default: str | None = None) -> str:
        """One of some texts; the first of them stands in where something else was read."""
        value = self.text(name, default)
        if value not in choices:
            self.note(self._at(name), f"was {value!r}; one of {', '.join(choices)} would be right")
            return choices[0]
        return value

    def sub(self, name: str) -> Sheet:
        """The mapping inside a field; empty where the field is missing."""
        return Sheet(self.file, self._at(name), self._content.get(name, {}), self.problems)

    def subs(self) -> Iterator[tuple[str, Sheet]]:
        """Every field of this sheet as a sheet of its own."""
        for name in self.names():
            yield name, self.sub(name)

    def rows(self, name: str) -> Iterator[Sheet]:
        """The mappings in a list field; nothing where it is missing."""
        value = self._content.get(name, [])
        if not isinstance(value, list):
            self.note(self._at(name), "a list is expected here")
            return
        for index, row in enumerate(value):
            yield Sheet(self.file, f"{self._at(name)}[{index}]", row, self.problems)

    def pair(self, name: str) -> tuple[float, float] | None:
        """Two numbers in rising order, or None where the field is missing or wrong (which is noted)."""
        value = self.raw(name)
        if value is None:
            return None
        numbers = [item for item in value if isinstance(item, int | float)] if isinstance(value, list) else []
        if len(numbers) != 2 or not numbers[0] <= numbers[1]:
            self.note(self._at(name), f"was {value!r}; two rising numbers would be right")
            return None
        return float(numbers[0]), float(numbers[1])

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name
