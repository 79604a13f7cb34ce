"""Nonsense at every question never crashes, never loses an answer, and never gets anyone stuck.

Here every card meets its share of all kinds; ``pytest -m soak tests/dialogue/test_nonsense.py`` lets it meet them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from bot.channels.lines import arrival_of
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.interview import next_question, path
from bot.dialogue.messages import Arrival
from bot.dialogue.screens import open_question
from bot.dialogue.turn import take_turn
from knowledge.watching import Watch
from tests.dialogue.nonsense import kinds
from tests.journeys.walking import NOW, scene_now

GOALS = ("assess", "plan", "diagnose", "cost", "afford")
KINDS = ("person", "business")
SHARE = 24
"""Of how many kinds of nonsense a card after the first meets one; cards side by side meet different ones."""


@pytest.fixture(scope="module", autouse=True)
def _heard_once() -> Iterator[None]:
    """What guards hear in words does not depend on the card, and to hear it anew takes most of the time of a turn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Watch, "first", cache(Watch.first))
        yield


def _standing_at(goal: str, kind: str, number: int) -> Conversation | None:
    """A conversation whose open card is the n-th of its interview, with the first choices given before."""
    answers = {"kind": Answer(value=kind, at=NOW, source="pressed")}
    who = Conversation(id="x", consent_at=NOW, adult=True, goal=goal, more=True, answers=answers)
    for _ in range(number):
        question = next_question(who, scene_now().library)
        if question is None:
            return None
        value = question.choices[0].value if question.choices else 1.0
        who = who.answered(question.id, Answer(value=value, at=NOW, source="pressed"))
    return who if next_question(who, scene_now().library) is not None else None


def _cases() -> list[tuple[str, str, int]]:
    return [
        (goal, kind, number)
        for goal in GOALS
        for kind in KINDS
        for number in range(45)
        if _standing_at(goal, kind, number) is not None
    ]


def test_there_are_over_two_hundred_kinds() -> None:
    """The nonsense is varied."""
    assert len(set(kinds())) >= 200


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_at_every_question_keeps_every_answer(goal: str, kind: str) -> None:
    """Whatever is typed at whichever card: replies come, earlier answers stay, and skipping or choosing goes on.

    The first card of an interview meets all kinds, each later one its share of them; so does a first card that other
    interviews begin with as well.
    """
    _meets_nonsense(goal, kind, SHARE)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("kind", KINDS)
def test_all_nonsense_at_every_question_keeps_every_answer(goal: str, kind: str) -> None:
    """The same with every kind of nonsense at every card."""
    _meets_nonsense(goal, kind, 1)


def _meets_nonsense(goal: str, kind: str, share: int) -> None:
    shapes = list(kinds())
    known = _first_card("assess", kind) if goal != "assess" else ""
    for number in range(45):
        who = _standing_at(goal, kind, number)
        if who is None:
            break
        if goal == "plan" and getattr(open_question(who, scene_now()), "id", "") != "target":
            continue  # the cards that a plan shares with an assessment are met there
        for nth, words in enumerate(shapes):
            if (nth + number) % share and (number or _first_card(goal, kind) == known):
                continue
            _meets(who, words, f"{number}-{nth}")


@cache
def _first_card(goal: str, kind: str) -> str:
    who = _standing_at(goal, kind, 0)
    assert who is not None
    question = open_question(who, scene_now())
    assert question is not None
    return question.id


def _meets(who: Conversation, words: str, key: str) -> None:
    scene = scene_now()
    question = open_question(who, scene)
    assert question is not None
    turn = take_turn(who, arrival_of(words, None, key, NOW), scene)
    after = turn.conversation
    kept = {name: answer for name, answer in who.answers.items() if name != question.id}
    assert {name: after.answers[name] for name in kept} == kept
    assert turn.replies
    assert after.revision == who.revision + 1


def test_nobody_is_ever_stuck() -> None:
    """After three failures at any card the way on is one word or one press."""
    scene = scene_now()
    for goal, kind, number in _cases():
        who = _standing_at(goal, kind, number)
        assert who is not None
        question = open_question(who, scene)
        assert question is not None
        for key in range(3):
            who = take_turn(who, Arrival(key=str(key), at=NOW, text="@@@@"), scene).conversation
        action = f"skip:{question.id}" if question.skippable else f"pick:{question.id}:0"
        if not question.skippable and not question.choices:
            continue
        on = take_turn(who, Arrival(key="on", at=NOW, action=action), scene).conversation
        assert question.id in on.answers
        assert question.id in {q.id for q in path(on, scene.library)}
