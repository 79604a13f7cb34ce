"""Prediction and outcome: what was foretold is laid beside the line that came, and the way goes on from there."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.dialogue.estimate import base_forecast
from bot.dialogue.messages import Fan, Picture, Reply
from bot.dialogue.scene import Turn
from bot.dialogue.turn import show_again
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.followed_life import LENDERS, Life, asks_for_the_line, said_in_turn, scene_at
from tests.journeys.walking import NOW

pytestmark = pytest.mark.usefixtures("reckoned_once")


def _chart(turn: Turn) -> Fan | None:
    pictures = [block for reply in turn.replies for block in reply.blocks if isinstance(block, Picture)]
    return next((one.of for one in pictures if isinstance(one.of, Fan)), None)


def test_skipping_keeps_the_line_that_was_told() -> None:
    """Words that skip a card pass this month over and take nothing back."""
    life = Life().agrees()
    before = life.who.answers["current_line"]
    life.falls_due()
    life.does(text="跳过")
    assert life.who.answers["current_line"] == before


@pytest.mark.parametrize(("line", "inside"), [("same:", True), ("90000", False), ("1万", False)])
def test_what_was_foretold_is_laid_beside_what_came(line: str, inside: bool) -> None:
    """The range of that very month is judged, the points stand in the chart, and the forecast goes on from the line."""
    life = Life().agrees(25, 9)
    foretold = life.who.following.foretold
    assert foretold is not None
    life.falls_due(dt.timedelta(days=30))
    turn = life.does(action=line) if line.endswith(":") else life.does(text=line)
    if life.who.doubt is not None:
        turn = life.does(action="yes:")
    outcome = life.who.following.outcomes[-1]
    low, _middle, high = foretold.without[outcome.month]
    assert outcome.month == foretold.month(life.now) > 0
    assert outcome.inside is (low <= outcome.line <= high) is inside
    chart = _chart(turn)
    assert chart is not None
    assert chart.reported == ((float(outcome.month), outcome.line),)
    ahead = base_forecast(life.who.but(goal="assess"), scene_at(life.now))
    assert ahead.line[0].p50 == outcome.line


def test_a_band_counts_as_inside_where_it_meets_the_range() -> None:
    """A line told as a band is no miss only because its middle is."""
    following = Life().agrees(25, 9).who.following
    assert following.foretold is not None
    low, _middle, high = following.foretold.without[2]
    at = NOW + dt.timedelta(days=61)
    assert following.told(high * 2.0, (high - 1.0, high * 3.0), at).outcomes[-1].inside
    assert not following.told(high * 2.0, (high + 1.0, high * 3.0), at).outcomes[-1].inside
    assert not following.told(low / 2.0, None, at).outcomes[-1].inside


def test_who_is_burdened_hears_of_no_range() -> None:
    """With debts too heavy nothing is foretold or compared, and the way leads to lightening them."""
    life = Life(LENDERS, language="en").agrees()
    assert life.who.following.foretold is None
    life.falls_due()
    turn = life.does(text="30000")
    assert _chart(turn) is None
    words = said_in_turn(turn)
    assert "eight times out of ten" not in words
    assert "step by step" in words


def test_the_same_as_nothing_is_asked_for() -> None:
    """Who never told a line and says that it is unchanged is asked for it."""
    life = Life("unknown_line")
    life.does(action="same:")
    assert life.who.goal == "follow"
    assert life.who.focus == "current_line"
    assert "current_line" not in life.who.answers


def test_the_way_back_leads_where_one_was() -> None:
    """After an answer, back to the result that the question interrupted; pressed elsewhere it changes nothing."""
    life = Life().agrees()
    life.falls_due()
    life.does(action="same:")
    assert life.who.goal == "follow"
    life.does(action="return:")
    assert life.who.goal == "assess"
    assert life.who.accepted
    life.does(action="return:")
    assert life.who.goal == "assess"


def test_an_answer_too_soon_is_not_compared() -> None:
    """A line told within the first two weeks is thanked for; there is nothing yet that was foretold for it."""
    life = Life(language="en").agrees(30, 9)
    turn = life.falls_due()
    assert asks_for_the_line(turn)
    after = life.does(action="same:")
    assert _chart(after) is None
    assert "What was foretold" not in said_in_turn(after)
    assert not any(b.action == "return:" for row in _unasked(language="en").buttons for b in row)


def _unasked(language: str) -> Reply:
    """The card after an answer that interrupted nothing, for somebody whose plan is at hand and who is reminded."""
    life = Life(language=language)
    life.does(command="progress")
    life.agrees()
    steps = life.does(action="ticks:").replies[0]
    assert not any(button.action == "remind:" for row in steps.buttons for button in row)
    life.does(action="menu:")
    life.falls_due()
    return life.does(action="same:").replies[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_stands_until_it_is_answered(language: str) -> None:
    """Whoever comes back finds the question again, and a kept conversation stays small through a year of answers."""
    life = Life(language=language)
    life.does(command="progress")
    life.agrees()
    for _ in range(12):
        life.falls_due()
        assert any(
            b.action == "same:"
            for reply in show_again(life.who, scene_at(life.now))
            for row in reply.buttons
            for b in row
        )
        life.does(action="same:")
    assert len(life.who.model_dump_json(exclude_defaults=True).encode()) <= 8_192
