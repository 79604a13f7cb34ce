"""A budget and a list of debts in a spreadsheet: what comes in, what must stay, what is owed, and what is left."""

from __future__ import annotations

import math

from xlsxwriter.worksheet import Worksheet

from bot.dialogue.plain import Plain
from bot.documents.sheet_marks import Book

ESSENTIALS = ("home", "utilities", "food", "transport", "health", "children", "other")
DEBTS = 12
BAD_INCOME = 0.8
"""Income of a bad month: the same fifth less that affordability is reckoned with."""

_KEY = "document.sheet"
_HEADS = ("lender", "priority", "owed", "yearly_rate", "monthly", "monthly_interest", "months_left", "dearest")
_INCOME, _ESSENTIAL = 3, 6
_LEFT = _ESSENTIAL + len(ESSENTIALS) + 1
_FIRST_DEBT = 4


class Owed(Plain):
    """One debt as far as it was told: its name in words, the balance in yuan, what is paid a month, its yearly rate.

    ``first`` marks a debt that comes before the others.
    """

    name: str
    balance: float | None = None
    monthly: float | None = None
    rate: float | None = None
    first: bool = False


class Budget(Plain):
    """What was told about a month: income in yuan, what living takes where it was told in one sum, and the debts."""

    income: float | None
    living: float | None = None
    debts: tuple[Owed, ...]
    line: float


def write_budget(book: Book, sheet: Worksheet, debts: str, budget: Budget) -> None:
    """Income, essentials first, repayments from the sheet named ``debts``, and what is left, also in a bad month.

    What is left stays empty until something is written that must stay: before that it would only look like plenty.
    """
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, 1, 18)
    book.put(sheet, (0, 0), book.say(f"{_KEY}.budget"), "title")
    book.note(sheet, 1, book.say(f"{_KEY}.budget_note"), 2, 60)
    _inputs(book, sheet, budget)
    spent = f"SUM(B{_ESSENTIAL + 1}:B{_ESSENTIAL + len(ESSENTIALS)})"
    income = f"(B{_INCOME + 1}+B{_INCOME + 2})"
    paid = f"SUM('{debts}'!$E${_FIRST_DEBT}:$E${_FIRST_DEBT + DEBTS - 1})"
    told, owed = budget.income or 0.0, sum(debt.monthly or 0.0 for debt in budget.debts)
    living = budget.living
    left = None if living is None else told - living - owed
    bad = None if living is None else told * BAD_INCOME - living - owed
    follows: list[tuple[str, str, float | None, str]] = [
        ("income_in_all", income, told, "money"),
        ("essentials", spent, living or 0.0, "money"),
        ("repayments", paid, owed, "money"),
        ("left", f'IF({spent}=0,"",{income}-{spent}-{paid})', left, "money"),
        ("burden", f'IF({income}>0,{paid}/{income},"")', owed / told if told else None, "share"),
        ("bad_left", f'IF({spent}=0,"",{income}*{BAD_INCOME}-{spent}-{paid})', bad, "money"),
    ]
    for nth, (name, formula, value, mark) in enumerate(follows, start=_LEFT):
        book.put(sheet, (nth, 0), book.say(f"{_KEY}.{name}"), "strong" if name == "left" else "label")
        book.formula(sheet, (nth, 1), formula, value, mark)
    warning = book.say(f"{_KEY}.warning", share=budget.line)
    book.note(sheet, _LEFT + len(follows) + 1, warning, 2, 60)


def _inputs(book: Book, sheet: Worksheet, budget: Budget) -> None:
    book.put(sheet, (_INCOME - 1, 0), book.say(f"{_KEY}.comes_in"), "head")
    book.put(sheet, (_INCOME - 1, 1), book.say(f"{_KEY}.a_month"), "head_right")
    for nth, (name, value) in enumerate((("income", budget.income), ("other_income", None))):
        book.put(sheet, (_INCOME + nth, 0), book.say(f"{_KEY}.{name}"), "label")
        book.put(sheet, (_INCOME + nth, 1), value, "input")
    book.put(sheet, (_ESSENTIAL - 1, 0), book.say(f"{_KEY}.first_of_all"), "head")
    book.put(sheet, (_ESSENTIAL - 1, 1), book.say(f"{_KEY}.a_month"), "head_right")
    for nth, name in enumerate(ESSENTIALS):
        told = budget.living if name == ESSENTIALS[-1] else None
        book.put(sheet, (_ESSENTIAL + nth, 0), book.say(f"{_KEY}.{name}{'' if told is None else '_told'}"), "label")
        book.put(sheet, (_ESSENTIAL + nth, 1), told, "input")


