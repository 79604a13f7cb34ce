"""Why a line fell: three causes on the screen, each opens and leads back, all in a list, and nobody is sold a cure."""

from __future__ import annotations

import pytest

from bot.dialogue.abilities.diagnose import FIRST
from bot.dialogue.cards import CARD
from bot.dialogue.cause_words import cause_page
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.interview import kind_of, path
from bot.dialogue.messages import Arrival, Table
from bot.dialogue.probing import diagnosis
from bot.dialogue.scene import Turn
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from simulator.causes import MODEL, CauseModel
from simulator.results import Cause
from tests.dialogue.cast import CAST, LANGUAGES, SEEN, Person, Told
from tests.dialogue.judging import DOUBLED, UNFILLED, hits
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

FAMILIES = {"user", "platform", "system", "lender"}


def _press(who: Conversation, action: str) -> Turn:
    return take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now())


def _ranked(who: Conversation) -> tuple[Cause, ...]:
    return diagnosis(kind_of(who), who.answers, path(who, scene_now().library)).causes


def _opening(turn: Turn) -> list[str]:
    actions = [button.action for reply in turn.replies for row in reply.buttons for button in row]
    return [action for action in actions if action.startswith("cause:")]


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_the_likeliest_three_open_and_lead_back(person: Person) -> None:
    """The first screen names the three likeliest in their order; each opens in place and the way back is the screen."""
    who = person.asking("diagnose", "zh", **SEEN)
    (shown,) = screen(who, scene_now())
    found = _ranked(who)
    actions = [button.action for row in shown.buttons for button in row]
    assert [a for a in actions if a.startswith("cause:")] == [f"cause:{cause.cause}" for cause in found[:FIRST]]
    for cause in found[:FIRST]:
        turn = _press(who, f"cause:{cause.cause}")
        assert [reply.slot for reply in turn.replies] == [CARD]
        assert _press(turn.conversation, "result:").replies == (shown,)


@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_the_list_holds_every_cause(person: Person) -> None:
    """All causes that stand to reason are in the list, each once, by whose side they are on, and each opens."""
    who = person.asking("diagnose", "en", **SEEN)
    turn = _press(who, "causes:")
    assert _opening(turn) == [f"cause:{cause.cause}" for cause in _ranked(who)]
    tables = [block for reply in turn.replies for block in reply.blocks if isinstance(block, Table)]
    ranks = sorted(int(row[0]) for table in tables for row in table.rows)
    assert ranks == list(range(1, len(_ranked(who)) + 1))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", MODEL.causes, ids=lambda cause: cause.id)
def test_every_cause_of_the_model_has_a_whole_page(cause: CauseModel, language: Language) -> None:
    """For and against, where to look, what to do, how long to wait and whom to call, with a warning against fees."""
    assert cause.family in FAMILIES
    who, scene = CAST[0].asking("diagnose", language, **SEEN), scene_now()
    told = Cause(cause.id, cause.family, 0.31, ("page_says", "repaid"), ("lender_changed", "overdue_now"))
    words = cause_page(who, told, scene).markup
    entry = scene.library.causes[cause.id]
    for name in ("title", "speaks_for", "speaks_against", "check", "todo", "wait", "call"):
        assert scene.library.phrases.in_script(language, getattr(entry, name).said_in(language)) in words
    assert "96110" in words
    assert hits(UNFILLED, [words]) + hits(DOUBLED, [words]) == []


def test_own_answers_stand_with_the_cause_they_speak_for() -> None:
    """What the person said about the page is repeated where it speaks for a cause."""
    who = CAST[0].asking("diagnose", "en", **SEEN)
    first = next(cause for cause in _ranked(who) if "page_says" in cause.speaks_for)
    (reply,) = _press(who, f"cause:{first.cause}").replies
    assert "Page says: Being reviewed" in "\n".join(words_of(reply))


def test_every_family_can_come_first() -> None:
    """The user's side, the platform, a fault and the lender each lead for somebody."""
    seen: dict[str, dict[str, Told]] = {
        "user": {"page_says": "suspended", "overdue_now": True},
        "platform": {"page_says": "reassessing", "repaid": 9000.0, "repaid_early": False},
        "system": {"page_says": "error", "days_since": 0.0},
        "lender": {"page_says": "closed", "lender_changed": True, "overdue_now": False},
    }
    for family, told in seen.items():
        who = Person("x", {"kind": "person", **told}).asking("diagnose")
        assert _ranked(who)[0].family == family


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", CAST, ids=lambda person: person.name)
def test_every_layer_is_whole(person: Person, language: Language) -> None:
    """No layer leaves a place open or doubles a mark; less than a hundredth is said as such, never as nothing."""
    who = person.asking("diagnose", language, **SEEN)
    turns = [_press(who, action) for action in ("result:", "causes:", "footnotes:")]
    turns += [_press(who, action) for action in _opening(turns[1])]
    pieces = [piece for turn in turns for reply in turn.replies for piece in words_of(reply)]
    assert hits(UNFILLED, pieces) + hits(DOUBLED, pieces) == []
    assert not [piece for piece in pieces if piece == "0%"]


def test_starting_over_keeps_what_is_known_about_the_person() -> None:
    """What was seen is asked again; income and debts are not."""
    who = CAST[0].asking("diagnose", "en", **SEEN)
    again = _press(who, "probe_again:").conversation
    assert not again.answers.keys() & SEEN.keys()
    assert "monthly_income" in again.answers


def test_layers_wait_for_the_result() -> None:
    """While the interview runs, its layers show the card that stands open."""
    who = CAST[0].asking("diagnose", "en").but(hurried=False, accepted=False)
    for action in ("causes:", "footnotes:", "cause:anomaly"):
        actions = [b.action for reply in _press(who, action).replies for row in reply.buttons for b in row]
        assert any(action.startswith("pick:") for action in actions)


def test_a_cause_that_is_not_there_is_out_of_date() -> None:
    """A forged or outdated cause shows the screen that stands now."""
    who = CAST[0].asking("diagnose", "en", **SEEN)
    assert _opening(_press(who, "cause:nothing")) == _opening(_press(who, "result:"))
