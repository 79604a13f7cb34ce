"""A question at any moment: answered with its source, offered as three choices, or plainly not known, and then back."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.messages import Arrival, Text
from bot.dialogue.scene import Turn
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.finding import Finding
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.states import states
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

KNOWN = "提前还款会不会影响额度？"
OUT_OF_SCOPE = "明天北京会下雨吗？"
CARDS = {name: who for name, who in states().items() if name.startswith("card") and name.endswith(("amount", "income"))}
RESULTS = {name: who for name, who in states().items() if name.startswith("result") and name.endswith("clerk")}


def _say(who: Conversation, text: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, text=text), scene_now())


def _press(who: Conversation, action: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now())


def _words(turn: Turn) -> str:
    return "\n".join(piece for reply in turn.replies for piece in words_of(reply))


def _unsure() -> str:
    """A question of the shelves' own phrasings on which the finder hesitates."""
    library = scene_now().library
    said = (phrase for intent in library.intents.values() if intent.in_scope for phrase in intent.phrasings)
    return next(text for text in said if (found := library.finder.find(text)).in_scope and found.unsure)


@pytest.mark.parametrize("name", CARDS)
def test_a_question_at_a_card_is_answered_and_the_card_returns(name: str) -> None:
    """The answer comes first, with a source, and then the very same card; nothing is stored."""
    who = CARDS[name]
    turn = _say(who, KNOWN)
    assert turn.replies[1:] == screen(who, scene_now())
    assert turn.conversation.answers == who.answers
    assert any(note.kind == "answered" for note in turn.notes)
    assert "来源" in _words(turn)


@pytest.mark.parametrize("name", RESULTS)
def test_a_question_at_a_result_leads_back_without_repeating_it(name: str) -> None:
    """At a result the answer alone is sent, with a button that brings the result back."""
    who = RESULTS[name]
    for text in (KNOWN, OUT_OF_SCOPE):
        turn = _say(who, text)
        assert len(turn.replies) == 1
        actions = [button.action for row in turn.replies[0].buttons for button in row]
        assert "result:" in actions
        assert _press(turn.conversation, "result:").replies == _press(who, "result:").replies


def test_an_unsure_question_gets_three_choices_and_a_way_out() -> None:
    """At most three entries and "none of these"; picking one answers, picking none is noted for the editors."""
    who = states()["menu"]
    turn = _say(who, _unsure())
    actions = [button.action for row in turn.replies[0].buttons for button in row]
    assert len(actions) <= 4
    assert actions[-1] == "none_of_them:"
    assert all(action.startswith("entry:") for action in actions[:-1])
    assert any(note.kind == "answered" for note in _press(who, actions[0]).notes)
    assert [(note.kind, note.detail) for note in _press(who, "none_of_them:").notes] == [("unanswered", "none_of_them")]


@pytest.mark.parametrize("text", [KNOWN, OUT_OF_SCOPE, "asdf qwer zxcv?"])
def test_no_word_of_a_question_is_noted(text: str) -> None:
    """The journal learns that a question was or was not answered, and nothing of how it was put."""
    for note in _say(states()["menu"], text).notes:
        assert not set(text.split()) & {note.kind, note.detail}
        assert text not in note.detail


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_said_plainly(language: Language) -> None:
    """Out of scope, nothing near and a forged entry each get words, and the menu stands there again."""
    who = states()["menu"].but(language=language)
    for turn in (_say(who, OUT_OF_SCOPE), _press(who, "entry:nothing"), _press(who, "none_of_them:")):
        block = turn.replies[0].blocks[0]
        assert isinstance(block, Text)
        assert len(block.markup) > 15
        assert turn.replies[1:] == screen(who, scene_now())


def test_without_consent_questions_are_answered_and_nothing_is_noted() -> None:
    """Who refused may ask and pick; the journal learns nothing of it."""
    who = states()["general knowledge"]
    for turn in (_say(who, KNOWN), _press(who, "none_of_them:")):
        assert turn.replies
        assert turn.notes == ()


def test_an_empty_question_is_asked_for() -> None:
    """The command alone, or a single letter, invites a question."""
    who = states()["menu"]
    prompt = scene_now().library.phrases.say("zh", "ask.prompt")
    for text in ("", " ", "a"):
        turn = take_turn(who, Arrival(key="k", at=NOW, command="ask", text=text), scene_now())
        assert prompt in _words(turn)


def test_what_is_near_nothing_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the finder has no entry at all, that is said plainly and noted without a word."""
    lost = Finding(intents=(), entries=(), score=0.0, in_scope=True, unsure=True)
    monkeypatch.setattr(type(scene_now().library.finder), "find", lambda _self, _text: lost)
    turn = _say(states()["menu"], KNOWN)
    assert scene_now().library.phrases.say("zh", "ask.unknown", kept=True) in _words(turn)
    assert [(note.kind, note.detail) for note in turn.notes] == [("unanswered", "unknown")]
