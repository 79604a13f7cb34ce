"""One turn at the edges: consent, age, pauses, stale buttons, commands, media and quick figures."""

from __future__ import annotations

import time

import pytest

from bot.dialogue.choosing import COMMANDS, VERBS
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.messages import Arrival, Reply, Text
from bot.dialogue.scene import Turn
from bot.dialogue.turn import take_turn
from tests.journeys.walking import NOW, journeys, read_journey, scene_now, walk

CONTRACT = (
    "start",
    "menu",
    "assess",
    "diagnose",
    "cost",
    "plan",
    "ask",
    "language",
    "data",
    "delete",
    "cancel",
    "help",
)


def _turn(who: Conversation, **arrival: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, **arrival), scene_now())


def _words(replies: tuple[Reply, ...]) -> str:
    return "\n".join(block.markup for reply in replies for block in reply.blocks if isinstance(block, Text))


@pytest.fixture
def adult() -> Conversation:
    """Someone of age who agreed, at the menu."""
    return Conversation(id="x", consent_at=NOW, adult=True)


def test_every_contract_command_answers(adult: Conversation) -> None:
    """The commands that outsiders rely on are there, and each gives a reply."""
    assert {*CONTRACT, "help"} <= set(COMMANDS)
    for command in (*CONTRACT, "help"):
        assert _turn(adult, command=command).replies


def test_an_unknown_command_is_told(adult: Conversation) -> None:
    """A command that is not there is named together with the ones that are."""
    assert "/nonsense" in _words(_turn(adult, command="nonsense").replies)


@pytest.mark.parametrize("verb", sorted(VERBS))
@pytest.mark.parametrize("argument", ["", "x", "kind:99", "kind:0", "\u202e", "9" * 80])
def test_any_button_ever_pressed_is_answered(verb: str, argument: str, adult: Conversation) -> None:
    """A forged, stale or foreign press never crashes and always shows a card."""
    for who in (adult, adult.but(goal="assess"), adult.but(goal="diagnose"), Conversation(id="y")):
        assert _turn(who, action=f"{verb}:{argument}").replies


def test_an_unknown_button_shows_the_present_card(adult: Conversation) -> None:
    """A button nobody made is out of date, and the present card follows."""
    assert _turn(adult, action="nothing:1").replies[-1].buttons


def test_nothing_is_asked_before_consent() -> None:
    """Without consent neither words nor buttons open an interview or store an answer."""
    who = Conversation(id="x")
    for arrival in ({"action": "goal:assess"}, {"command": "assess"}, {"action": "pick:kind:0"}, {"text": "3万"}):
        after = _turn(who, **arrival).conversation
        assert after.goal is None
        assert after.answers == {}


def test_general_knowledge_needs_no_consent() -> None:
    """Who refused may still ask, and nothing is stored but the refusal."""
    refused = _turn(Conversation(id="x"), action="consent:no").conversation
    turn = _turn(refused, text="提前还款会不会影响额度")
    assert turn.conversation.answers == {}
    assert "提前还款" in _words(turn.replies)


def test_a_minor_gets_no_borrowing_talk() -> None:
    """Under 18, questions, commands and buttons about borrowing lead back to the same kind card."""
    minor = Conversation(id="x", consent_at=NOW, adult=False)
    talk: tuple[dict[str, str], ...] = (
        {"text": "怎么开通借呗"},
        {"command": "ask", "text": "怎么提额"},
        {"action": "entry:open_how"},
        {"action": "goal:cost"},
    )
    for arrival in talk:
        words = _words(_turn(minor, **arrival).replies)
        assert "未满 18 岁" in words
        assert "额度在" not in words


