"""Where a card is shown again: in its place, or below what has come since; and in which shade pictures come."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Arrival, Picture, Reply
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import CAST
from tests.journeys.walking import NOW, scene_now

FRESH = ("picture:fan", "pdf:", "calendar:")
"""Presses on a result that bring a message of their own."""


class Chat:
    """Somebody at a result who presses buttons under the card that shows, whose revision is known."""

    def __init__(self) -> None:
        self.who = CAST[0].asking("assess")
        self.card = self.who.revision

    def press(self, action: str) -> tuple[Reply, ...]:
        """One press under the card; the card is then of this turn if the turn showed it."""
        arrival = Arrival(key="k", at=NOW, action=action, revision=self.card)
        turn = take_turn(self.who, arrival, scene_now())
        self.who = turn.conversation
        if any(reply.buttons for reply in turn.replies):
            self.card = self.who.revision
        return turn.replies

    def says(self, words: str) -> None:
        """Words, and whatever they are answered with."""
        self.who = take_turn(self.who, Arrival(key="k", at=NOW, text=words), scene_now()).conversation


@pytest.mark.parametrize("fresh", FRESH)
@pytest.mark.parametrize("action", ["result:", "layer:months", "layer:rest"])
def test_a_card_above_something_newer_is_shown_below_it(fresh: str, action: str) -> None:
    """After a picture or a file the card that was pressed comes anew, once, and is changed in place from there on."""
    chat = Chat()
    assert [reply.in_place for reply in chat.press("layer:files")] == [True]
    assert [reply.slot for reply in chat.press(fresh)] == [None]
    assert [reply.in_place for reply in chat.press(action)] == [False]
    assert [reply.in_place for reply in chat.press("layer:reasons")] == [True]


def test_a_card_above_an_answer_is_shown_below_it() -> None:
    """Words of the person and what they were told stand below the card too."""
    chat = Chat()
    chat.press("result:")
    chat.says("提前还款会影响额度吗")
    assert [reply.in_place for reply in chat.press("layer:months")] == [False]


def test_a_press_in_a_group_leaves_the_private_card_in_its_place() -> None:
    """What is answered in public stands in another chat."""
    who = CAST[0].asking("assess")
    asked = Arrival(key="k", at=NOW, text="提前还款会影响额度吗", command="ask", public=True)
    assert take_turn(who, asked, scene_now()).conversation.below == who.below


def _shade(who: Conversation, action: str) -> tuple[Conversation, bool]:
    turn = take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now())
    (picture,) = (block for reply in turn.replies for block in reply.blocks if isinstance(block, Picture))
    return turn.conversation, picture.dark


@pytest.mark.parametrize("name", ["fan", "waterfall"])
def test_the_shade_of_pictures_is_remembered(name: str) -> None:
    """Pictures come light until dark ones are asked for, then dark until light ones are; pressed twice is once."""
    who, dark = _shade(CAST[0].asking("assess"), f"picture:{name}")
    assert not dark
    for shade in ("dark", "dark", "light"):
        who, dark = _shade(who, f"picture:{name}:{shade}")
        assert dark == (shade == "dark")
        assert _shade(who, "picture:fan")[1] == dark
        layer = take_turn(who, Arrival(key="k", at=NOW, action="layer:months"), scene_now()).replies[0]
        other = "light" if dark else "dark"
        assert f"picture:fan:{other}" in [button.action for row in layer.buttons for button in row]
