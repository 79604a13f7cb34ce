"""What people say beside the matter: greetings, thanks, doubts about us, bare figures, and an age at the age gate."""

from __future__ import annotations

import pytest

from bot.dialogue.consenting import WORDS
from bot.dialogue.conversation import Answer, Conversation, Language
from bot.dialogue.hearing.ages import of_age
from bot.dialogue.hearing.figures import is_bare_figure
from bot.dialogue.interview import path
from bot.dialogue.messages import Arrival
from bot.dialogue.scene import Turn
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from tests.dialogue.states import states
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

FRESH = Conversation(id="fresh", language="en")
ASKED_AGE = FRESH.but(consent_at=NOW, consent_words=WORDS)
AT_MENU = ASKED_AGE.but(adult=True)
AT_CARD = AT_MENU.but(goal="assess")
RESULT = next(who for name, who in states().items() if name.startswith("result") and name.endswith("clerk"))


def _say(who: Conversation, text: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, text=text), scene_now())


def _words(turn: Turn) -> str:
    return "\n".join(piece for reply in turn.replies for piece in words_of(reply))


@pytest.mark.parametrize("who", [FRESH, AT_MENU, AT_CARD, RESULT])
@pytest.mark.parametrize(("said", "phrase"), [("hello", "hello"), ("谢谢", "thanks"), ("Who are you?", "who")])
def test_small_talk_is_answered_kindly_and_changes_nothing(who: Conversation, said: str, phrase: str) -> None:
    """A greeting, thanks or a doubt about us is answered at every state, and nothing is noted as not understood."""
    turn = _say(who, said)
    assert _words(turn).startswith(scene_now().say(who, f"talk.{phrase}"))
    assert turn.conversation.answers == who.answers
    assert [note.kind for note in turn.notes if note.kind in {"missed", "unanswered"}] == []


@pytest.mark.parametrize("who", [FRESH, ASKED_AGE, AT_MENU, RESULT])
@pytest.mark.parametrize("said", ["about 35k", "9k", "half a year", "20%", "3万5", "0.05% a day"])
def test_a_bare_figure_that_nothing_waits_for_is_no_question(who: Conversation, said: str) -> None:
    """A figure alone never brings an article about something else."""
    assert is_bare_figure(said)
    assert [note.kind for note in _say(who, said).notes if note.kind in {"answered", "unsure"}] == []


@pytest.mark.parametrize("said", ["1万怎么提", "how much interest on 5000", "额度从3万降到5千", "why 20%?"])
def test_a_sentence_with_a_figure_is_no_bare_figure(said: str) -> None:
    """Words beside a figure are still heard as a question."""
    assert not is_bare_figure(said)


@pytest.mark.parametrize(
    ("said", "adult"), [("I am 27", True), ("27", True), ("我27岁", True), ("I'm 17 years old", False), ("16岁", False)]
)
def test_an_age_answers_the_age_gate(said: str, adult: bool) -> None:
    """Who tells how old they are has answered whether they are of age."""
    assert of_age(said) is adult
    assert _say(ASKED_AGE, said).conversation.adult in ({True} if adult else {False, None})


@pytest.mark.parametrize("said", ["1998", "", "not sure", "12k", "16 to 20", "-5", "17.9"])
def test_what_tells_no_single_age_is_no_age(said: str) -> None:
    """A year of birth, a range or an amount does not open or shut the gate."""
    assert of_age(said) is None
    assert _say(ASKED_AGE, said or "?").conversation.adult is None


def test_why_is_answered_at_both_gates() -> None:
    """Whoever asks why at a gate is told why, and stays at it."""
    assert scene_now().say(ASKED_AGE, "age.why") in _words(_say(ASKED_AGE, "why"))
    privacy = take_turn(FRESH, Arrival(key="k", at=NOW, action="privacy:"), scene_now())
    assert _say(FRESH, "why").replies == privacy.replies
    assert _say(FRESH, "why").conversation.consent_at is None