def test_a_pause_holds_until_the_person_goes_on(adult: Conversation) -> None:
    """After a cry for help no card comes until it is asked for."""
    paused = _turn(adult.but(goal="assess"), text="我不想活了").conversation
    assert paused.paused_by == "self_harm"
    for arrival in ({"text": "3万"}, {"action": "pick:kind:0"}, {"command": "assess"}):
        turn = _turn(paused, **arrival)
        assert turn.conversation.paused_by == "self_harm"
        assert turn.conversation.answers == {}
    assert _turn(paused, text="我想继续").conversation.paused_by is None


@pytest.mark.parametrize("media", ["sticker", "voice", "photo", "document"])
def test_what_cannot_be_read_gets_a_kind_word_and_the_same_card(media: str, adult: Conversation) -> None:
    """A sticker, a voice message or a photo changes nothing and shows the card again."""
    who = adult.but(goal="assess")
    turn = _turn(who, media=media)
    assert turn.conversation == who.but(revision=1, shown=1, below=turn.conversation.below)
    assert turn.replies[-1].slot == "card"


def test_several_answers_at_once_land_in_their_fields(adult: Conversation) -> None:
    """Three answers pasted in one message fill three cards."""
    who = adult.but(goal="assess", answers={"kind": Answer(value="person", at=NOW, source="pressed")})
    after = _turn(who, text="3万\n半年\n没有").conversation
    values = {name: after.answers[name].value for name in ("current_line", "months_since_change", "overdue_now")}
    assert values == {"current_line": 30000.0, "months_since_change": 6.0, "overdue_now": False}


def test_a_yearly_income_is_asked_back_as_its_month(adult: Conversation) -> None:
    """An amount over another time is never stored as it stands: its month is offered first, the other reading too."""
    answers = {name: Answer(value=None, at=NOW, source="skipped") for name in ("current_line", "used_balance")}
    answers |= {"kind": Answer(value="person", at=NOW, source="pressed")}
    who = adult.but(goal="afford", answers=answers, focus="monthly_income")
    asked = _turn(who, text="年薪24万").conversation
    assert asked.doubt is not None
    assert "monthly_income" not in asked.answers
    assert _turn(asked, text="对").conversation.answers["monthly_income"].value == 20000.0
    assert _turn(asked, action="yes:0").conversation.answers["monthly_income"].value == 240000.0


def test_a_contradiction_is_not_stored(adult: Conversation) -> None:
    """More drawn than the line holds is told, and the earlier answer stays."""
    kind = {"kind": Answer(value="person", at=NOW, source="pressed")}
    who = _turn(adult.but(goal="assess", answers=kind), text="1万").conversation
    turn = _turn(who.but(focus="used_balance"), text="5万")
    assert "used_balance" not in turn.conversation.answers
    assert "不会超过额度" in _words(turn.replies)


def test_the_language_can_change_in_the_middle(adult: Conversation) -> None:
    """The open card comes back in the new language with every answer kept."""
    who = adult.but(goal="assess", answers={"kind": Answer(value="person", at=NOW, source="pressed")})
    turn = _turn(who, text="English")
    assert turn.conversation.answers == who.answers
    assert "credit line" in _words(turn.replies)
    assert "額度" in _words(_turn(turn.conversation, text="traditional chinese").replies)


def test_erasing_forgets_everything(adult: Conversation) -> None:
    """Deletion asks once and then leaves an empty conversation."""
    who = adult.but(answers={"kind": Answer(value="person", at=NOW, source="pressed")})
    asked = _turn(who, command="delete")
    assert asked.conversation.answers == who.answers
    gone = _turn(asked.conversation, action="erase:")
    assert gone.erase
    assert gone.conversation.answers == {}
    assert gone.conversation.consent_at is None


def test_turns_are_quick() -> None:
    """The turns of a whole journey, its result included, take under 50 ms of one core each on average."""
    scene_now()
    walk(read_journey(journeys()[0]))
    before = time.process_time()
    walker = walk(read_journey(journeys()[0]))
    spent = (time.process_time() - before) / (walker.steps + 1)
    assert spent < 0.05
