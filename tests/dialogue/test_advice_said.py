"""No banned advice in anything that is said: every result, layer and card of the whole cast in each language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.folding import fold
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.states import states
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

MONEY = ("cost", "compare", "afford", "diagnose")
LAYERS = {
    "cost": ("rows:0", "early:"),
    "compare": (),
    "afford": ("footing:",),
    "diagnose": ("causes:", "footnotes:"),
}


def _said(language: Language) -> Iterator[str]:
    for name, state in states().items():
        if not any(f" {goal} " in f"{name} " for goal in MONEY):
            continue
        who = state.but(language=language)
        for reply in _replies(who, name.split()[1] if name.startswith("result") else ""):
            yield from words_of(reply)


def _replies(who: Conversation, goal: str) -> Iterator[Reply]:
    yield from screen(who, scene_now())
    opened = LAYERS.get(goal, ())
    if goal == "diagnose":
        shown = [button.action for reply in screen(who, scene_now()) for row in reply.buttons for button in row]
        opened = (*opened, *(action for action in shown if action.startswith("cause:")))
    for action in opened:
        yield from take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now()).replies


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_said_is_banned_advice(language: Language) -> None:
    """Costs, comparisons, verdicts and causes never urge, promise, fake or evade, whoever they are told to."""
    banned = scene_now().library.banned
    said = set(_said(language))
    assert len(said) > 150
    read = {words: words if language == "en" else fold(words) for words in said}
    spoken = "en" if language == "en" else "zh"
    assert {words for words, plain in read.items() if banned.heard(spoken, plain)} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_banned_sentence_would_be_heard(language: Language) -> None:
    """The lint is awake: each sentence that it must hear is heard after the same folding."""
    banned = scene_now().library.banned
    for sentence in banned.must[language]:
        assert banned.heard(language, fold(sentence) if language == "zh" else sentence)
