"""Spreadsheets: right values in every cell, formulas that work out any other offer, words that stay words."""

from __future__ import annotations

import datetime as dt
import io
from functools import cache

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import Workbook

from bot.dialogue.messages import Paper
from bot.dialogue.papers_offer import offer_content
from bot.documents.making import make_paper
from bot.documents.sheet_budget import DEBTS
from bot.documents.sheet_offer import CELLS, INPUTS, METHODS, PERS, RESULTS
from simulator.cost import cost
from simulator.offers import CostQuestion
from simulator.reading_cost import read_cost_question
from tests.documents.reckoning import Reckoner
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

TYPICAL = {"day": 0.00047, "month": 0.0121, "year": 0.1563}
OFFER, SCHEDULE = "Offer", "Schedule"


def _asked(method: str = "equal_instalment", per: str = "day", **other: object) -> CostQuestion:
    document = {
        "amount": 17_389.37,
        "start": "2026-01-31",
        "method": method,
        "months": 11,
        "rate": {"value": TYPICAL[per], "per": per},
        "fees": [{"when": "start", "share": 0.013}, {"when": "each", "amount": 7.5}],
        **other,
    }
    read = read_cost_question(document)
    assert isinstance(read, CostQuestion), read
    return read


def _book(*offers: CostQuestion, values: bool = False) -> Workbook:
    content = offer_content(offers, NOW.date())
    assert content is not None
    return _opened(Paper(form="sheet", name="x.xlsx", language="en", content=content), values=values)


def _opened(paper: Paper, *, values: bool = False) -> Workbook:
    made = make_paper(paper, scene_now().library.phrases)
    return openpyxl.load_workbook(io.BytesIO(made.data), data_only=values)


def _cell(name: str) -> str:
    return f"B{CELLS.index(name) + 3}"


@cache
def _bytes(method: str, per: str) -> bytes:
    """The sheet of one way to repay and one way to quote a rate, written once."""
    content = offer_content([_asked(method, per)], NOW.date())
    assert content is not None
    paper = Paper(form="sheet", name="x.xlsx", language="en", content=content)
    return make_paper(paper, scene_now().library.phrases).data


def _sheet(method: str, per: str, *, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(_bytes(method, per)), data_only=values)


@cache
def _first() -> Workbook:
    return _book(_asked())


def _changed_to(offer: CostQuestion) -> Reckoner:
    """The sheet of the first offer whose cells were changed by hand to those of another."""
    assert offer.rate is not None
    shares = {when: sum(fee.share or 0 for fee in offer.fees if fee.when == when) for when in ("start", "each")}
    yuan = {when: sum(fee.amount or 0 for fee in offer.fees if fee.when == when) for when in ("start", "each")}
    say = scene_now().library.phrases.say
    typed = {
        "amount": float(offer.amount),
        "begin": float((offer.start - dt.date(1899, 12, 30)).days),
        "term": float(offer.months),
        "rate": float(offer.rate.value),
        "per": say("en", f"document.sheet.per_{offer.rate.per}"),
        "method": say("en", f"document.sheet.{offer.method}"),
        "fee_share": float(shares["start"]),
        "fee": float(yuan["start"]),
        "each_share": float(shares["each"]),
        "each": float(yuan["each"]),
    }
    assert set(typed) == set(INPUTS)
    return Reckoner(_first(), {(OFFER, _cell(name)): value for name, value in typed.items()})


def _assert_worked_out(found: Reckoner, offer: CostQuestion) -> None:
    told = cost(offer)
    plain = {
        "received": told.received,
        "interest": told.total_interest,
        "fees": told.total_fees,
        "total": told.total_cost,
        "daily": told.daily_interest,
        "effective": told.irr_effective,
        "nominal": told.irr_nominal,
        "simple": told.simple_rate,
    }
    for name, value in plain.items():
        assert value is not None
        assert found.value(OFFER, _cell(name)) == pytest.approx(float(value), abs=1e-6), name
    for n, line in enumerate(told.schedule):
        shown = [found.value(SCHEDULE, f"{column}{n + 3}") for column in "CDEFG"]
        row = (line.payment, line.principal, line.interest, line.fee, line.balance)
        assert shown == pytest.approx([float(amount) for amount in row], abs=1e-6)
    assert found.value(SCHEDULE, f"A{len(told.schedule) + 3}") == ""


@pytest.mark.parametrize("per", PERS)
@pytest.mark.parametrize("method", METHODS)
def test_every_cell_has_its_value_already(method: str, per: str) -> None:
    """Who opens a sheet without working it out reads the very figures of the simulator, to the fen."""
    told, book = cost(_asked(method, per)), _sheet(method, per, values=True)
    assert book[OFFER][_cell("total")].value == pytest.approx(float(told.total_cost))
    assert book[OFFER][_cell("nominal")].value == pytest.approx(told.irr_nominal)
    assert book[OFFER][_cell("effective")].value == pytest.approx(told.irr_effective)
    rows = [[cell.value for cell in row] for row in book[SCHEDULE].iter_rows(min_row=3, max_col=7)]
    for row, line in zip(rows, told.schedule, strict=False):
        assert row[0] == line.n
        assert row[1].date() == line.date
        amounts = (line.payment, line.principal, line.interest, line.fee, line.balance)
        assert row[2:] == pytest.approx([float(amount) for amount in amounts])


