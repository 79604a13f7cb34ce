"""Words at an open card: named answers land in their own fields, several numbers are asked back, the ladder helps."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.scene import Turn
from bot.dialogue.turn import take_turn
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now


def _begun(goal: str = "assess", **told: bool | float | str) -> Conversation:
    answers = {name: Answer(value=value, at=NOW, source="said") for name, value in {"kind": "person", **told}.items()}
    return Conversation(id="x", language="en", consent_at=NOW, adult=True, goal=goal, answers=answers)


def _take(who: Conversation, **arrival: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, **arrival), scene_now())


def _said(replies: tuple[Reply, ...]) -> str:
    return " ".join(piece for reply in replies for piece in words_of(reply))


def _values(who: Conversation) -> dict[str, object]:
    return {name: answer.value for name, answer in who.answers.items() if name != "kind"}


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("income 8000", {"monthly_income": 8000.0}),
        ("月入8000", {"monthly_income": 8000.0}),
        (
            "我的额度3万，用了1万，月入8000",
            {"current_line": 30000.0, "used_balance": 10000.0, "monthly_income": 8000.0},
        ),
        ("額度3萬，月收入9千，逾期沒有", {"current_line": 30000.0, "monthly_income": 9000.0, "overdue_now": False}),
        (
            "limit 30k; used 10k; salary 9000",
            {"current_line": 30000.0, "used_balance": 10000.0, "monthly_income": 9000.0},
        ),
        ("3万\n没有", {"current_line": 30000.0}),
    ],
)
def test_named_answers_land_in_their_own_fields(words: str, values: dict[str, object]) -> None:
    """What names a question answers that one, in any order, and all of it is shown back."""
    turn = _take(_begun(), text=words)
    assert _values(turn.conversation).items() >= values.items()
    assert _said(turn.replies).count("Noted") == len(_values(turn.conversation))


def test_the_open_card_comes_back_after_an_answer_to_another() -> None:
    """Naming another question changes that answer and leaves the open card open."""
    turn = _take(_begun(monthly_income=5000.0), text="my income")
    assert _values(turn.conversation) == {"monthly_income": 5000.0}
    turn = _take(turn.conversation, text="income 8000")
    assert _values(turn.conversation) == {"monthly_income": 8000.0}
    assert "What total credit line" in _said(turn.replies)


def test_a_doubt_about_another_question_is_asked_at_once() -> None:
    """A named answer that is in doubt is confirmed before the open card comes back."""
    turn = _take(_begun(), text="income 96000 a year")
    assert turn.conversation.doubt is not None
    assert turn.conversation.doubt.question == "monthly_income"
    assert "Is that right" in _said(turn.replies)
    after = _take(turn.conversation, text="yes")
    assert _values(after.conversation) == {"monthly_income": 8000.0}
    assert "What total credit line" in _said(after.replies)


def test_several_numbers_are_offered_to_tap() -> None:
    """Two amounts where one is asked for become two buttons; the one tapped is kept."""
    turn = _take(_begun(), text="it was 30k, now 20k")
    assert turn.conversation.doubt is not None
    assert _values(turn.conversation) == {}
    assert _values(_take(turn.conversation, action="yes:").conversation) == {"current_line": 20000.0}
    assert _values(_take(turn.conversation, action="yes:0").conversation) == {"current_line": 30000.0}


def test_the_rest_of_a_message_that_was_not_read_is_said() -> None:
    """When a later piece is no answer, the earlier ones are kept and the person is told."""
    turn = _take(_begun(), text="30k\nblue\n5")
    assert _values(turn.conversation) == {"current_line": 30000.0}
    assert "could not read what came after" in _said(turn.replies)


def test_the_ladder_of_help() -> None:
    """First what was wrong, then three examples, then the offer to skip; and skipping goes on with a wide range."""
    who, told = _begun(current_line=9000.0, months_since_change=7.0, overdue_now=False), []
    for _ in range(3):
        turn = _take(who, text="@@@@")
        who = turn.conversation
        told.append(_said(turn.replies[:1]))
    assert "could not read" in told[0]
    assert 'say "skip"' not in told[0] + told[1]
    assert "For example" in told[1]
    assert 'say "skip"' in told[2]
    assert _values(_take(who, text="skip").conversation)["monthly_debt_service"] is None


@pytest.mark.parametrize("language", ["zh", "zh-hant", "en"])
def test_what_is_out_of_bounds_is_told_with_the_bounds(language: Language) -> None:
    """A number that the question cannot mean is refused with the least and the most that it can."""
    who = _begun(current_line=9000.0, months_since_change=7.0).but(language=language, focus="sesame_score", more=True)
    words = _said(_take(who, text="99999").replies)
    assert "350" in words
    assert "950" in words


@pytest.mark.parametrize(("words", "value"), [("yes", True), ("no", False), ("对", True), ("没有", False)])
def test_a_yes_at_a_question_is_its_answer(words: str, value: bool) -> None:
    """Short words of consent answer the open yes-or-no card and never jump to the result."""
    who = _begun(current_line=9000.0, months_since_change=7.0)
    after = _take(who, text=words).conversation
    assert not after.hurried
    assert not after.accepted
    assert after.answers["overdue_now"].value is value
