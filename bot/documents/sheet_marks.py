"""The book of a spreadsheet: how cells look, words that can never become formulas, and formulas with their values."""

from __future__ import annotations

import datetime as dt
import io
from typing import TypeAlias

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

Value: TypeAlias = str | float | dt.date | None
Cell: TypeAlias = tuple[int, int]

_WIDE = 0x2E80  # from here on letters are as wide as two Latin ones
_LINE_HEIGHT = 16
_EPOCH = dt.date(1899, 12, 30)
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_INK, _PALE, _LINE, _FILL = "#1F2933", "#6B7785", "#C9D2DB", "#FFF6D6"
_INPUT = {"bg_color": _FILL, "border": 1, "border_color": _LINE}
_HEAD = {"bold": True, "bg_color": "#E8EEF3", "text_wrap": True, "valign": "top", "bottom": 1, "bottom_color": _LINE}
_MARKS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 16},
    "head": _HEAD,
    "head_right": {**_HEAD, "align": "right"},
    "label": {},
    "strong": {"bold": True},
    "words": {"text_wrap": True, "valign": "top"},
    "note": {"font_color": _PALE, "valign": "top", "text_wrap": True},
    "input": {**_INPUT, "num_format": "#,##0.00"},
    "input_plain": {**_INPUT},
    "input_words": {**_INPUT, "text_wrap": True, "valign": "top"},
    "input_rate": {**_INPUT, "num_format": "0.0000%"},
    "input_date": {**_INPUT, "num_format": "yyyy-mm-dd", "align": "left"},
    "money": {"valign": "top", "num_format": "#,##0.00"},
    "whole": {"valign": "top", "num_format": "#,##0"},
    "signed": {"valign": "top", "num_format": "+#,##0;-#,##0;0"},
    "percent": {"num_format": "0.00%", "bold": True},
    "share": {"valign": "top", "num_format": "0%"},
    "count": {"valign": "top", "num_format": "0", "align": "left"},
    "date": {"valign": "top", "num_format": "yyyy-mm-dd", "align": "left"},
    "working": {"font_color": _PALE, "num_format": "General"},
}


class Book:
    """A workbook in one language, kept in memory; equal cells give equal bytes."""

    def __init__(self, phrases: Phrasebook, language: Language, made: dt.date) -> None:
        """``made`` is the day the file says it was made on."""
        self._into = io.BytesIO()
        self._phrases, self._language = phrases, language
        self.workbook = Workbook(
            self._into, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        created = dt.datetime.combine(made, dt.time())
        self.workbook.set_properties({
            "title": self.say("document.report.title"),
            "author": "Limit Guide",
            "created": created,
        })
        self.workbook.set_calc_mode("auto")
        self._marks = {name: self._format(marks) for name, marks in _MARKS.items()}
        self._guarded: dict[str, Format] = {}

    def _format(self, marks: dict[str, object]) -> Format:
        return self.workbook.add_format({"font_name": "Arial", "font_size": 11, "font_color": _INK, **marks})

    def say(self, key: str, **data: object) -> str:
        """One phrase in the book's language."""
        return self._phrases.say(self._language, key, **data)

    def sheet(self, name: str, *, wide: bool = False) -> Worksheet:
        """A new sheet, as wide as a page when it is printed, across where it is ``wide``."""
        sheet = self.workbook.add_worksheet(name)
        if wide:
            sheet.set_landscape()
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def mark(self, name: str) -> Format:
        """The look of a kind of cell."""
        return self._marks[name]

    def put(self, sheet: Worksheet, cell: Cell, value: Value, mark: str) -> None:
        """A plain value in a cell; words that begin like a formula stay words, also when somebody edits them."""
        if isinstance(value, str):
            sheet.write_string(*cell, value, self._guard(mark) if value.startswith(_RISKY) else self._marks[mark])
        elif value is None:
            sheet.write_blank(*cell, None, self._marks[mark])
        else:
            sheet.write_number(*cell, _number(value), self._marks[mark])

    def note(self, sheet: Worksheet, row: int, words: str, columns: int, letters: int) -> None:
        """A paragraph over some columns that hold about so many Latin letters in a line, with room for all of it."""
        sheet.set_row(row, height_of(words, letters))
        sheet.merge_range(row, 0, row, columns - 1, "", self._marks["note"])
        self.put(sheet, (row, 0), words, "note")

    def formula(self, sheet: Worksheet, cell: Cell, formula: str, value: Value, mark: str) -> None:
        """A formula without its equals sign, with the value that it has now, for those who do not work it out."""
        known = "" if value is None else value if isinstance(value, str) else _number(value)
        sheet.write_formula(*cell, f"={formula}", self._marks[mark], known)

    def close(self) -> bytes:
        """The whole file; nothing can be written afterwards."""
        self.workbook.close()
        return self._into.getvalue()

    def _guard(self, mark: str) -> Format:
        if mark not in self._guarded:
            self._guarded[mark] = self._format({**_MARKS[mark], "quote_prefix": True})
        return self._guarded[mark]


def height_of(words: str, letters: int) -> int:
    """How high a cell has to be for words in lines of so many Latin letters."""
    return _LINE_HEIGHT * (1 + sum(2 if ord(letter) > _WIDE else 1 for letter in words) // letters)


def _number(value: float | dt.date) -> float:
    """A number; a day as the count of days that spreadsheets keep."""
    return float((value - _EPOCH).days) if isinstance(value, dt.date) else float(value)