@pytest.mark.parametrize("said", ["yes, I agree", "ok, I agree please", "好的，我同意"])
def test_courtesies_around_a_short_answer_do_not_hide_it(said: str) -> None:
    """A yes, an ok or a please around what is meant changes nothing."""
    assert _say(FRESH, said).conversation.consent_at == NOW


def test_the_long_words_about_consent_are_said_once() -> None:
    """After an answer given below them only the choice is repeated."""
    first = take_turn(FRESH, Arrival(key="k", at=NOW, command="start"), scene_now())
    again = _say(first.conversation, "hello")
    assert scene_now().say(FRESH, "welcome.consent_again") in _words(again)
    assert len(_words(again)) < len(_words(first)) / 2
    assert [button.action for row in again.replies[-1].buttons for button in row][:2] == ["consent:yes", "consent:no"]


@pytest.mark.parametrize(
    ("said", "action"), [("what if", "what_if:"), ("sources", "details:"), ("what not to do", "layer:avoid")]
)
def test_the_layers_of_a_result_open_by_their_names(said: str, action: str) -> None:
    """What a button of the result opens, its name opens too."""
    by_name = _say(RESULT, said)
    by_button = take_turn(RESULT, Arrival(key="k", at=NOW, action=action), scene_now())
    assert by_name.replies == by_button.replies
    assert by_name.replies != ()


@pytest.mark.parametrize("said", ["now", "back"])
def test_at_the_menu_there_is_no_way_back_and_no_result(said: str) -> None:
    """The menu says so and stands as it was."""
    turn = _say(AT_MENU, said)
    assert scene_now().say(AT_MENU, "card.at_menu") in _words(turn)
    assert turn.conversation.hurried is False


@pytest.mark.parametrize("said", ["about 35k", "4.5k", "half a year"])
def test_a_figure_at_a_choice_is_asked_back_for_the_choice(said: str) -> None:
    """Where a choice is asked for, a figure is met with the choice and never with an article."""
    turn = _say(AT_CARD, said)
    assert len(turn.replies) == 1
    assert [note.kind for note in turn.notes] == ["missed"]


@pytest.mark.parametrize("said", ["why is the sky so blue today?", "为什么天是蓝的？"])
def test_a_question_we_cannot_answer_is_never_called_unreadable(said: str) -> None:
    """Beside a card a question outside our field is told to be one, and does not count as a failed answer."""
    turn = _say(AT_CARD.but(answers={"kind": Answer(value="person", at=NOW, source="pressed")}), said)
    assert turn.conversation.failures == 0
    assert "missed" not in {note.kind for note in turn.notes}


@pytest.mark.parametrize("said", ["yes, early", "was 40k, now 12k", "no, nothing"])
def test_a_short_answer_at_a_card_brings_no_article(said: str) -> None:
    """What is plainly an answer, though not to this card, is asked back instead of being lectured on."""
    person = Answer(value="person", at=NOW, source="pressed")
    turn = _say(AT_MENU.but(goal="diagnose", answers={"kind": person}), said)
    assert {note.kind for note in turn.notes} & {"answered", "unsure"} == set()


