"""Labels of buttons: short enough to be read whole on a phone, also where two or four stand in a row."""

from __future__ import annotations

import unicodedata

import pytest

from bot.dialogue.conversation import Language
from bot.dialogue.messages import Arrival
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.states import states
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

ROOM = {1: 48, 2: 20, 3: 13, 4: 8}
"""How wide a label may be by how many stand in its row; a Chinese letter is as wide as two others."""

CARDS = sorted(name for name in states() if not name.startswith(("result", "review", "doubt")))
RESULTS = sorted(name for name in states() if name.startswith("result") and name.endswith(("clerk", "five_lenders")))
SHELVES = ("layer:files", "layer:rest", "layer:months", "layer:reasons", "right:", "remind:")


def width(label: str) -> int:
    """How much room a label takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in label)


def _cut(rows: object) -> list[str]:
    return [button.label for row in rows for button in row if width(button.label) > ROOM[len(row)]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_every_card_can_be_read(language: Language) -> None:
    """No label of a gate, a menu, a question or a result is cut by its neighbours."""
    shown = {name: screen(states()[name].but(language=language), scene_now()) for name in (*CARDS, *RESULTS)}
    assert sorted({label for replies in shown.values() for reply in replies for label in _cut(reply.buttons)}) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", SHELVES)
def test_labels_behind_a_result_can_be_read(language: Language, action: str) -> None:
    """Nor is any of the layers and shelves behind a result."""
    who = states()["result assess clerk"].but(language=language)
    replies = take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now()).replies
    assert [label for reply in replies for label in _cut(reply.buttons)] == []