def write_debts(book: Book, sheet: Worksheet, budget: Budget) -> None:
    """A row for each debt: interest a month, months until it is gone at this payment, and which is the dearest."""
    for column, width in enumerate((30, 16, 16, 14, 16, 16, 18, 14)):
        sheet.set_column(column, column, width)
    book.put(sheet, (0, 0), book.say(f"{_KEY}.debts"), "title")
    book.note(sheet, 1, book.say(f"{_KEY}.debts_note"), 8, 132)
    for nth, name in enumerate(_HEADS):
        book.put(sheet, (2, nth), book.say(f"{_KEY}.{name}"), "head_right" if nth > 1 else "head")
    sheet.freeze_panes(3, 1)
    listed = {"validate": "list", "source": [book.say(f"{_KEY}.{name}") for name in ("comes_first", "comes_after")]}
    sheet.data_validation(_FIRST_DEBT - 1, 1, _FIRST_DEBT + DEBTS - 2, 1, listed)
    for nth in range(DEBTS):
        _debt(book, sheet, nth, budget)
    _together(book, sheet, budget)


def _debt(book: Book, sheet: Worksheet, nth: int, budget: Budget) -> None:
    debt = budget.debts[nth] if nth < len(budget.debts) else Owed(name="")
    row, here = nth + _FIRST_DEBT - 1, nth + _FIRST_DEBT
    book.put(sheet, (row, 0), debt.name, "input_words")
    book.put(sheet, (row, 1), book.say(f"{_KEY}.comes_first") if debt.first else None, "input_plain")
    book.put(sheet, (row, 2), debt.balance, "input")
    book.put(sheet, (row, 3), debt.rate, "input_rate")
    book.put(sheet, (row, 4), debt.monthly, "input")
    interest = f'IF(OR(C{here}="",D{here}=""),"",ROUND(C{here}*D{here}/12,2))'
    never = book.say(f"{_KEY}.never")
    counted = f"ROUNDUP(IF(D{here}=0,C{here}/E{here},-LN(1-C{here}*D{here}/12/E{here})/LN(1+D{here}/12)),0)"
    months = f'IF(OR(C{here}="",E{here}="",E{here}=0),"",IF(E{here}<=C{here}*D{here}/12,"{never}",{counted}))'
    rates = f"$D${_FIRST_DEBT}:$D${_FIRST_DEBT + DEBTS - 1}"
    due = None if debt.rate is None or debt.balance is None else round(debt.balance * debt.rate / 12, 2)
    pace = _months(debt)
    rank = None if debt.rate is None else 1 + sum((other.rate or 0.0) > debt.rate for other in budget.debts)
    book.formula(sheet, (row, 5), interest, due, "money")
    book.formula(sheet, (row, 6), months, never if pace == math.inf else pace, "whole")
    book.formula(sheet, (row, 7), f'IF(D{here}="","",RANK(D{here},{rates}))', rank, "whole")


def _months(debt: Owed) -> float | None:
    """Months until a debt is gone, as the formula counts them, without a rate where none was told; inf for never."""
    if debt.balance is None or not debt.monthly:
        return None
    each = (debt.rate or 0.0) / 12
    if debt.monthly <= debt.balance * each:
        return math.inf
    part = debt.balance / debt.monthly
    return math.ceil(round(-math.log1p(-part * each) / math.log1p(each) if each else part, 9))


def _together(book: Book, sheet: Worksheet, budget: Budget) -> None:
    last = _FIRST_DEBT + DEBTS - 1
    book.put(sheet, (last, 0), book.say(f"{_KEY}.together"), "strong")
    totals = (
        sum(debt.balance or 0.0 for debt in budget.debts),
        None,
        sum(debt.monthly or 0.0 for debt in budget.debts),
    )
    interest = sum(round((debt.balance or 0.0) * (debt.rate or 0.0) / 12, 2) for debt in budget.debts)
    for letter, value in (("C", totals[0]), ("E", totals[2]), ("F", interest)):
        book.formula(
            sheet, (last, ord(letter) - ord("A")), f"SUM({letter}{_FIRST_DEBT}:{letter}{last})", value, "money"
        )
