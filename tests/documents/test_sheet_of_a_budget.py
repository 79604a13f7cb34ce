"""The spreadsheet of a budget: from what was told, with every formula's value as it is worked out."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook, load_workbook

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Paper
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from bot.documents.making import make_paper
from tests.dialogue.cast import CAST
from tests.documents.reckoning import Reckoner
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

BURDENED = CAST[5]
TOLD = {
    "afford_living": 2_311.0,
    "priority_payments": 1_207.0,
    "list_debts": "two",
    "debt1_balance": 12_000.0,
    "debt1_payment": 1_100.0,
    "debt1_rate": "0.0005/day",
    "debt2_balance": 30_000.0,
    "debt2_payment": 310.0,
    "debt2_rate": "0.24/year",
}
MONTH, DEBTS = "Budget of a month", "Debts"


def _paper(who: Conversation) -> Paper:
    replies = take_turn(who, Arrival(key="k", at=NOW, action="sheet:"), scene_now()).replies
    (paper,) = (block for reply in replies for block in reply.blocks if isinstance(block, Paper))
    return paper


def _opened(paper: Paper, *, values: bool = False) -> Workbook:
    data = make_paper(paper, scene_now().library.phrases).data
    return load_workbook(io.BytesIO(data), data_only=values)


def test_the_budget_gives_its_sheet() -> None:
    """A press under the budget gives the month and each debt that was named; nothing told is counted twice."""
    who = BURDENED.asking("budget", "en", **TOLD)
    assert "sheet:" in [b.action for reply in screen(who, scene_now()) for row in reply.buttons for b in row]
    budget = _paper(who).content["budget"]
    assert (budget["income"], budget["living"]) == (8_923.0, 2_311.0)
    assert sum(debt.get("monthly") or 0.0 for debt in budget["debts"]) == pytest.approx(6_329.0)
    assert [debt.get("rate") for debt in budget["debts"] if debt.get("rate")] == [pytest.approx(0.1825), 0.24]


def test_what_stands_in_the_cells_is_what_they_work_out() -> None:
    """The values kept for those who do not reckon are those of the formulas: what is left, months, interest, ranks."""
    paper = _paper(BURDENED.asking("budget", "en", **TOLD))
    found, kept = Reckoner(_opened(paper)), _opened(paper, values=True)
    cells = [(MONTH, f"B{row}") for row in range(15, 21)]
    cells += [(DEBTS, f"{column}{row}") for column in "FGH" for row in range(4, 9)]
    for sheet, cell in cells:
        known = kept[sheet][cell].value
        worked = found.value(sheet, cell)
        assert (known or "") == (pytest.approx(worked) if isinstance(worked, float | int) else worked or ""), cell
    assert found.value(MONTH, "B18") == pytest.approx(8_923.0 - 2_311.0 - 6_329.0)
    assert "never" in [kept[DEBTS][f"G{row}"].value for row in range(4, 9)]


def test_without_an_income_there_is_no_sheet() -> None:
    """Where not even an income was told there is nothing to add up, and no button for it."""
    who = BURDENED.asking("budget", "en")
    bare = who.but(answers={name: told for name, told in who.answers.items() if name != "monthly_income"})
    assert "sheet:" not in [b.action for reply in screen(bare, scene_now()) for row in reply.buttons for b in row]
    replies = take_turn(bare, Arrival(key="k", at=NOW, action="sheet:"), scene_now()).replies
    assert not any(isinstance(block, Paper) for reply in replies for block in reply.blocks)
