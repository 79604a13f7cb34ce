"""Plain tables in a spreadsheet: the range by month with its chart, reasons, the plan by date, and sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from bot.dialogue.plain import Plain
from bot.documents.sheet_marks import Book, Value, height_of

_KEY = "document.sheet"
_AMOUNTS = frozenset({"low", "middle", "high", "plan_low", "plan_middle", "plan_high", "worth", "hours", "money"})
_PLAN, _SOURCES = (13, 34, 60, 14, 12, 10), (70, 44, 14, 18)


class Ahead(Plain):
    """The range of one month, yuan: low, middle, high, as it is and with the plan (none where there is none)."""

    month: int
    without: tuple[float, float, float]
    with_plan: tuple[float, float, float] | None = None


class Why(Plain):
    """One reason in words, the yuan it is worth, and its grade in words."""

    reason: str
    yuan: float
    evidence: str


class Todo(Plain):
    """One step of the plan: the day it starts, what and how in words, hours and yuan."""

    day: dt.date
    action: str
    words: str
    hours: float
    money: float


class Cited(Plain):
    """One source."""

    statement: str
    title: str
    published: str
    grade: str


def write_ahead(book: Book, sheet: Worksheet, ahead: tuple[Ahead, ...], note: str) -> None:
    """The range month by month, with a chart beside it."""
    planned = any(one.with_plan is not None for one in ahead)
    heads = ["month", "low", "middle", "high", *(("plan_low", "plan_middle", "plan_high") if planned else ())]
    _heads(book, sheet, "estimate", heads, [10, *[16] * (len(heads) - 1)])
    for nth, one in enumerate(ahead, start=3):
        values = (*one.without, *(one.with_plan or ()))
        book.put(sheet, (nth, 0), one.month, "count")
        for column, value in enumerate(values, start=1):
            book.put(sheet, (nth, column), value, "whole")
    book.note(sheet, len(ahead) + 4, note, len(heads), 16 * len(heads) - 10)
    _chart(book, sheet, heads, len(ahead))


def _chart(book: Book, sheet: Worksheet, heads: list[str], count: int) -> None:
    chart = book.workbook.add_chart({"type": "line"})
    for column, name in enumerate(heads[1:], start=1):
        middle = name.endswith("middle")
        colour = "#B45309" if name.startswith("plan") else "#1D4E89"
        line = {"color": colour, "width": 2.5 if middle else 1, "dash_type": "solid" if middle else "dash"}
        where = (3, column, count + 2, column)
        chart.add_series({
            "name": [sheet.get_name(), 2, column],
            "categories": [sheet.get_name(), 3, 0, count + 2, 0],
            "values": [sheet.get_name(), *where],
            "line": line,
        })
    chart.set_x_axis({"name": book.say(f"{_KEY}.month"), "name_font": {"bold": False}})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": "#E3E8EC"}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": 760, "height": 360})
    sheet.insert_chart(count + 6, 0, chart)


def write_reasons(book: Book, sheet: Worksheet, reasons: tuple[Why, ...]) -> None:
    """Every reason with what it is worth, strongest first."""
    _heads(book, sheet, "reasons", ["reason", "worth", "evidence"], [44, 16, 30])
    for nth, why in enumerate(reasons, start=3):
        _row(book, sheet, nth, ((why.reason, "words"), (why.yuan, "signed"), (why.evidence, "words")))


def write_plan(book: Book, sheet: Worksheet, steps: tuple[Todo, ...]) -> None:
    """The plan by date, with a column to tick and the effort added up."""
    _heads(book, sheet, "plan", ["begins", "action", "how", "hours", "money", "done"], _PLAN)
    for nth, todo in enumerate(steps, start=3):
        cells = ((todo.day, "date"), (todo.action, "words"), (todo.words, "words"))
        _high(sheet, nth, (todo.action, todo.words), _PLAN[1:3])
        _row(book, sheet, nth, (*cells, (todo.hours, "money"), (todo.money, "money"), (None, "input_plain")))
    last = len(steps) + 3
    book.put(sheet, (last, 1), book.say(f"{_KEY}.together"), "strong")
    for column, total in ((3, sum(todo.hours for todo in steps)), (4, sum(todo.money for todo in steps))):
        letter = "ABCDE"[column]
        book.formula(sheet, (last, column), f"SUM({letter}4:{letter}{last})", total, "money")


def write_sources(book: Book, sheet: Worksheet, sources: tuple[Cited, ...]) -> None:
    """Every fact that is cited, with who said it, when, and how good it is."""
    _heads(book, sheet, "sources", ["statement", "title", "published", "grade"], _SOURCES)
    for nth, cited in enumerate(sources, start=3):
        texts = (cited.statement, cited.title, cited.published, cited.grade)
        _high(sheet, nth, texts, _SOURCES)
        _row(book, sheet, nth, tuple((text, "words") for text in texts))


def _heads(book: Book, sheet: Worksheet, title: str, names: Sequence[str], widths: Sequence[int]) -> None:
    book.put(sheet, (0, 0), book.say(f"{_KEY}.{title}"), "title")
    for nth, (name, width) in enumerate(zip(names, widths, strict=True)):
        sheet.set_column(nth, nth, width)
        book.put(sheet, (2, nth), book.say(f"{_KEY}.{name}"), "head_right" if name in _AMOUNTS else "head")
    sheet.freeze_panes(3, 0)


def _high(sheet: Worksheet, nth: int, words: Sequence[str], widths: Sequence[int]) -> None:
    """Room for the longest of some wrapped words in a row."""
    sheet.set_row(nth, max(height_of(text, width) for text, width in zip(words, widths, strict=True)))


def _row(book: Book, sheet: Worksheet, nth: int, cells: tuple[tuple[Value, str], ...]) -> None:
    for column, (value, mark) in enumerate(cells):
        book.put(sheet, (nth, column), value, mark)
