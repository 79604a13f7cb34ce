"""The written corpus of the hearing room: what was typed, and what must be heard."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_HERE = Path(__file__).parent
_DEFAULT_UNITS = {
    "money": "yuan",
    "duration": "months",
    "days": "days",
    "count": "count",
    "percent": "fraction",
    "date": "date",
    "flag": "flag",
}


class Reading(NamedTuple):
    """An expected reading: one value, perhaps rough, or the ends of a range (None: open)."""

    value: float | None
    low: float | None
    high: float | None
    about: bool
    unit: str


class Case(NamedTuple):
    """One line of the corpus."""

    kind: str
    text: str
    status: str
    reading: Reading | None
    doubt: str
    others: tuple[Reading, ...]
    low: float | None
    high: float | None

    @property
    def name(self) -> str:
        """How the case is called in a report."""
        return f"{self.kind}:{self.text!r}"


def cases() -> list[Case]:
    """All cases of all corpus files."""
    lines = [
        line
        for path in sorted(_HERE.glob("hearing_corpus_*.tsv"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("# ")
    ]
    return [_case(line) for line in lines]


def _case(line: str) -> Case:
    kind, text, status, what, others, bounds = (*line.split("\t"), "", "")[:6]
    refused = status == "refused"
    ends = [float(end) if end else None for end in bounds.split("..")] if bounds else [None, None]
    return Case(
        kind,
        text.encode().decode("unicode_escape") if "\\" in text else text,
        status,
        None if refused else _reading(what, kind),
        what if refused else "",
        tuple(_reading(other, kind) for other in others.split(" ") if other),
        ends[0],
        ends[1],
    )


def _reading(what: str, kind: str) -> Reading:
    number, _, unit = what.partition("/")
    unit = unit or _DEFAULT_UNITS[kind]
    if kind == "flag":
        return Reading(float(number == "yes"), None, None, about=False, unit=unit)
    if ".." in number:
        low, high = number.split("..")
        open_low = 0.0 if not low else float(low)
        return Reading(None, open_low, float(high) if high else None, about=False, unit=unit)
    return Reading(float(number.removesuffix("~")), None, None, about=number.endswith("~"), unit=unit)
