"""Running interviews move on into a new edition at their next turn, with every answer kept and nobody stuck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.dialogue.choosing import TELLS
from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import facts_of
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Scene, Turn
from bot.dialogue.screens import open_question
from bot.dialogue.turn import take_turn
from bot.publishing.editions import Edition
from bot.publishing.paths import shipped
from bot.publishing.protecting import unprotected
from bot.publishing.rehearsing import made_up
from knowledge.loading import load
from knowledge.stack import Overlay
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

_PURPOSE = shipped()["questions/purpose.yaml"]
ADDED = _PURPOSE.replace("id: purpose\nfact: purpose\n", "id: purpose_again\n").replace("order: 52", "order: 3")
"""A question that nobody has been asked, and that comes before most others."""

FILES = {
    "questions/purpose_again.yaml": ADDED,
    "questions/payment_flow.yaml": None,
    "questions/current_line.yaml": shipped()["questions/current_line.yaml"].replace("order: ", "order: 1"),
}
"""One question more, one less, and one at another place."""


@pytest.fixture(scope="module")
def newer() -> Scene:
    """The scene of an edition with other questions."""
    library, problems = load(over=Overlay(FILES))
    assert problems == ()
    assert "purpose_again" in library.questions
    return Scene(library, scene_now().packs, NOW)


def _turns(who: Conversation, scene: Scene) -> Iterator[Turn]:
    """Answer every card with its first choice, or skip it, until none is open."""
    turn = take_turn(who, Arrival(key="k", at=NOW, action="talk:"), scene)
    for _ in range(80):
        yield turn
        if open_question(turn.conversation, scene) is None:
            return
        actions = [button.action for reply in turn.replies for row in reply.buttons for button in row]
        picked = next((one for step in ("pick:", "skip:") for one in actions if one.startswith(step)), None)
        arrival = Arrival(key="k", at=NOW, action=picked, text=None if picked else "12")
        turn = take_turn(turn.conversation, arrival, scene)
    raise AssertionError("stuck")


def _waiting() -> Iterator[Conversation]:
    """People at every card of every interview, as they stand when an edition is published."""
    for kind in ("person", "business"):
        for goal in TELLS:
            turns = list(_turns(made_up(goal, kind, "zh", NOW), scene_now()))
            yield from (turn.conversation for turn in turns[:: max(1, len(turns) // 4)])


def test_nobody_is_stuck_and_no_answer_is_lost(newer: Scene) -> None:
    """From any card of the older edition the newer one leads to a result, and what was told stays told."""
    people = list(_waiting())
    assert len(people) > 50
    for who in people:
        *_, last = _turns(who, newer)
        assert who.answers.items() <= last.conversation.answers.items()
        assert last.replies


def test_an_answer_to_a_question_that_is_gone_is_kept_and_not_used(newer: Scene) -> None:
    """What was told to a removed question does not count, and counts again once the question is back."""
    *_, last = _turns(made_up("assess", "person", "zh", NOW), scene_now())
    who = last.conversation
    assert "payment_flow" in who.answers
    before = facts_of(who, scene_now().library)
    *_, moved = _turns(who, newer)
    assert "payment_flow" not in facts_of(moved.conversation, newer.library).values
    back = facts_of(moved.conversation, scene_now().library)
    assert back.values == before.values


def test_a_change_in_the_middle_of_a_correction_leads_on(newer: Scene) -> None:
    """Whoever was just changing an answer to a question that is gone goes on with the others."""
    *_, last = _turns(made_up("assess", "person", "zh", NOW), scene_now())
    changing = last.conversation.but(focus="payment_flow")
    *_, moved = _turns(changing, newer)
    assert moved.replies


def test_protections_cannot_be_edited_away() -> None:
    """Guards, the words of consent, the meaning of answers and what the house says stay, whatever an edition says."""
    guard = shipped()["guards/self_harm.yaml"].replace("suspends: true", "suspends: false")
    welcome = shipped()["phrases/welcome.yaml"].replace("welcome.consent:", "welcome.consent_too:")
    files = {
        "guards/self_harm.yaml": guard,
        "guards/scam_offer.yaml": None,
        "phrases/welcome.yaml": welcome,
        "phrases/office.yaml": None,
        "questions/purpose.yaml": _PURPOSE.replace("fact: purpose\n", ""),
    }
    ships = Edition(0, scene_now().library, scene_now().packs)
    library, _ = load(over=Overlay(files))
    fewer = replace(library, intents={slug: one for slug, one in library.intents.items() if slug != "fees"})
    told = {(one.file, one.field) for one in unprotected(Edition(1, fewer, {}), ships)}
    expected = {
        ("guards/self_harm.yaml", "suspends"),
        ("guards/scam_offer.yaml", "suspends"),
        ("phrases", "welcome.consent.zh"),
        ("phrases", "office.no_role.en"),
        ("questions/purpose.yaml", "fact"),
        ("intents/fees.yaml", "slug"),
        ("policies/jiebei.yaml", "product"),
    }
    assert expected <= told
    assert list(unprotected(ships, ships)) == []
