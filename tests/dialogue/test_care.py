"""Care at every state: what endangers people is met before anything else, pauses what should pause, and leads back."""

from __future__ import annotations

from itertools import cycle

import pytest

from bot.dialogue.choosing import COMMANDS, VERBS
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.guarding import MINOR_GUARD
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.scene import Turn
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.entries import Guard
from knowledge.own_figures import HOTLINES
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.states import GOALS, states
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

GUARDS = tuple(scene_now().library.guards.values())
SHOWN = ("clerk", "five_lenders", "kiosk")
"""Whose results are met here: a person, one with too many debts, and a business."""
STATES = {name: who for name, who in states().items() if not name.startswith("result") or name.endswith(SHOWN)}
CARDS = {name: who for name, who in states().items() if not name.startswith("result")}


def _turn(who: Conversation, **arrival: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, **arrival), scene_now())


def _sentence(guard: Guard, language: Language) -> str:
    tried = [said for said in guard.tried["must"] if said.isascii() == (language == "en")]
    return tried[0]


def _reply_of(guard: Guard, language: Language) -> str:
    return scene_now().library.phrases.in_script(language, guard.reply.said_in(language))


def _first_words(turn: Turn) -> str:
    block = turn.replies[0].blocks[0]
    assert isinstance(block, Text)
    return block.markup


def _actions(replies: tuple[Reply, ...]) -> set[str]:
    return {button.action for reply in replies for row in reply.buttons for button in row}


def _seen(replies: tuple[Reply, ...]) -> list[object]:
    """What a reader sees of some replies: their blocks and buttons."""
    return [(reply.blocks, reply.buttons) for reply in replies]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_a_guard_is_met_first_at_every_state(guard: Guard) -> None:
    """Whatever stands open, the guard's reviewed words come first, nothing is stored, and a way on is there."""
    for name, who in STATES.items():
        turn = _turn(who, text=_sentence(guard, "zh"))
        assert _first_words(turn) == _reply_of(guard, "zh"), name
        assert turn.conversation.answers == who.answers, name
        assert _actions(turn.replies), name
        if guard.suspends:
            assert turn.conversation.paused_by == guard.id, name
            assert len(turn.replies) == 1, name


@pytest.mark.parametrize("guard", [guard for guard in GUARDS if guard.suspends], ids=lambda guard: guard.id)
def test_a_pause_holds_and_leads_back(guard: Guard) -> None:
    """While a guard holds nothing else is shown, whatever is typed; afterwards the very same card stands there."""
    for name, who in CARDS.items():
        paused = _turn(who, text=_sentence(guard, "zh")).conversation
        for arrival in ({"text": "3万"}, {"action": "goal:cost"}, {"action": "now:"}, {"command": "cost"}):
            held = _turn(paused, **arrival)
            assert held.conversation.paused_by == guard.id, name
            assert held.conversation.answers == who.answers, name
            assert not {action for action in _actions(held.replies) if action.startswith(("pick", "skip"))}, name
        if guard.id != MINOR_GUARD:
            back = _turn(paused, action="resume:")
            assert _seen(back.replies) == _seen(screen(who.but(paused_by=None), scene_now())), name


@pytest.mark.parametrize("guard", [guard for guard in GUARDS if not guard.suspends], ids=lambda guard: guard.id)
def test_a_guard_that_does_not_pause_returns_to_the_very_card(guard: Guard) -> None:
    """After its words the same card stands there again."""
    for name, who in CARDS.items():
        assert _turn(who, text=_sentence(guard, "zh")).replies[1:] == screen(who, scene_now()), name


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_every_tried_sentence_is_met_somewhere(guard: Guard) -> None:
    """Each sentence that a guard was tried on sets off that guard or a more urgent one, at ever other cards."""
    order = {other.reply: other.order for other in GUARDS}
    names = cycle(CARDS)
    for said in guard.tried["must"]:
        name = next(names)
        turn = _turn(CARDS[name], text=said)
        met = next((other for other in GUARDS if _first_words(turn) == _reply_of(other, "zh")), None)
        assert met is not None, (name, said)
        assert order[met.reply] <= guard.order, (name, said)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_guards_speak_each_language(guard: Guard, language: Language) -> None:
    """The words come in the person's own language, and where life or money is at stake with an official number."""
    who = states()["menu"].but(language=language)
    words = _first_words(_turn(who, text=_sentence(guard, language)))
    assert words == _reply_of(guard, language)
    if guard.suspends:
        assert any(number in words for number in HOTLINES)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_a_guard_hears_commands_as_well(guard: Guard) -> None:
    """Words after a command are heard before the command is followed."""
    turn = _turn(states()["menu"], command="ask", text=_sentence(guard, "zh"))
    assert _first_words(turn) == _reply_of(guard, "zh")


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.id)
def test_a_guard_hears_captions_as_well(guard: Guard) -> None:
    """Words under a picture are heard though the picture cannot be read; other captions are left alone."""
    turn = _turn(states()["menu"], media="photo", text=_sentence(guard, "zh"))
    assert _first_words(turn) == _reply_of(guard, "zh")
    plain = _turn(states()["menu"], media="photo", text="你看")
    assert plain.replies == _turn(states()["menu"], media="photo").replies


def test_there_are_many_states() -> None:
    """Gates, cards, doubts, reviews, results and pauses are all there, for every goal."""
    kinds = {name.split()[0] for name in STATES}
    assert {"consent", "age", "minor", "menu", "card", "doubt", "review", "result", "paused"} <= kinds
    assert {name.split()[1] for name in STATES if name.startswith("result")} == set(GOALS)
    assert len(STATES) > 150


def test_under_eighteen_nothing_leads_to_borrowing() -> None:
    """Whoever is under 18 gets no button, command or words that open an interview, a result or an article."""
    minor = states()["card cost person cost_rate"].but(adult=False)
    asked = [{"action": f"{verb}:{argument}"} for verb in VERBS for argument in ("", "cost", "open_how", "yes")]
    asked += [{"command": command, "text": "怎么开通借呗"} for command in COMMANDS]
    for arrival in asked:
        if arrival.get("action", "").startswith(("age:", "erase")):
            continue
        turn = _turn(minor, **arrival)
        opened = {action for action in _actions(turn.replies) if action.startswith(("goal", "pick", "entry", "now"))}
        assert opened == set(), arrival
        assert turn.conversation.answers == minor.answers, arrival
        assert "日利率" not in "".join(words for reply in turn.replies for words in words_of(reply)), arrival


def test_the_burdened_are_led_to_the_debt_plan() -> None:
    """Where the debts are too heavy, cost apart, every result offers the way to lighten them and none to borrow."""
    for name in ("afford five_lenders", "afford late", "diagnose five_lenders"):
        actions = _actions(screen(states()[f"result {name}"], scene_now()))
        assert "goal:assess" in actions, name
        assert not actions & {"goal:cost", "goal:plan", "edit:afford_amount"}, name
