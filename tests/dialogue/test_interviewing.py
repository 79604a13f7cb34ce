"""What the interview asks of a population, in which order, and what it says about the way ahead."""

from __future__ import annotations

import random
import statistics
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.arranging import FIRST_ROUND, agenda
from bot.dialogue.conversation import Answer, Conversation
from bot.dialogue.estimate import base_forecast, estimate, narrowing
from bot.dialogue.estimate_screen import tell_estimate
from bot.dialogue.interview import candidates, facts_of, just_useful, next_question, progress
from bot.dialogue.messages import Arrival
from bot.dialogue.predicates import PREDICATES
from bot.dialogue.turn import take_turn
from simulator.asking import ALWAYS_ASKED
from simulator.vocabulary import Kind, fact_names
from tests.dialogue.cast import CAST
from tests.dialogue.interviewing import (
    GOALS,
    MOST_CARDS,
    NARROW,
    ORDERS,
    USEFUL,
    interviewed,
    main,
    profiles,
    width,
)
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now

CLERK, LATE = (next(person for person in CAST if person.name == name) for name in ("clerk", "late"))
LINES = (None, 900.0, 20_000.0, 150_000.0, 3_000_000.0)


def _begun(goal: str, **told: bool | float | str) -> Conversation:
    answers = {name: Answer(value=value, at=NOW, source="said") for name, value in told.items()}
    return Conversation(id="x", consent_at=NOW, adult=True, goal=goal, answers=answers)


@pytest.mark.parametrize("goal", GOALS)
def test_stated_progress_is_true_and_narrow(goal: str) -> None:
    """In all walks of drawn borrowers the truth lies within what is said, and after the third answer within three."""
    luck = random.Random(7)
    for kind in Kind:
        for told in profiles(kind, 7, 12):
            walk = interviewed(goal, kind, told, luck, skips=luck.choice((0.0, 0.3)))
            assert walk.lies == []
            assert max(walk.late) <= NARROW


@pytest.mark.parametrize("kind", Kind)
def test_a_population_is_done_soon(kind: Kind) -> None:
    """Drawn borrowers, skipping or not, are done within the most cards there may be, and what protects was asked."""
    luck = random.Random(11)
    for told in profiles(kind, 11, 50):
        walk = interviewed("assess", kind, told, luck, skips=luck.choice((0.0, 0.5)))
        assert walk.cards <= MOST_CARDS[kind]
        assert walk.stages[-1].answers.keys() >= ALWAYS_ASKED & set(fact_names(kind))


@pytest.mark.parametrize("kind", Kind)
def test_a_useful_range_stands_after_five_answers(kind: Kind) -> None:
    """Over drawn borrowers the range after five answers is nearly as narrow as after all, and half that of the line."""
    luck, library = random.Random(3), scene_now().library
    stages = [interviewed("assess", kind, told, luck).stages for told in profiles(kind, 3, 20)]
    line, useful, whole = (
        statistics.median(width(facts_of(walk[at], library)) for walk in stages) for at in (2, USEFUL, -1)
    )
    assert useful < 0.65 * line
    assert useful < 1.3 * whole


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_asks_the_same(order: str) -> None:
    """The author's order and the one worked out anew ask the same questions as the chat, only in another order."""
    told = profiles(Kind.PERSON, 5, 1)[0]
    asked, chat = (interviewed("assess", Kind.PERSON, told, random.Random(1), order=one) for one in (order, "chat"))
    assert asked.stages[-1].answers.keys() == chat.stages[-1].answers.keys()


