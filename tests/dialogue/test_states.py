"""Every state meets whatever comes: another language, a sticker, a command, a question; and the same card is back."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.dialogue.conversation import Answer, Conversation, Doubt, Language
from bot.dialogue.interview import next_question
from bot.dialogue.messages import Arrival, Reply
from bot.dialogue.scene import Turn
from bot.dialogue.screens import open_question, screen
from bot.dialogue.turn import take_turn
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, SEEN, TARGET, Told
from tests.dialogue.judging import HAN
from tests.dialogue.test_languages import CALLED_BY_THEMSELVES
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

pytestmark = pytest.mark.usefixtures("reckoned_once")

GOALS = ("assess", "plan", "diagnose", "cost", "afford")
KINDS = ("person", "business")
CLERK = next(person for person in CAST if person.name == "clerk")
EXTRA: Mapping[str, Mapping[str, Told]] = {
    "assess": {},
    "plan": {"target": TARGET},
    "diagnose": SEEN,
    "cost": OFFER,
    "afford": OFFER,
}


def _answers(**told: bool | float | str) -> dict[str, Answer]:
    return {name: Answer(value=value, at=NOW, source="said") for name, value in told.items()}


def _cards() -> dict[str, Conversation]:
    """One conversation standing at every card of every interview, as it is reached by first choices."""
    standing = {}
    for goal in GOALS:
        for kind in KINDS:
            who = Conversation(id="x", consent_at=NOW, adult=True, goal=goal, answers=_answers(kind=kind))
            while (question := next_question(who, scene_now().library)) is not None:
                standing[f"{goal} {kind} {question.id}"] = who
                value = question.choices[0].value if question.choices else True
                plain = value if isinstance(value, bool | str) else float(value)
                who = who.answered(question.id, Answer(value=plain, at=NOW, source="pressed"))
    return standing


def _others() -> dict[str, Conversation]:
    """One conversation in each state that is no card of a question."""
    adult = Conversation(id="x", consent_at=NOW, adult=True)
    begun = adult.but(goal="assess", answers=_answers(kind="person"))
    doubt = Doubt(question="current_line", value=3.0, read_as="3 yuan", others=(30_000.0,))
    results = {f"result of {goal}": CLERK.asking(goal, "zh", **EXTRA[goal]) for goal in GOALS}
    return {
        "newcomer": Conversation(id="x"),
        "refused": Conversation(id="x", refused_at=NOW),
        "age": Conversation(id="x", consent_at=NOW),
        "minor": Conversation(id="x", consent_at=NOW, adult=False),
        "menu": adult,
        "doubt": begun.but(doubt=doubt),
        "review": begun.but(answers=_answers(kind="person", current_line=9_000.0), reviewing=True),
        "editing": begun.but(answers=_answers(kind="person", current_line=9_000.0), reviewing=True, focus="kind"),
        "paused": begun.but(paused_by="self_harm"),
        **results,
    }


CARDS, OTHERS = _cards(), _others()
STATES = {**CARDS, **OTHERS}


def _take(who: Conversation, **arrival: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, **arrival), scene_now())


def _words(replies: tuple[Reply, ...]) -> list[str]:
    return [piece for reply in replies for piece in words_of(reply)]


def test_many_states_are_met() -> None:
    """The states include the cards of every interview and everything between and after them."""
    assert len(CARDS) > 60
    assert {name.split()[0] for name in CARDS} == set(GOALS)


@pytest.mark.parametrize("name", sorted(OTHERS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_in_place(name: str, language: Language) -> None:
    """The same card or result stands there again in the new language, in its own slot, and nothing else changed."""
    who = OTHERS[name].but(language="en" if language != "en" else "zh")
    turn = _take(who, action=f"language:{language}")
    wanted = who.but(language=language, language_chosen=True)
    assert turn.conversation.but(revision=0, shown=0, below=0) == wanted.but(revision=0, shown=0, below=0)
    assert turn.replies == screen(wanted, scene_now())
    assert [reply.slot for reply in turn.replies] == [reply.slot for reply in screen(who, scene_now())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_changes_at_every_card(language: Language) -> None:
    """At each question of each interview the very card comes back, in the new language, edited in place."""
    for name, old in CARDS.items():
        who = old.but(language="en" if language != "en" else "zh")
        turn = _take(who, action=f"language:{language}")
        assert [reply.slot for reply in turn.replies] == ["card"], name
        assert turn.replies == screen(who.but(language=language, language_chosen=True), scene_now()), name
        if language == "en":
            left = {hit for words in _words(turn.replies) for hit in HAN.findall(words)}
            assert left <= set(CALLED_BY_THEMSELVES), name


@pytest.mark.parametrize("word", ["English", "英文", "english!"])
def test_a_language_may_be_asked_for_by_its_name_even_in_a_pause(word: str) -> None:
    """Who reads no Chinese need not find a button, also while a guard holds; the guard keeps holding."""
    for name in ("paused", "menu", "review", "doubt", "newcomer", "age"):
        turn = _take(OTHERS[name], text=word)
        assert turn.conversation.language == "en", name
        assert turn.conversation.paused_by == OTHERS[name].paused_by


@pytest.mark.parametrize("media", ["sticker", "voice", "photo", "document", "forward", "edited"])
def test_what_cannot_be_read_changes_nothing_anywhere(media: str) -> None:
    """At every state: a kind word, then the very same card or result, and no answer lost."""
    for name, who in STATES.items():
        if name.startswith("result") and media not in {"sticker", "voice"}:
            continue  # results take a while to draw, and two kinds of media show what holds for all
        turn = _take(who, media=media)
        after = turn.conversation
        assert after == who.but(revision=1, shown=after.shown, below=after.below), name
        assert turn.replies[1:] == screen(who, scene_now()), name
        assert _words(turn.replies[:1])[0], name


@pytest.mark.parametrize("command", ["help", "nonsense"])
def test_a_command_in_the_middle_leads_back_to_the_card(command: str) -> None:
    """Help, and a command that is not there, answer and show the same card again."""
    for name, who in CARDS.items():
        turn = _take(who, command=command)
        assert turn.conversation.answers == who.answers, name
        assert turn.replies[1:] == screen(who, scene_now()), name


@pytest.mark.parametrize("name", sorted(CARDS))
def test_a_question_in_the_middle_is_answered_and_leads_back(name: str) -> None:
    """Somebody who asks in the middle of an interview gets the answer and then the very same card."""
    who = CARDS[name]
    turn = _take(who, text="提前还款会不会影响额度？")
    assert turn.conversation.answers == who.answers
    assert "提前还款" in " ".join(_words(turn.replies[:1]))
    assert turn.replies[-1].slot == "card"
    assert open_question(turn.conversation, scene_now()) == open_question(who, scene_now())


def test_a_pause_shows_nothing_but_its_way_on() -> None:
    """While a guard holds, media, languages and stale buttons bring no question, no result and no menu."""
    paused = OTHERS["paused"]
    for arrival in ({"media": "voice"}, {"action": "language:en"}, {"action": "back:"}, {"action": "undo:"}):
        turn = _take(paused, **arrival)
        actions = {button.action for reply in turn.replies for row in reply.buttons for button in row}
        assert actions == {"resume:"}, arrival
