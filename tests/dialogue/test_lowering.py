"""Lowering or closing a line, and the budget for debts: every number has an origin, and nothing urges anybody."""

from __future__ import annotations

import pytest

from bot.dialogue.budgeting import budget_of
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.estimate import MONTHS, base_forecast
from bot.dialogue.interview import path
from bot.dialogue.lowering import CITED
from bot.dialogue.messages import Arrival, Table, Text
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.figures import about
from tests.dialogue.cast import CAST, Person, Told
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

CLERK = CAST[0]
BURDENED = next(person for person in CAST if person.name == "five_lenders")
DEBTS: dict[str, Told] = {
    "afford_living": 2500.0,
    "priority_payments": 3000.0,
    "list_debts": "two",
    "debt1_balance": 33_000.0,
    "debt1_payment": 2000.0,
    "debt1_rate": "0.0005/day",
    "debt2_balance": 8000.0,
    "debt2_payment": 500.0,
    "debt2_rate": 0.24,
}


def _words(who: Conversation) -> str:
    blocks = [block for reply in screen(who, scene_now()) for block in reply.blocks]
    return "\n".join(block.markup for block in blocks if isinstance(block, Text))


def _yuan(amount: float, language: Language = "zh") -> str:
    say = scene_now().library.phrases.say
    return say(language, "value.number", value=amount, low=None, high=None, unit="yuan", hear="money")


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        (5000.0, "够不着冲动"),
        (0.0, "关掉它"),
        (40_000.0, "不比现在低"),
        (1000.0, "先还到"),
    ],
)
def test_the_screen_says_what_was_chosen(keep: float, told: str) -> None:
    """A smaller line, none at all, one that is not smaller, one below what is owed: each has words of its own."""
    assert told in _words(CLERK.asking("lower", "zh", lower_to=keep))


def test_the_share_in_use_is_worked_out() -> None:
    """Before and after, from the balance and the lines that were told."""
    words = _words(CLERK.asking("lower", "zh", lower_to=5000.0))
    assert f"{2719 / 31417:.0%}" in words
    assert f"{2719 / 5000:.0%}" in words
    engineer = next(person for person in CAST if person.name == "engineer")
    assert "没有欠款" in _words(engineer.asking("lower", "zh", lower_to=5000.0))


def test_the_estimate_stands_beside_it() -> None:
    """What a year brings if nothing is done is the very forecast of the assessment."""
    who = CLERK.asking("lower", "en", lower_to=5000.0)
    ahead = base_forecast(CLERK.asking("assess"), scene_now()).line[MONTHS]
    words = _words(who)
    assert all(_yuan(about(yuan), "en") in words for yuan in (ahead.p10, ahead.p50, ahead.p90))
    assert "count on it not to" in words


@pytest.mark.parametrize("keep", [0.0, 5000.0, 500_000.0])
@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_a_small_plan_and_its_sources_follow(person: Person, keep: float) -> None:
    """Whoever asks gets steps that lower or close the line, and the facts that it rests on."""
    who = person.asking("lower", "zh", lower_to=keep)
    (reply,) = screen(who, scene_now())
    tables = [block for block in reply.blocks if isinstance(block, Table)]
    assert len(tables) == 1
    assert tables[0].rows
    actions = [button.action for row in reply.buttons for button in row]
    deed = "close_line" if keep == 0.0 else "lower_line_yourself"
    assert f"step:{deed}" in actions
    facts = scene_now().library.facts
    assert all(facts[name].statement.zh in _words(who) for name in CITED)


def test_who_told_nothing_is_helped_all_the_same() -> None:
    """Without a line, a balance or an amount the screen says what there is to say."""
    bare = Person("bare", {"kind": "person"})
    assert "额度是可以少要的" in _words(bare.asking("lower", "zh"))
    assert "调到" in _words(bare.asking("lower", "zh", lower_to=2000.0))
    silent = next(person for person in CAST if person.name == "silent")
    assert "够不着冲动" in _words(silent.asking("lower", "zh", lower_to=2000.0))


def test_the_burdened_see_no_range() -> None:
    """With heavy debts the screen encourages and shows no forecast of any line."""
    words = _words(BURDENED.asking("lower", "zh", lower_to=2000.0))
    assert "估计会怎样" not in words
    assert "是在帮自己" in words


def test_an_interview_of_lowering_asks_little() -> None:
    """Who comes from nowhere is asked four things, who was assessed only how much to keep."""
    fresh = Conversation(id="x", consent_at=NOW, adult=True, goal="lower")
    assert len(path(fresh, scene_now().library)) <= 4
    assessed = CLERK.asking("assess")
    turn = take_turn(assessed, Arrival(key="k", at=NOW, action="goal:lower"), scene_now())
    assert turn.replies[0].buttons[0][0].action == "pick:lower_to:0"


def test_a_budget_lists_the_debts_the_dearest_first() -> None:
    """Day and year rates are compared as yearly ones, offers never exceed what is free, and nothing is left out."""
    who = BURDENED.asking("budget", "zh", **DEBTS)
    month, owed = budget_of(who, scene_now())
    assert month is not None
    assert [one.rate for one in owed] == [pytest.approx(0.1825), 0.24]
    (reply,) = screen(who, scene_now())
    (table,) = [block for block in reply.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == ["第 2 笔", "第 1 笔"]
    assert "还清" in _words(who)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"monthly_debt_service": 1000.0, "used_balance": 0.0}, "还完还剩大约"),
        ({"monthly_debt_service": 6300.0, "used_balance": 28_807.0}, "每月差大约"),
        ({"monthly_debt_service": 5500.0, "used_balance": 28_807.0}, "不一定够"),
    ],
)
def test_a_budget_says_plainly_how_a_month_ends(changed: dict[str, float], told: str) -> None:
    """Enough, perhaps enough, not enough: each in words of its own, without blame."""
    assert told in _words(BURDENED.asking("budget", "zh", **{**DEBTS, **changed}))


def test_debts_that_never_end_are_called_by_their_name() -> None:
    """Where payments hardly cover the interest the words say so and point to the lenders."""
    forever = {**DEBTS, "list_debts": "one", "debt1_balance": 100_000.0, "debt1_payment": 1000.0}
    assert "十年也还不清" in _words(BURDENED.asking("budget", "zh", **forever))


def test_a_budget_without_figures_asks_for_none() -> None:
    """Skipping everything leads to kind words and the way to say more, with no table and no month."""
    bare = Person("bare", {"kind": "person"}).asking("budget", "zh", list_debts="none")
    assert budget_of(bare, scene_now()) == (None, ())
    assert "算不出来" in _words(bare)
    listed = Person("bare", {"kind": "person"}).asking("budget", "zh", list_debts="one", debt1_balance=9000.0)
    (reply,) = screen(listed, scene_now())
    assert [len(block.rows) for block in reply.blocks if isinstance(block, Table)] == [1]


def test_no_month_is_named_for_closing_a_line_that_is_still_owed() -> None:
    """Nobody can know when a debt will be repaid: what waits for that is said to wait, and names no month."""
    (reply,) = screen(BURDENED.asking("lower", "zh", lower_to=0.0), scene_now())
    starts = [row[1] for block in reply.blocks if isinstance(block, Table) for row in block.rows]
    assert starts[0] == "现在"
    assert set(starts[1:]) == {"还清以后"}
