"""One offer in a spreadsheet: what was told in cells to change, and totals and yearly rates that follow by formula."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from bot.documents.sheet_marks import Book
from bot.documents.sheet_working import Offer, between

METHODS = ("equal_instalment", "equal_principal", "interest_first", "bullet", "interest_first_6")
PERS = ("day", "month", "year")
ROOM = 60
"""Months that fit at least, so that a longer term can be tried."""

INPUTS = ("amount", "begin", "term", "rate", "per", "method", "fee_share", "fee", "each_share", "each")
RESULTS = ("received", "interest", "fees", "total", "daily", "effective", "nominal", "simple")
WORKING = ("yearly", "count", "level", "even", "turn", "instalment", "charge", "residue")
CELLS = (*INPUTS, "", *RESULTS, "ceiling", "", "", *WORKING)
_FIRST = 3
_ZERO = 2
_LETTERS = 58
_KEY = "document.sheet"
_MARKS = {
    **dict.fromkeys(INPUTS, "input"),
    **dict.fromkeys(("rate", "fee_share", "each_share"), "input_rate"),
    **dict.fromkeys(("term", "per", "method"), "input_plain"),
    "begin": "input_date",
    **dict.fromkeys(("effective", "nominal", "simple", "ceiling"), "percent"),
    **dict.fromkeys(WORKING, "working"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an offer stands in the book: its sheet, the sheet of its schedule, and how many rows that has."""

    sheet: str
    schedule: str
    rows: int

    def cell(self, name: str) -> str:
        """The cell of an input or result, for formulas anywhere in the book."""
        return f"'{self.sheet}'!$B${CELLS.index(name) + _FIRST}"

    def column(self, letter: str, first: int = 1) -> str:
        """Cells of a column of the schedule, from one row (0 is the start) to the last."""
        return f"'{self.schedule}'!${letter}${first + _ZERO}:${letter}${self.rows + _ZERO}"


def write_offer(book: Book, sheet: Worksheet, offer: Offer, at: Place) -> None:
    """The sheet of one offer: cells to change, what follows from them, and the working below."""
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 1, 22)
    book.put(sheet, (0, 0), at.sheet, "title")
    book.note(sheet, 1, book.say(f"{_KEY}.change"), 2, _LETTERS)
    for name in (name for name in CELLS if name):
        book.put(sheet, (_row(name), 0), book.say(f"{_KEY}.{name}"), "working" if name in WORKING else "label")
    for name, value in _told(book, offer).items():
        book.put(sheet, (_row(name), 1), value, _MARKS[name])
    _choices(book, sheet, at)
    values = {**offer.model_dump(include={*RESULTS}), **between(offer)}
    for name, formula in {**_results(at), **_working(book, at)}.items():
        book.formula(sheet, (_row(name), 1), formula, values[name], _MARKS.get(name, "money"))
    if offer.ceiling is not None:
        book.put(sheet, (_row("ceiling"), 1), offer.ceiling, "percent")
    book.note(sheet, _row("ceiling") + 1, book.say(f"{_KEY}.working"), 2, _LETTERS)
    book.note(sheet, _row(WORKING[-1]) + 2, book.say(f"{_KEY}.cost_note"), 2, _LETTERS)


def _row(name: str) -> int:
    return CELLS.index(name) + _FIRST - 1


def _told(book: Book, offer: Offer) -> dict[str, float | str | dt.date]:
    numbers = {"amount", "rate", "fee_share", "fee", "each_share", "each"}
    words = {"per": book.say(f"{_KEY}.per_{offer.per}"), "method": book.say(f"{_KEY}.{offer.method}")}
    return {**offer.model_dump(include=numbers), "begin": offer.start, "term": offer.months, **words}


def _choices(book: Book, sheet: Worksheet, at: Place) -> None:
    """Lists to choose from and bounds of what may be typed."""
    for name, keys in (("per", [f"per_{per}" for per in PERS]), ("method", [*METHODS])):
        listed = {"validate": "list", "source": [book.say(f"{_KEY}.{key}") for key in keys]}
        sheet.data_validation(_row(name), 1, _row(name), 1, listed)
    term = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": at.rows}
    sheet.data_validation(_row("term"), 1, _row("term"), 1, term)
    for name in ("amount", "rate", "fee_share", "fee", "each_share", "each"):
        sheet.data_validation(_row(name), 1, _row(name), 1, {"validate": "decimal", "criteria": ">=", "value": 0})


def _results(at: Place) -> dict[str, str]:
    """Totals and yearly rates; where all is repaid at once the monthly rate needs no search."""
    once = f"((-INDEX({at.column('N')},1)/{at.cell('received')})^(1/{at.cell('term')})-1)*12"
    search = f"IRR({at.column('N', 0)},MAX({at.cell('yearly')}/12,0.005))*12"
    return {
        "received": f"{at.cell('amount')}-{at.cell('charge')}",
        "interest": f"ROUND(SUM({at.column('E')}),2)",
        "fees": f"ROUND({at.cell('charge')}+SUM({at.column('F')}),2)",
        "total": f"{at.cell('interest')}+{at.cell('fees')}",
        "daily": f"ROUND({at.cell('amount')}*{at.cell('yearly')}/365,2)",
        "effective": f'IFERROR(XIRR({at.column("N", 0)},{at.column("O", 0)},MAX({at.cell("yearly")},0.05)),"")',
        "nominal": f'IFERROR(IF({at.cell("count")}=1,{once},{search}),"")',
        "simple": f'IFERROR({at.cell("total")}/SUM({at.column("P")}),"")',
    }


def _working(book: Book, at: Place) -> dict[str, str]:
    """What the schedule needs besides: the yearly rate, the kind of method, the instalment, the residue of rounding."""
    amount, term, count = at.cell("amount"), at.cell("term"), at.cell("count")
    level, even = f"{at.cell('level')}=1", f"{at.cell('even')}=1"
    per = {name: f'{at.cell("per")}="{book.say(f"{_KEY}.per_{name}")}"' for name in PERS}
    named = {name: f'{at.cell("method")}="{book.say(f"{_KEY}.{name}")}"' for name in METHODS}
    annuity = f"SUM({at.column('K')})"
    exact = f"IF({level},{amount}/{annuity}*({term}-{at.cell('turn')})-{amount},0)+SUM({at.column('M')})"
    residue = f"ROUND(ROUND({exact},2)-SUM({at.column('L')}),2)"
    coarse = f"OR(ABS({residue})>0.01*{count}+0.001,INDEX({at.column('L')},{count})+{residue}<0)"
    return {
        "yearly": f"{at.cell('rate')}*IF({per['day']},365,IF({per['month']},12,1))",
        "count": f"IF({named['bullet']},1,{term})",
        "level": f"IF(OR({named['equal_instalment']},{named['interest_first_6']}),1,0)",
        "even": f"IF({named['equal_principal']},1,0)",
        "turn": f"IF({named['interest_first_6']},MIN(6,{term}-1),0)",
        "instalment": f"ROUND(IF({level},{amount}/{annuity},IF({even},{amount}/{term},0)),2)",
        "charge": f"ROUND({at.cell('fee_share')}*{amount},2)+{at.cell('fee')}",
        "residue": f"IF({coarse},0,{residue})",
    }