@pytest.mark.parametrize("per", PERS)
@pytest.mark.parametrize("method", METHODS)
def test_values_are_what_the_formulas_say(method: str, per: str) -> None:
    """Worked out anew by formula alone, every cell of an offer has the value that was written beside it."""
    found, known = Reckoner(_sheet(method, per)), _sheet(method, per, values=True)
    cells = [cell for sheet in (OFFER, SCHEDULE) for row in known[sheet].iter_rows() for cell in row]
    numbers = [cell for cell in cells if isinstance(cell.value, int | float)]
    assert len(numbers) > len(cells) / 4
    for cell in numbers:
        value = found.value(cell.parent.title, cell.coordinate)
        assert value == pytest.approx(cell.value, abs=1e-6), (cell.parent.title, cell.coordinate)


def _drawn(months: int, method: str, per: str, scale: int, fee: int) -> CostQuestion:
    return _asked(
        method,
        per,
        amount=1_234.56 * scale,
        months=months,
        start=(dt.date(2024, 1, 31) + dt.timedelta(days=17 * scale)).isoformat(),
        rate={"value": TYPICAL[per] * scale / 100, "per": per},
        fees=[{"when": "start", "share": fee / 1000}, {"when": "each", "amount": fee / 10}],
    )


@settings(max_examples=12, deadline=None)
@given(
    some.builds(
        _drawn,
        months=some.integers(7, 36),
        method=some.sampled_from(METHODS),
        per=some.sampled_from(PERS),
        scale=some.integers(1, 200),
        fee=some.integers(0, 40),
    )
)
def test_changed_cells_give_the_simulators_figures(offer: CostQuestion) -> None:
    """Whatever offer is typed over the first, totals, rates and schedule follow and agree with the simulator."""
    _assert_worked_out(_changed_to(offer), offer)


def test_a_loan_without_interest_or_of_one_month_works_out_too() -> None:
    """The edges: no rate at all, and a single instalment."""
    for offer in (
        _asked(months=1),
        _asked(per="year", rate={"value": 0.0, "per": "year"}),
        _asked(method="bullet", months=1),
    ):
        _assert_worked_out(_changed_to(offer), offer)


def test_two_offers_stand_side_by_side() -> None:
    """Each offer has its own sheets, and the comparison follows both."""
    first, second = _asked(), _asked("bullet", "year")
    found = Reckoner(_book(first, second))
    names = _book(first, second).sheetnames
    assert names == ["Two offers", "First offer", "First schedule", "Second offer", "Second schedule"]
    for nth, name in enumerate(RESULTS, start=6):
        one, other = (found.value(sheet, _cell(name)) for sheet in ("First offer", "Second offer"))
        assert found.value("Two offers", f"B{nth}") == one
        assert found.value("Two offers", f"C{nth}") == other
        assert found.value("Two offers", f"D{nth}") == pytest.approx(other - one)


def test_payments_without_a_rule_have_no_sheet() -> None:
    """Payments as given follow no formula, so nothing pretends to work them out."""
    document = {"amount": 1000, "start": "2026-01-31", "method": "custom"}
    read = read_cost_question({**document, "payments": [{"date": "2026-03-01", "amount": 1100}]})
    assert isinstance(read, CostQuestion)
    assert offer_content([read], NOW.date()) is None


@pytest.mark.parametrize("words", ["=1+1", "+86", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1"])
def test_words_never_become_formulas(words: str) -> None:
    """Words that begin like a formula are kept as words, also when somebody edits the cell."""
    budget = {"income": 5000.0, "line": 0.55, "debts": [{"name": words, "balance": 100.0, "monthly": 10.0}]}
    content = {"made": "2026-11-22", "budget": budget}
    cell = _opened(Paper(form="sheet", name="x.xlsx", language="en", content=content))["Debts"]["A4"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (words, "s", True)


def test_a_budget_adds_up_what_is_filled_in() -> None:
    """Income less what must stay less repayments is what is left; a debt counts its months and its rank by rate."""
    debts = [{"name": "One", "balance": 12_000.0, "monthly": 1_000.0}, {"name": "Other", "balance": 9_000.0}]
    budget = {"income": 9_733.0, "line": 0.55, "debts": debts}
    paper = Paper(form="sheet", name="x.xlsx", language="en", content={"made": "2026-11-22", "budget": budget})
    book, known = _opened(paper), _opened(paper, values=True)
    assert known["Budget of a month"]["B15"].value == pytest.approx(9_733.0)
    assert known["Budget of a month"]["B18"].value in {None, ""}
    assert Reckoner(book).value("Budget of a month", "B18") == ""
    rates = {("Debts", "D4"): 0.18, ("Debts", "D5"): 0.24, ("Debts", "E5"): 100.0}
    found = Reckoner(book, {("Budget of a month", "B7"): 2_500.0, **rates})
    assert found.value("Budget of a month", "B18") == pytest.approx(9_733.0 - 2_500.0 - 1_100.0)
    assert found.value("Debts", "G4") == 14
    assert found.value("Debts", "G5") == "never"
    assert [found.value("Debts", f"H{row}") for row in (4, 5)] == [2, 1]
    assert found.value("Debts", f"C{DEBTS + 4}") == 21_000.0


def test_equal_offers_give_equal_bytes() -> None:
    """A sheet says nothing of the moment it was made at besides its day."""
    content = offer_content([_asked()], NOW.date())
    assert content is not None
    paper = Paper(form="sheet", name="x.xlsx", language="zh", content=content)
    phrases = scene_now().library.phrases
    assert make_paper(paper, phrases).data == make_paper(paper, phrases).data
