"""Every question whole: why it is asked, an example, its unit and range, and what an answer does, in every script."""

from __future__ import annotations

import dataclasses
import re
from functools import cache

import pytest

from bot.dialogue.abilities.answer import why_words
from bot.dialogue.answering import Missed, bounds_of, read_answer
from bot.dialogue.cards import bounds_words, question_card, unit_of
from bot.dialogue.conversation import Conversation, Language
from bot.dialogue.interview import PRODUCTS
from knowledge.checking_records import check_records
from knowledge.entries import NO_WORDS, Question
from simulator.forecasting import forecast
from simulator.vocabulary import FACTS, Facts, FactValue, Kind, Problem
from tests.dialogue.cast import LANGUAGES
from tests.dialogue.wandering import words_of
from tests.journeys.walking import NOW, scene_now
from tests.knowledge.shipped import shipped

QUESTIONS = scene_now().library.questions
NUMBERS = frozenset({"money", "percent", "count", "duration", "rate"})

ORDINARY: dict[Kind, dict[str, FactValue]] = {
    Kind.PERSON: {
        "current_line": 20_000.0,
        "used_balance": 5_000.0,
        "monthly_income": 9_000.0,
        "monthly_debt_service": 1_000.0,
        "months_on_book": 30.0,
        "lenders_count": 1.0,
    },
    Kind.BUSINESS: {
        "current_line": 150_000.0,
        "used_balance": 40_000.0,
        "monthly_turnover": 120_000.0,
        "gross_margin": 0.25,
        "monthly_debt_service": 6_000.0,
        "months_on_book": 30.0,
        "lenders_count": 1.0,
    },
}
"""Two ordinary borrowers, for whom one answer at a time is changed."""

EXAMPLES_ZH, EXAMPLES_EN = re.compile("例如：(.*?)。"), re.compile(r"[Ff]or example:? (.*?)(?:\.(?!\d)|$)")
UP, DOWN = "further up", "further down"


@pytest.mark.parametrize("name", sorted(QUESTIONS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_whole(name: str, language: Language) -> None:
    """Purpose, example, unit, range and effect of each question stand in the reader's own script on the why card."""
    question = QUESTIONS[name]
    who = Conversation(id="x", language=language, consent_at=NOW, adult=True)
    said = [
        scene_now().library.phrases.in_script(language, words.said_in(language))
        for words in (question.ask, question.label, question.why, question.example, question.effect)
    ]
    assert all(said)
    assert unit_of(question) or question.hear in {"choice", "flag", "date"}
    if question.hear in NUMBERS:
        assert len(bounds_words(who, question, scene_now())) == 2
    else:
        assert question.hear == "flag" or question.choices
    card = question_card(who, question, scene_now())
    words = why_words(who, question, scene_now()) + "".join(words_of(card))
    assert [one for one in said[2:] if one not in words] == []


@pytest.mark.parametrize("name", sorted(one.id for one in QUESTIONS.values() if one.hear in NUMBERS))
def test_a_number_has_three_examples_that_are_understood(name: str) -> None:
    """The second help gives three examples at least, in both languages, and they are heard where they are typed."""
    question = QUESTIONS[name]
    who = Conversation(id="x", consent_at=NOW, adult=True)
    for words, pattern in ((question.example.zh, EXAMPLES_ZH), (question.example.en, EXAMPLES_EN)):
        found = pattern.search(words)
        assert found is not None, words
        pieces = [re.sub("（.*?）", "", piece).strip() for piece in re.split(r"[、；;，]|,(?!\d{3})", found[1])]
        assert len(pieces) >= 3, words
        heard = [one for one in pieces if not isinstance(read_answer(who, question, one, scene_now()), Missed)]
        assert len(heard) >= 2, (words, heard)


def test_a_question_that_lacks_something_is_a_problem() -> None:
    """The check names a question without its effect, and a number of its own without bounds."""
    library = shipped()[0]
    bare = dataclasses.replace(library.questions["target"], effect=NO_WORDS, least=None)
    shelf = {**library.questions, "target": bare}
    found = {problem.field for problem in check_records(dataclasses.replace(library, questions=shelf))}
    assert {"effect", "least"} <= found
    assert not {problem.field for problem in check_records(library)} & {"effect", "least"}


def _directed() -> list[tuple[Kind, str]]:
    return [
        (kind, question.id)
        for question in QUESTIONS.values()
        if question.fact not in {None, "purpose"}
        for kind in sorted(question.kinds)
    ]


@pytest.mark.parametrize(("kind", "name"), _directed())
def test_what_an_effect_says_is_what_the_simulator_does(kind: Kind, name: str) -> None:
    """Words that speak of further up or further down agree with the range when the answer goes from low to high."""
    question = QUESTIONS[name]
    said = question.effect.en
    if UP not in said and DOWN not in said:
        return
    low, high = _ends(question)
    before, after = _middle(kind, name, low), _middle(kind, name, high)
    assert after >= before if UP in said else after <= before


def _ends(question: Question) -> tuple[FactValue, FactValue]:
    if question.hear == "flag":
        return False, True
    values = sorted(choice.value for choice in question.choices if not isinstance(choice.value, str))
    return values[0], values[-1]


@cache
def _middle(kind: Kind, fact: str, value: FactValue) -> float:
    """The sum of the ends and the middle of the range in a year, for an ordinary borrower with one answer."""
    facts = Facts(kind)
    for name, told in {**ORDINARY[kind], fact: value}.items():
        changed = facts.with_value(name, told)
        assert not isinstance(changed, Problem)
        facts = changed
    pack = scene_now().packs[PRODUCTS[kind]]
    end = forecast(facts, pack, months=12, seed=1, preset="honest", draws=300).line[12]
    return end.p10 + end.p50 + end.p90


def test_only_facts_claim_to_move_the_estimate() -> None:
    """A question that fills no fact never claims to move the estimate; most facts name their direction."""
    facts = [question for question in QUESTIONS.values() if question.fact is not None]
    assert sum(UP in one.effect.en or DOWN in one.effect.en for one in facts) > 0.9 * len(facts)
    others = [question for question in QUESTIONS.values() if question.fact is None]
    assert [one.id for one in others if UP in one.effect.en or DOWN in one.effect.en] == []


def test_bounds_hold_every_choice() -> None:
    """No quick choice stands outside the bounds of its question; a rate's choices are per year."""
    for question in QUESTIONS.values():
        low, high = bounds_of(question)
        numbers = [choice.value for choice in question.choices if not isinstance(choice.value, bool | str)]
        if low is not None and high is not None:
            assert all(low <= value <= high for value in numbers), question.id


def test_units_are_those_of_the_facts() -> None:
    """A question that fills a fact speaks in its unit, so that what is shown back is what is kept."""
    filling = [question for question in QUESTIONS.values() if question.fact is not None]
    assert [one.id for one in filling if one.unit != FACTS[one.fact or ""].unit] == []
