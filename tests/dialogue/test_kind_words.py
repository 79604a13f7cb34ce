"""Small things that a tired reader trips over: borrowing less is never idle, amounts told early are no questions."""

from __future__ import annotations

import dataclasses

import pytest

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.estimate import estimate
from bot.dialogue.estimate_words import idle
from bot.dialogue.hearing.ages import of_age
from bot.dialogue.messages import Arrival
from bot.dialogue.turn import take_turn
from simulator.results import Avoided
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

TOLD = {"kind": "person", "current_line": 10_000.0, "months_since_change": 6.0, "monthly_income": 7_500.0}


def _who(**told: bool | float | str) -> Conversation:
    answers = {name: Answer(value=value, at=NOW, source="said") for name, value in told.items()}
    return Conversation(id="x", consent_at=NOW, adult=True, goal="assess", answers=answers)


def test_borrowing_less_is_never_called_idle() -> None:
    """Among what need not be done now stands nothing that is good for its own sake, whatever the plan left out."""
    scene = scene_now()
    plan = estimate(_who(**TOLD), scene).plan
    everything = tuple(Avoided(name, "does_not_move") for name in scene.library.actions)
    left = {entry.id for entry in idle(dataclasses.replace(plan, avoid=everything), scene)}
    assert left
    assert left.isdisjoint({"fewer_draws", "stop_new_draws", "keep_reserve", "pause_applications"})


def test_an_amount_told_too_early_is_no_question() -> None:
    """Somebody who names an income where something else is asked gets the card again, and no article."""
    turn = take_turn(_who(), Arrival(key="k", at=NOW, text="一个月七八千吧"), scene_now())
    assert len(turn.replies) == 1
    assert turn.conversation.failures == 1


def test_a_range_a_month_has_no_gap_in_it() -> None:
    """An amount a month that is only about so much reads as one phrase."""
    who = _who(kind="person", current_line=10_000.0, months_since_change=6.0, overdue_now=False)
    turn = take_turn(who, Arrival(key="k", at=NOW, text="月收入七八千"), scene_now())
    assert "每月约" in " ".join(piece for reply in turn.replies for piece in words_of(reply))


@pytest.mark.parametrize("words", ["估一估我的额度", "我借了1万", "1", "两个孩子的妈", "95后", "一下子就没了"])
def test_words_with_a_number_in_them_are_no_age(words: str) -> None:
    """Nobody is taken for a child because a number stands in what they said at the age gate."""
    assert of_age(words) is None


@pytest.mark.parametrize("words", ["快18了", "明年满18", "差一点18", "almost 18", "17", "我今年17", "还没到18岁"])
def test_not_quite_of_age_is_not_of_age(words: str) -> None:
    """Whoever will be eighteen soon is not yet eighteen."""
    assert of_age(words) is False


def _paused(words: str) -> Conversation:
    who = Conversation(id="x", consent_at=NOW, goal=None)
    return take_turn(who, Arrival(key="k", at=NOW, text=words), scene_now()).conversation


def test_whoever_was_taken_for_a_child_can_say_their_age() -> None:
    """After the words for the young, an age or a word of being of age opens the way; another young age does not."""
    paused = _paused("我今年17，想提额")
    assert paused.paused_by == "minor"
    for words in ("我18了", "已满18岁", "我满了"):
        after = take_turn(paused, Arrival(key="k", at=NOW, text=words), scene_now()).conversation
        assert (after.paused_by, after.adult) == (None, True), words
    after = take_turn(paused, Arrival(key="k", at=NOW, text="我17"), scene_now()).conversation
    assert after.adult is not True


def test_whoever_has_paid_a_scammer_hears_whom_to_call_again() -> None:
    """While the guard holds, saying that the money is gone is met with what to do at once."""
    paused = _paused("有个人说代提额，先交300包装费，内部渠道，能提到5万")
    turn = take_turn(paused, Arrival(key="k", at=NOW, text="我已经转了300给他了"), scene_now())
    said = " ".join(piece for reply in turn.replies for piece in words_of(reply))
    assert all(number in said for number in ("110", "95188", "96110"))