def test_the_figures_are_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The measurement prints what was promised: true statements, cards, and widths by answer."""
    monkeypatch.setattr("sys.argv", ["interviewing", "--profiles", "2"])
    main()
    told = capsys.readouterr().out
    assert "0 untrue statements" in told
    assert "person: 2 profiles" in told
    assert "after 16 answers" in told


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("line", LINES)
def test_the_worthiest_come_first_and_topics_stay_together(kind: Kind, line: float | None) -> None:
    """First who borrows and the four worthiest facts, then topic by topic; no topic is opened twice in a round."""
    plan = agenda(scene_now().library, frozenset({"assess", "assess_more"}), kind, line)
    asked = [question.id for question in plan.questions]
    assert len(plan.first) == FIRST_ROUND + 1
    assert set(asked[: FIRST_ROUND + 1]) == plan.first
    assert asked[:3] == ["kind", "current_line", "months_since_change"]
    assert set(asked[: len(plan.main)]) == plan.main
    rounds = (plan.first, plan.main - plan.first, set(asked) - plan.main)
    for names in rounds:
        topics = [topic for topic, _ in groupby(q.topic for q in plan.questions if q.id in names)]
        assert len(topics) == len(set(topics))


def test_a_larger_line_changes_what_is_asked_first() -> None:
    """Where the line is large against what people earn, the income is worth more than the other repayments."""
    small, large = (_begun("assess", kind="person", current_line=line) for line in (5_000.0, 200_000.0))
    library = scene_now().library
    assert [q.id for q in candidates(small, library)][4] == "monthly_debt_service"
    assert [q.id for q in candidates(large, library)][4] == "monthly_income"


def test_other_goals_keep_the_authors_order() -> None:
    """What is no assessment is asked in the order of the shelf."""
    asked = candidates(_begun("afford", kind="person", current_line=9_000.0), scene_now().library)
    assert [q.order for q in asked] == sorted(q.order for q in asked)


def test_who_borrows_is_open_at_first() -> None:
    """Before anybody has said who borrows, progress covers a person and a business; a changed answer counts as open."""
    library = scene_now().library
    fresh = _begun("assess")
    assert progress(fresh, library) == (MOST_CARDS[Kind.PERSON], MOST_CARDS[Kind.BUSINESS])
    person = _begun("assess", kind="person", current_line=9_000.0)
    before, changing = (progress(one, library) for one in (person, person.but(focus="current_line")))
    assert changing == (before.least + 1, before.most + 1)


def test_usefulness_is_said_once_and_only_where_it_is_true() -> None:
    """The card says that a range stands after the first round, once; not when skipped, late, or at extra questions."""
    library = scene_now().library
    first: dict[str, bool | float | str] = {
        "kind": "person",
        "current_line": 9_000.0,
        "months_since_change": 7.0,
        "overdue_now": False,
    }
    told = _begun("assess", **first, monthly_debt_service=700.0)
    assert just_useful(told, library)
    assert not just_useful(_begun("assess", **first), library)
    assert not just_useful(_begun("afford", **first, monthly_debt_service=700.0), library)
    assert not just_useful(_begun("assess", **{**first, "overdue_now": True}, monthly_debt_service=700.0), library)
    assert not just_useful(told.answered("purpose", Answer(value="education", at=NOW, source="said")), library)
    skipped = told.answered("overdue_now", Answer(value=None, at=NOW, source="skipped"))
    assert not just_useful(skipped, library)
    assert "useful range stands" in _said(told.but(language="en"), "review:", "further:")


def _said(who: Conversation, *actions: str) -> str:
    words = ""
    for number, action in enumerate(actions):
        turn = take_turn(who, Arrival(key=str(number), at=NOW, action=action), scene_now())
        who, words = turn.conversation, " ".join(piece for reply in turn.replies for piece in words_of(reply))
    return words


def test_why_says_how_much_an_answer_would_narrow() -> None:
    """What stood still is worth a good part of the range, another fact hardly anything, and both are said."""
    who = _begun("assess", kind="person", current_line=9_000.0).but(language="en")
    question = scene_now().library.questions
    still = narrowing(who, question["months_since_change"], scene_now())
    nothing = narrowing(who, question["line_raises_12m"], scene_now())
    assert still is not None
    assert still > 0.15
    assert nothing == 0.0
    assert "narrower on average" in _said(who, "why:months_since_change")
    assert "hardly narrow" in _said(who.but(more=True), "why:line_raises_12m")


def test_why_is_silent_where_there_is_no_range() -> None:
    """No range is spoken of for a question that is no fact, for another goal, or where debts are too heavy."""
    question = scene_now().library.questions["monthly_income"]
    assert narrowing(_begun("afford", kind="person"), question, scene_now()) is None
    assert narrowing(LATE.asking("assess"), question, scene_now()) is None
    assert narrowing(_begun("assess"), scene_now().library.questions["kind"], scene_now()) is None


@given(part=st.floats(0, 1))
@settings(max_examples=60, deadline=None)
def test_every_part_has_words(part: float) -> None:
    """Whatever the number, it is said in words, once, in each language, and no share of a hundred is claimed."""
    around = {"why": "W", "example": "E", "effect": "F", "bounds": ()}
    for language in ("zh", "en"):
        said = scene_now().library.phrases.say(language, "card.why_words", part=part, **around)
        without = scene_now().library.phrases.say(language, "card.why_words", part=None, **around)
        assert len(said) > len(without) + 15
        assert not any(character.isdigit() for character in said)


def test_a_line_that_stood_still_is_counted_in() -> None:
    """The longer nothing moved, the likelier nothing moves; it is said; plan and range start from the same line."""
    unsaid = CLERK.asking("assess")
    told = unsaid.but(answers={name: one for name, one in unsaid.answers.items() if name != "months_since_change"})
    forecasts = [base_forecast(one, scene_now()) for one in (told, CLERK.asking("assess", months_since_change=24.0))]
    assert forecasts[0].reports is None
    assert forecasts[1].reports is not None
    assert forecasts[0].no_change_probability + 0.1 < forecasts[1].no_change_probability
    calm = CLERK.asking("assess", "en", months_since_change=24.0)
    found = estimate(calm, scene_now())
    assert found.planned[0].p50 == found.base.line[0].p50 == CLERK.told["current_line"]
    words = " ".join(piece for reply in tell_estimate(calm, scene_now()) for piece in words_of(reply))
    assert "the longer a line has stood still" in words


def test_the_next_card_is_the_same_whatever_came_before() -> None:
    """Two people who said the same in another order see the same next card."""
    told: dict[str, bool | float | str] = {
        "kind": "person",
        "current_line": 9_000.0,
        "purpose": "education",
        "overdue_now": False,
    }
    one, other = _begun("assess", **told), _begun("assess", **dict(reversed(told.items())))
    assert next_question(one, scene_now().library) == next_question(other, scene_now().library)


@given(
    some=st.dictionaries(
        st.sampled_from(["overdue_now", "overdue_events_24m", "lenders_count", "monthly_debt_service", "repaid"]),
        st.sampled_from([True, False, 0.0, 3.0, None]),
    ),
    more=st.dictionaries(
        st.sampled_from(["overdue_now", "overdue_events_24m", "lenders_count", "monthly_debt_service", "repaid"]),
        st.sampled_from([True, False, 0.0, 3.0, None]),
    ),
)
def test_a_condition_that_holds_survives_further_answers(
    some: dict[str, bool | float | None], more: dict[str, bool | float | None]
) -> None:
    """Progress rests on it: no condition is undone by answering something else as well."""
    before = {name: Answer(value=value, at=NOW, source="said") for name, value in some.items()}
    after = {**{name: Answer(value=value, at=NOW, source="said") for name, value in more.items()}, **before}
    assert all(rule(after) for rule in PREDICATES.values() if rule(before))


def test_a_profile_of_the_population_is_answered_in_full() -> None:
    """Every fact of the interview is told as the profile has it."""
    told = profiles(Kind.BUSINESS, 9, 1)[0]
    walk = interviewed("assess", Kind.BUSINESS, told, random.Random(1))
    facts = facts_of(walk.stages[-1], scene_now().library)
    assert len(facts.values) >= MOST_CARDS[Kind.BUSINESS] - 2
    assert all(facts.values[name] == told[name] for name in facts.values)
