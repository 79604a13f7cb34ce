"""Rates that are picked from a card: kept as they are quoted, so that a daily rate accrues by the day."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.dialogue.messages import Arrival
from bot.dialogue.offering import asked_offer
from bot.dialogue.turn import take_turn
from simulator.offers import CostQuestion
from tests.dialogue.cast import CAST, OFFER
from tests.journeys.walking import NOW, scene_now

RATES = sorted(name for name, question in scene_now().library.questions.items() if question.hear == "rate")


@pytest.mark.parametrize("name", RATES)
def test_a_quick_rate_means_what_its_label_says(name: str) -> None:
    """The value of each choice is the number of its label in the period of its label."""
    for choice in scene_now().library.questions[name].choices:
        value, _, per = str(choice.value).partition("/")
        percent = Decimal(value) * 100
        assert choice.label.en == f"{percent.normalize():f}% a {per}"
        assert choice.label.zh == f"{ {'day': '日', 'month': '月', 'year': '年'}[per] }{percent.normalize():f}%"


def test_a_daily_rate_that_is_picked_accrues_as_one_that_is_typed() -> None:
    """Pressing 0.04% a day gives the very offer that typing it gives."""
    goal = CAST[0].asking("cost", **OFFER)
    place = [choice.label.zh for choice in scene_now().library.questions["cost_rate"].choices].index("日0.04%")
    offers = []
    for told in ({"action": f"pick:cost_rate:{place}"}, {"text": "日利率0.04%"}):
        who = goal.but(focus="cost_rate")
        after = take_turn(who, Arrival(key="k", at=NOW, **told), scene_now()).conversation
        offers.append(asked_offer(after, scene_now()))
    assert isinstance(offers[0], CostQuestion)
    assert offers[0].rate is not None
    assert offers[0].rate.per == "day"
    assert offers[0] == offers[1]
