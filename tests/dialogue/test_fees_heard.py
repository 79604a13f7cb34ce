"""A fee is heard in percent or in yuan of the very loan, and what is neither is refused or asked about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.answering import Missed, read_answer
from bot.dialogue.conversation import Answer
from bot.dialogue.hearing.fees import hear_fee
from tests.dialogue.cast import CAST, OFFER, SECOND
from tests.journeys.walking import scene_now


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("300元", 0.03),
        ("300块", 0.03),
        ("300 yuan", 0.03),
        ("¥300", 0.03),
        ("3%", 0.03),
        ("百分之三", 0.03),
        ("没有", 0.0),
        ("none", 0.0),
    ],
)
def test_percent_and_yuan_mean_the_same(text: str, share: float) -> None:
    """Three hundred yuan on ten thousand are three percent, however they are written."""
    heard = hear_fee(text, 10_000.0, low=0.0, high=1.0)
    assert heard.status == "value"
    assert heard.value == pytest.approx(share)
    assert heard.unit == "fraction"


@settings(max_examples=60, deadline=None)
@given(fee=st.integers(1, 5_000), borrowed=st.integers(5_000, 500_000))
def test_yuan_are_divided_by_the_loan(fee: int, borrowed: int) -> None:
    """Whatever the loan, so many yuan are that part of it."""
    assert hear_fee(f"{fee}元", float(borrowed), low=0.0, high=1.0).value == pytest.approx(fee / borrowed)


def test_a_fee_above_the_loan_is_out_of_bounds() -> None:
    """More yuan than were borrowed are no share of it."""
    assert hear_fee("2万元", 10_000.0, low=0.0, high=1.0).doubt == "out_of_bounds"
    assert hear_fee("2万元", 10_000.0).value == 2.0


@pytest.mark.parametrize("text", ["几块钱吧", "元", "借1万元收300元"])
def test_what_is_no_one_amount_is_not_taken(text: str) -> None:
    """Vague words and two amounts at once are never stored as a fee."""
    assert hear_fee(text, 10_000.0, low=0.0, high=1.0).status in {"refused", "confirm", "range"}


def test_a_range_of_yuan_is_a_range_of_shares() -> None:
    """From two to three hundred yuan on ten thousand is from two to three percent."""
    heard = hear_fee("200到300元", 10_000.0, low=0.0, high=1.0)
    assert heard.low == pytest.approx(0.02)
    assert heard.high == pytest.approx(0.03)


@pytest.mark.parametrize(("name", "share"), [("cost_fee_each", 300 / 17_389), ("second_fee_share", 300 / 21_499)])
def test_a_card_divides_by_its_own_offer(name: str, share: float) -> None:
    """The fee of each offer is a part of what that offer lends; unknown loans take percent only."""
    scene = scene_now()
    who = CAST[0].asking("compare", "zh", **{**OFFER, **SECOND})
    read = read_answer(who, scene.library.questions[name], "300元", scene)
    assert isinstance(read, Answer)
    assert read.value == pytest.approx(share)
    nobody = who.but(answers={})
    assert isinstance(read_answer(nobody, scene.library.questions[name], "300元", scene), Missed)
