"""The spreadsheet: an offer or two with live formulas, a budget with the debts, or the range with its plan."""

from __future__ import annotations

import datetime as dt

from xlsxwriter.worksheet import Worksheet

from bot.dialogue.messages import Paper
from bot.dialogue.plain import Plain
from bot.documents.sheet_budget import Budget, write_budget, write_debts
from bot.documents.sheet_compare import write_compare
from bot.documents.sheet_marks import Book
from bot.documents.sheet_offer import ROOM, Place, write_offer
from bot.documents.sheet_schedule import write_schedule
from bot.documents.sheet_tables import (
    Ahead,
    Cited,
    Todo,
    Why,
    write_ahead,
    write_plan,
    write_reasons,
    write_sources,
)
from bot.documents.sheet_working import Offer
from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEY = "document.sheet"
_WIDE = frozenset({"estimate", "plan", "sources"})


class Sheets(Plain):
    """What a spreadsheet holds; each part has sheets of its own, and parts that are not there have none."""

    made: dt.date
    language: Language
    note: str = ""
    offers: tuple[Offer, ...] = ()
    budget: Budget | None = None
    ahead: tuple[Ahead, ...] = ()
    reasons: tuple[Why, ...] = ()
    plan: tuple[Todo, ...] = ()
    sources: tuple[Cited, ...] = ()


def write_sheet(paper: Paper, phrases: Phrasebook) -> bytes:
    """The workbook of one paper, with every formula's value as it is now.

    Raises:
        ValidationError: when the paper's content is no spreadsheet.
    """
    sheets = Sheets.model_validate({**paper.content, "language": paper.language})
    book = Book(phrases, sheets.language, sheets.made)
    _offers(book, sheets.offers)
    if sheets.budget is not None:
        _budget(book, sheets.budget)
    if sheets.ahead:
        write_ahead(book, _named(book, "estimate"), sheets.ahead, sheets.note)
    if sheets.reasons:
        write_reasons(book, _named(book, "reasons"), sheets.reasons)
    if sheets.plan:
        write_plan(book, _named(book, "plan"), sheets.plan)
    if sheets.sources:
        write_sources(book, _named(book, "sources"), sheets.sources)
    return book.close()


def _named(book: Book, name: str) -> Worksheet:
    return book.sheet(book.say(f"{_KEY}.{name}"), wide=name in _WIDE)


def _offers(book: Book, offers: tuple[Offer, ...]) -> None:
    """A sheet and a schedule for each offer, and before them the comparison where there are two."""
    pairs = (
        (("offer", "schedule"),) if len(offers) < 2 else (("first", "first_schedule"), ("second", "second_schedule"))
    )
    places = [
        Place(book.say(f"{_KEY}.{sheet}"), book.say(f"{_KEY}.{schedule}"), max(ROOM, offer.months))
        for (sheet, schedule), offer in zip(pairs, offers, strict=False)
    ]
    if len(offers) == len(pairs) == 2:
        write_compare(book, _named(book, "compare"), offers, places)
    for offer, place in zip(offers, places, strict=True):
        write_offer(book, book.sheet(place.sheet), offer, place)
        write_schedule(book, book.sheet(place.schedule), offer, place)


def _budget(book: Book, budget: Budget) -> None:
    debts = book.say(f"{_KEY}.debts")
    write_budget(book, _named(book, "budget"), debts, budget)
    write_debts(book, book.sheet(debts, wide=True), budget)
