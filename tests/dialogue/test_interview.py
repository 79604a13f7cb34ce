"""The interview without a cursor: equal facts give an equal next card, and only the path counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.interview import facts_of, last_answered, next_question, path, progress
from bot.dialogue.messages import Arrival
from bot.dialogue.predicates import PREDICATES
from bot.dialogue.screens import screen
from bot.dialogue.turn import take_turn
from knowledge.entries import Question
from simulator.vocabulary import FACTS
from tests.journeys.walking import NOW, scene_now

GOALS = ("assess", "plan", "diagnose", "cost", "afford")
KINDS = ["person", "business"]
MOST_CARDS = {"person": 12, "business": 16}


def _someone(goal: str, kind: str = "person") -> Conversation:
    answers = {} if goal == "cost" else {"kind": Answer(value=kind, at=NOW, source="pressed")}
    return Conversation(id="x", consent_at=NOW, adult=True, goal=goal, answers=answers)


def _press(who: Conversation, action: str) -> Conversation:
    return take_turn(who, Arrival(key="k", at=NOW, action=action), scene_now()).conversation


def _choose(question: Question, pick: int) -> str:
    if not question.choices:
        return f"pick:{question.id}:{'yes' if pick % 2 else 'no'}"
    return f"pick:{question.id}:{pick % len(question.choices)}"


@pytest.mark.parametrize("kind", MOST_CARDS)
@pytest.mark.parametrize("pick", range(4))
def test_an_assessment_is_short(kind: str, pick: int) -> None:
    """A person is done in at most 12 cards, a business in at most 16, besides who they are."""
    who, cards = _someone("assess", kind), 0
    while (question := next_question(who, scene_now().library)) is not None:
        who = _press(who, _choose(question, pick))
        if question.id not in who.answers:
            who = _press(who, f"skip:{question.id}")
        cards += 1
    assert cards <= MOST_CARDS[kind]


@given(
    picks=st.lists(st.integers(0, 5), max_size=25),
    goal=st.sampled_from(GOALS),
    kind=st.sampled_from(KINDS),
)
@settings(max_examples=60, deadline=None)
def test_the_stated_progress_holds_the_truth(picks: list[int], goal: str, kind: str) -> None:
    """Wherever a walk stands, the number of cards that really come lies within what was said."""
    library = scene_now().library
    who = _someone(goal, kind)
    said: list[tuple[int, int, int]] = []
    for step in range(60):
        question = next_question(who, library)
        if question is None:
            break
        ahead = progress(who, library)
        said.append((step, ahead.least, ahead.most))
        pick = picks[step % len(picks)] if picks else 0
        who = _press(who, _choose(question, pick))
        if question.id not in who.answers:
            who = _press(who, f"skip:{question.id}")
        if question.id not in who.answers:
            who = _press(who, f"pick:{question.id}:0")
    assert [(at, least, most) for at, least, most in said if not least <= len(said) - at <= most] == []


@given(picks=st.lists(st.integers(0, 9), min_size=1, max_size=30), kind=st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None)
def test_equal_facts_give_an_equal_next_card(picks: list[int], kind: str) -> None:
    """Answering, going back, skipping and changing in any order ends at the card that the facts alone decide."""
    library = scene_now().library
    who = _someone("assess", kind)
    for pick in picks:
        question = next_question(who, library)
        if question is None:
            break
        verbs = {7: "back:", 8: f"skip:{question.id}", 9: f"edit:{question.id}"}
        who = _press(who, verbs.get(pick, _choose(question, pick)))
    calm = who.but(focus=None, failures=0, doubt=None, hurried=False, accepted=False, reviewing=False)
    fresh = _someone("assess", kind).but(answers=calm.answers, revision=calm.revision)
    assert screen(calm, scene_now()) == screen(fresh, scene_now())


def test_going_back_and_answering_the_same_restores_the_state() -> None:
    """Back and the same answer again leave all but the trail of changes byte for byte as it was."""
    who = _someone("assess")
    for action in ("pick:current_line:1", "pick:months_since_change:3", "pick:overdue_now:0"):
        who = _press(who, action)
    back = _press(who, "back:")
    assert next_question(back, scene_now().library) is not None
    assert back.answers == who.answers
    again = _press(back, "pick:overdue_now:0")
    apart: dict[str, object] = {"revision": 0, "shown": 0, "below": 0, "trail": ()}
    assert again.but(**apart).model_dump_json() == who.but(**apart).model_dump_json()


def test_what_is_off_the_path_never_reaches_the_simulator() -> None:
    """An answer whose branch was removed is kept, not used, and comes back with its branch."""
    library = scene_now().library
    late = {"overdue_now": Answer(value=True, at=NOW, source="pressed")}
    days = {"max_days_past_due_24m": Answer(value=40.0, at=NOW, source="said")}
    who = _someone("assess").but(more=True)
    on = who.but(answers={**who.answers, **late, **days})
    off = on.answered("overdue_now", Answer(value=False, at=NOW, source="pressed"))
    assert facts_of(on, library).number("max_days_past_due_24m") == 40.0
    assert not facts_of(off, library).known("max_days_past_due_24m")
    assert off.answers["max_days_past_due_24m"] == on.answers["max_days_past_due_24m"]
    assert facts_of(off.answered("overdue_now", late["overdue_now"]), library) == facts_of(on, library)


def test_a_person_who_becomes_a_business_is_asked_a_businesss_questions() -> None:
    """Changing who borrows changes the path; the person's income stays kept but is not used."""
    library = scene_now().library
    who = _press(_press(_someone("assess"), "pick:current_line:2"), "skip:used_balance")
    who = who.answered("monthly_income", Answer(value=9000.0, at=NOW, source="said"))
    business = who.answered("kind", Answer(value="business", at=NOW, source="pressed"))
    assert not facts_of(business, library).known("monthly_income")
    assert "monthly_turnover" in {question.id for question in path(business, library)}
    assert "monthly_income" in business.answers


def test_every_condition_in_the_questions_is_known() -> None:
    """A question file names only conditions that the dialogue has, and fills only facts that the simulator knows."""
    for question in scene_now().library.questions.values():
        assert question.when is None or question.when in PREDICATES
        assert question.fact is None or question.fact in FACTS


def test_back_stops_at_the_first_card() -> None:
    """Before anything was answered there is nothing to go back to, and it is said."""
    who = Conversation(id="x", consent_at=NOW, adult=True, goal="assess")
    assert last_answered(who, scene_now().library) is None
    turn = take_turn(who, Arrival(key="k", at=NOW, text="back"), scene_now())
    assert turn.conversation.answers == {}
    assert len(turn.replies) == 1
