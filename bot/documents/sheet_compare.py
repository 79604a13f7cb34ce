"""Two offers side by side in a spreadsheet: every line follows the sheets of the offers, whatever is changed there."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from bot.documents.sheet_marks import Book
from bot.documents.sheet_offer import RESULTS, Place
from bot.documents.sheet_working import Offer

_KEY = "document.sheet"
_RATES = frozenset({"effective", "nominal", "simple"})


def write_compare(book: Book, sheet: Worksheet, offers: Sequence[Offer], places: Sequence[Place]) -> None:
    """Both offers line by line and how much the second differs from the first."""
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 3, 18)
    book.put(sheet, (0, 0), book.say(f"{_KEY}.compare"), "title")
    for nth, name in enumerate(("what", "first", "second", "difference")):
        book.put(sheet, (2, nth), book.say(f"{_KEY}.{name}"), "head_right" if nth else "head")
    for nth, name in enumerate(("amount", "term", *RESULTS), start=3):
        mark = "percent" if name in _RATES else "whole" if name == "term" else "money"
        book.put(sheet, (nth, 0), book.say(f"{_KEY}.{name}"), "label")
        values = [float(v) if (v := _value(offer, name)) is not None else None for offer in offers]
        for column, (value, place) in enumerate(zip(values, places, strict=True), start=1):
            book.formula(sheet, (nth, column), place.cell(name), value, mark)
        one, other = values
        apart = None if one is None or other is None else other - one
        book.formula(sheet, (nth, 3), f'IFERROR(C{nth + 1}-B{nth + 1},"")', apart, mark)
    book.note(sheet, len(RESULTS) + 6, book.say(f"{_KEY}.cost_note"), 4, 88)


def _value(offer: Offer, name: str) -> float | None:
    told: float | None = offer.months if name == "term" else getattr(offer, name)
    return told