def test_a_hotline_alone_is_a_question() -> None:
    """Who types the number of a hotline wants to know whose it is."""
    assert [note.kind for note in _say(AT_MENU, "12378").notes] == ["answered"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_missing_figure_is_said_to_be_missing(language: Language) -> None:
    """Who hurries before the term is told is asked for it, and not told that figures clash."""
    amount = Answer(value=9000.0, low=9000.0, high=9000.0, at=NOW, source="said")
    hurried = AT_MENU.but(language=language, goal="afford", hurried=True, answers={"afford_amount": amount})
    shown = "\n".join(piece for reply in screen(hurried, scene_now()) for piece in words_of(reply))
    assert ("还缺一个数" if language == "zh" else "One figure is still missing") in shown
    assert "edit:afford_months" in str(screen(hurried, scene_now()))


def test_a_budget_that_suffices_shares_out_nothing() -> None:
    """Where a month covers what is due, the rest is for a reserve and the dearest debt, not for all lenders."""
    told = {"kind": "person", "list_debts": 0.0, "monthly_income": 30000.0, "afford_living": 5000.0}
    told |= {"monthly_debt_service": 9000.0, "priority_payments": 0.0}
    answers = {name: Answer(value=value, low=None, high=None, at=NOW, source="said") for name, value in told.items()}
    shown = screen(AT_MENU.but(goal="budget", hurried=True, answers=answers), scene_now())
    words = "\n".join(piece for reply in shown for piece in words_of(reply))
    assert "enough to pay the other lenders" in words
    assert "goes to the other lenders" not in words


@pytest.mark.parametrize(("command", "sure"), [("delete my data", "erase"), ("withdraw consent", "withdraw")])
def test_a_yes_in_words_means_the_grave_step_just_asked_about(command: str, sure: str) -> None:
    """A yes right after the question does it, a no leads to one's data, and later a yes means nothing of the kind."""
    asked = _say(AT_MENU, command).conversation
    done = _say(asked, "yes")
    assert done.erase if sure == "erase" else done.conversation.refused_at == NOW
    kept = _say(asked, "no").conversation
    assert kept.consent_at == AT_MENU.consent_at
    late = _say(_say(asked, "hello").conversation, "yes")
    assert not late.erase
    assert late.conversation.consent_at == AT_MENU.consent_at


def test_a_scam_warning_says_how_to_go_on() -> None:
    """Whoever only asked about scams learns how to go on, and the menu leads there; despair waits for a clear word."""
    warned = _say(AT_MENU, "can someone raise my line for a fee?").conversation
    assert warned.paused_by == "scam_offer"
    assert scene_now().say(warned, "guard.still_careful", guard="scam_offer") in _words(
        _say(warned, "who lends the money?")
    )
    assert _say(warned, "menu").conversation.paused_by is None
    despairing = _say(AT_MENU, "I want to die").conversation
    assert _say(despairing, "menu").conversation.paused_by == "self_harm"


def test_a_debt_that_is_not_told_is_not_asked_about_further() -> None:
    """Whoever skips what is owed on a debt, or owes nothing on it, is not asked what is due on it or its rate."""
    told = {"kind": "person", "list_debts": "one", "debt1_balance": 0.0}
    answers = {name: Answer(value=value, at=NOW, source="said") for name, value in told.items()}
    names = {question.id for question in path(AT_MENU.but(goal="budget", answers=answers), scene_now().library)}
    assert names & {"debt1_payment", "debt1_rate"} == set()
    assert "debt1_balance" in names


def test_who_lightens_debts_is_led_to_nothing_else_by_an_answer() -> None:
    """Below an answer one can say whether it helped, and no way leads to a plan for more while debts are lightened."""
    person = {"kind": Answer(value="person", at=NOW, source="pressed")}
    asking = "How and when can my line be raised?"
    turn = _say(AT_MENU.but(goal="budget", answers=person), asking)
    assert [note.kind for note in turn.notes] == ["answered"]
    assert {button.action.split(":")[0] for row in turn.replies[0].buttons for button in row} == {"helped"}
    assert "make the debt lighter first" in _words(turn)
    elsewhere = {button.action.split(":")[0] for row in _say(AT_MENU, asking).replies[0].buttons for button in row}
    assert elsewhere > {"helped"}


def test_debts_are_gone_at_the_pace_that_a_month_bears() -> None:
    """Where a month is short, how long repaying takes is said for what is left and not for what is due."""
    told = {"kind": "person", "list_debts": "one", "monthly_income": 7500.0, "afford_living": 3500.0}
    told |= {
        "monthly_debt_service": 4300.0,
        "priority_payments": 0.0,
        "debt1_balance": 50000.0,
        "debt1_payment": 4300.0,
    }
    answers = {name: Answer(value=value, at=NOW, source="said") for name, value in told.items()}
    shown = screen(AT_MENU.but(goal="budget", hurried=True, answers=answers), scene_now())
    words = "\n".join(piece for reply in shown for piece in words_of(reply))
    assert "missing each month" in words
    assert "4,000 a month in all (what a month really leaves" in words
