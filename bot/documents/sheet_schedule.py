"""The schedule of an offer in a spreadsheet: one row a month, each by formula, with room for a longer term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from xlsxwriter.worksheet import Worksheet

from bot.documents.sheet_marks import Book, Value
from bot.documents.sheet_offer import PERS, Place
from bot.documents.sheet_working import Line, Offer, Worked, rows_of

HEADS = ("number", "date", "payment", "principal", "interest_part", "fee_part", "balance")
_HELPERS = ("years", "factor", "discount", "raw", "exact", "flow", "day", "owed")
_FIRST_HELPER = 8
_KEY = "document.sheet"


def write_schedule(book: Book, sheet: Worksheet, offer: Offer, at: Place) -> None:
    """Every row of the schedule; the columns to the right are its working, folded away."""
    sheet.freeze_panes(2, 1)
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 6, 16)
    sheet.set_column(_FIRST_HELPER, _FIRST_HELPER + len(_HELPERS) - 1, 12, None, {"level": 1, "hidden": True})
    for nth, name in enumerate(HEADS):
        book.put(sheet, (0, nth), book.say(f"{_KEY}.{name}"), "head_right" if nth > 1 else "head")
    for nth, name in enumerate(_HELPERS):
        book.put(sheet, (0, _FIRST_HELPER + nth), book.say(f"{_KEY}.helper_{name}"), "head")
    _start(book, sheet, offer, at)
    worked = rows_of(offer)
    for n in range(1, at.rows + 1):
        formulas = _formulas(book, at, n)
        told = n <= len(offer.lines)
        values = _values(n, offer.lines[n - 1], worked[n - 1]) if told else _nothing(offer.lines[-1].date)
        for column, formula in formulas.items():
            book.formula(sheet, (n + 1, ord(column) - ord("A")), formula, values[column], _marks(column))


def _marks(column: str) -> str:
    return {"A": "count", "B": "date", "O": "date"}.get(column, "working" if column > "H" else "money")


def _start(book: Book, sheet: Worksheet, offer: Offer, at: Place) -> None:
    """The day on which the money comes."""
    book.put(sheet, (1, 0), 0, "count")
    for column in ("B", "O"):
        book.formula(sheet, (1, ord(column) - ord("A")), at.cell("begin"), offer.start, "date")
    book.formula(sheet, (1, 6), at.cell("amount"), offer.amount, "money")
    book.formula(sheet, (1, 13), at.cell("received"), offer.received, "working")


def _formulas(book: Book, at: Place, n: int) -> Mapping[str, str]:
    """The formulas of row ``n`` by column; beyond the term they are empty or nothing."""
    here, above = n + 2, n + 1
    term, count, turn, level = at.cell("term"), at.cell("count"), at.cell("turn"), f"{at.cell('level')}=1"
    months = f"IF({at.cell('count')}<{term},{term},1)"
    daily = f'{at.cell("per")}="{book.say(f"{_KEY}.per_{PERS[0]}")}"'
    beyond = f'$A{here}=""'
    wanted = f"IF({level},IF({n}<={turn},0,{at.cell('instalment')}-L{here}),{at.cell('instalment')})"
    left = f"IF({at.cell('even')}=1,1-{n - 1}/{term},1)"
    shown = {
        "A": f'IF({n}<={count},{n},"")',
        "B": f"EDATE({at.cell('begin')},IF({count}<{term},{term},{n}))",
        "C": f"ROUND(D{here}+E{here}+F{here},2)",
        "D": f"ROUND(IF({n}={count},G{above},MIN(MAX({wanted},0),G{above})),2)",
        "E": f"ROUND(L{here}+IF({n}={count},{at.cell('residue')},0),2)",
        "F": f"ROUND({at.cell('each_share')}*{at.cell('amount')},2)+{at.cell('each')}",
        "G": f"ROUND(G{above}-D{here},2)",
    }
    helping = {
        "I": f"IF({daily},(B{here}-B{above})/365,{months}/12)",
        "J": f"{at.cell('yearly')}*I{here}",
        "K": f"IF(AND({level},{n}>{turn}),IF({n}={turn}+1,1,K{above})/(1+J{here}),0)",
        "L": f"ROUND(G{above}*J{here},2)",
        "M": f"IF(AND({level},{n}>{turn}),0,{at.cell('amount')}*{left}*J{here})",
        "N": f"-C{here}",
        "P": f"G{above}*I{here}",
    }
    empty = {name: f'IF({beyond},"",{formula})' for name, formula in shown.items() if name != "A"}
    nothing = {name: f"IF({beyond},0,{formula})" for name, formula in helping.items()}
    return {"A": shown["A"], **empty, **nothing, "O": f"IF({beyond},O{above},B{here})"}


def _values(n: int, line: Line, worked: Worked) -> Mapping[str, Value]:
    shown: Iterator[Value] = iter((n, line.date, line.payment, line.principal, line.interest, line.fee, line.balance))
    helping = (worked.years, worked.factor, worked.discount, worked.raw, worked.exact, -line.payment)
    return {**dict(zip("ABCDEFG", shown, strict=True)), **dict(zip("IJKLMN", helping, strict=True))} | {
        "O": line.date,
        "P": worked.owed,
    }


def _nothing(last: dt.date) -> Mapping[str, Value]:
    return {**dict.fromkeys("ABCDEFG", ""), **dict.fromkeys("IJKLMNP", 0.0), "O": last}
