"""What is reckoned once for tests about words is what the simulator would find anew, for every case."""

from __future__ import annotations

import pytest

from bot.dialogue import estimate
from bot.dialogue.conversation import Conversation
from tests.dialogue.cast import CAST, TARGET
from tests.journeys.walking import scene_now

ASKED = [
    person.asking(goal, "zh", **told)
    for person in CAST
    for goal, told in (("assess", {}), ("plan", {"target": TARGET}), ("plan", {"target": TARGET / 2}))
]


def _anew(who: Conversation) -> estimate.Estimate:
    return estimate.estimate(who, scene_now())


@pytest.fixture(scope="module")
def anew() -> list[estimate.Estimate]:
    """Every estimate as the simulator gives it."""
    return [_anew(who) for who in ASKED]


@pytest.mark.usefixtures("reckoned_once")
def test_what_is_kept_is_what_would_be_found(anew: list[estimate.Estimate]) -> None:
    """Persons and businesses with one goal or another each get their own figures, the first time and the second."""
    assert [_anew(who) for who in ASKED] == anew
    assert [_anew(who) for who in ASKED] == anew
    assert len({repr(found) for found in anew}) > len(CAST)


@pytest.mark.usefixtures("reckoned_once")
def test_a_question_is_answered_from_memory() -> None:
    """The second answer is the very first one, and another seed is another question."""
    who = ASKED[0]
    assert _anew(who).base is _anew(who).base
    assert _anew(who.but(seed=who.seed + 1)).base is not _anew(who).base
