"""What must hold of the questions, actions, causes and cases that ship: complete, honest, and true to the simulator."""

from __future__ import annotations

from dataclasses import fields

import pytest

from knowledge.entries import Case
from simulator.causes import MODEL
from simulator.effects import LOWER_IS_BETTER
from simulator.forecasting import forecast
from simulator.loading import read_packs
from simulator.results import Range
from simulator.signs import Seen
from simulator.vocabulary import FACTS, Facts, Kind
from tests.knowledge.shipped import shipped

LIBRARY, PROBLEMS = shipped()
PACKS = read_packs()[0]
PRODUCTS = {Kind.PERSON: "jiebei", Kind.BUSINESS: "wangshang"}
MOST_ASKED = {Kind.PERSON: 12, Kind.BUSINESS: 16}
TOLD = [case for case in LIBRARY.cases.values() if case.figures is not None]
ORDINARY = {
    Kind.PERSON: {
        "current_line": 20_000.0,
        "monthly_income": 8_000.0,
        "used_balance": 14_000.0,
        "draws_per_month": 5.0,
    },
    Kind.BUSINESS: {"current_line": 100_000.0, "monthly_turnover": 150_000.0, "gross_margin": 0.25},
}
OUTCOMES = {"raised", "slower", "unchanged", "cut", "vanished", "debt_reduced", "closed", "refused", "scammed"}


def line_after(
    kind: Kind, situation: dict[str, float | bool | str], actions: tuple[str, ...], months: int, draws: int
) -> Range:
    facts = Facts(kind, situation)
    started = [(LIBRARY.actions[name].action, 0) for name in actions]
    told = forecast(facts, PACKS[PRODUCTS[kind]], actions=started, months=months, draws=draws)
    return told.line[months]


def test_the_shelves_load_without_a_problem() -> None:
    """No file on the four shelves has anything wrong with it."""
    shelves = ("questions/", "actions/", "causes/", "cases/")
    assert [problem for problem in PROBLEMS if problem.file.startswith(shelves)] == []


def test_every_fact_can_be_told() -> None:
    """Each fact of the simulator has a question of the same name for the same kinds of borrowers."""
    asked = {question.fact: question for question in LIBRARY.questions.values() if question.fact is not None}
    assert set(asked) == set(FACTS)
    assert all(question.id == name and question.kinds == FACTS[name].kinds for name, question in asked.items())


@pytest.mark.parametrize("kind", list(Kind))
def test_an_estimate_needs_few_questions(kind: Kind) -> None:
    """A person is asked at most twelve questions and a business at most sixteen, after who they are."""
    asked = [q for q in LIBRARY.questions.values() if "assess" in q.goals and kind in q.kinds and q.id != "kind"]
    assert 5 < len(asked) <= MOST_ASKED[kind]


def test_everything_seen_can_be_told() -> None:
    """Each sign of a fallen line has a question of the same name in the diagnosis."""
    asked = {question.id for question in LIBRARY.questions.values() if "diagnose" in question.goals}
    assert {field.name for field in fields(Seen)} <= asked


def test_bands_do_not_overlap() -> None:
    """Where quick choices are bands, each value lies within its own band and in no other band's inside."""
    for question in LIBRARY.questions.values():
        bands = [(c.low, c.high, c.value) for c in question.choices if c.low is not None and c.high is not None]
        for low, high, value in bands:
            assert isinstance(value, float | int), question.id
            assert low <= value <= high, question.id
            assert not any(a < value < b for a, b, other in bands if other != value), question.id


def test_causes_are_those_of_the_diagnosis() -> None:
    """The words cover every cause of the simulator's diagnosis, in the same family, and no other."""
    modelled = {cause.id: cause.family for cause in MODEL.causes}
    assert {name: cause.family for name, cause in LIBRARY.causes.items()} == modelled


def test_effects_move_facts_for_the_better() -> None:
    """No action adds debt, draws or lateness, and none takes away what is good."""
    for name, entry in LIBRARY.actions.items():
        for effect in entry.action.effects:
            better = -1.0 if effect.fact in LOWER_IS_BETTER else 1.0
            start = {"by": 0.0, "times": 1.0}.get(effect.how)
            if start is not None:
                assert better * (effect.low - start) >= 0.0 <= better * (effect.high - start), name


@pytest.mark.parametrize("name", sorted(LIBRARY.actions))
def test_no_action_lowers_the_line(name: str) -> None:
    """On the same tapes, starting an action never leaves a lower range than not starting it."""
    for kind in LIBRARY.actions[name].action.kinds:
        without = line_after(kind, dict(ORDINARY[kind]), (), 6, 200)
        started = line_after(kind, dict(ORDINARY[kind]), (name,), 6, 200)
        assert all(after >= before for after, before in zip(_bounds(started), _bounds(without), strict=True))


@pytest.mark.parametrize("kind", list(Kind))
def test_debt_can_be_reduced_step_by_step(kind: Kind) -> None:
    """Each kind of borrower has at least eight actions that reduce debt, none of which asks for a review."""
    reducing = [entry.action for entry in LIBRARY.actions.values() if entry.action.reduces_debt]
    mine = [action for action in reducing if kind in action.kinds]
    assert len(mine) >= 8
    assert not any(action.asks_review for action in mine)


def test_cases_show_every_ending() -> None:
    """There are cases for every outcome, raises are the smaller part, and both kinds of borrowers fail too."""
    cases = LIBRARY.cases.values()
    assert {case.outcome for case in cases} == OUTCOMES
    assert sum(case.outcome == "raised" for case in cases) * 5 < len(cases)
    for kind in Kind:
        assert {"cut", "vanished", "refused", "scammed"} <= {case.outcome for case in cases if case.kind is kind}


def test_stories_do_what_can_be_done_together() -> None:
    """The actions of a case bring along what they need and do not exclude each other."""
    for case in LIBRARY.cases.values():
        done = [LIBRARY.actions[name].action for name in case.actions]
        assert all(set(action.needs) <= set(case.actions) for action in done), case.id
        assert not any(set(action.conflicts) & set(case.actions) for action in done), case.id
        assert all(case.kind in action.kinds for action in done), case.id


def test_stories_of_the_articles_are_called_fiction() -> None:
    """Exactly the two cases of the founding articles are marked as fiction, and their titles say so."""
    marked = [case for case in LIBRARY.cases.values() if case.fictional_source]
    assert len(marked) == 2
    assert all("\u865a\u6784" in case.title.zh and "fiction" in case.title.en for case in marked)


def test_other_stories_are_called_illustrations() -> None:
    """Every other story opens by saying that it is an illustration."""
    told = [case for case in LIBRARY.cases.values() if not case.fictional_source]
    opening = ("\u793a\u610f\uff1a", "An illustration.")
    assert all(case.story.zh.startswith(opening[0]) and case.story.en.startswith(opening[1]) for case in told)


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.id)
def test_figures_of_a_story_are_the_simulators(case: Case) -> None:
    """The range that a story names is what the simulator says: the middle to a quarter, the ends to two fifths."""
    assert case.figures is not None
    found = line_after(case.kind, dict(case.situation), case.actions, case.figures.months, 2000)
    assert abs(found.p50 - case.figures.p50) <= 0.25 * case.figures.p50, found
    assert abs(found.p10 - case.figures.p10) <= 0.4 * case.figures.p10, found
    assert abs(found.p90 - case.figures.p90) <= 0.4 * case.figures.p90, found


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.id)
def test_a_story_says_its_own_figures(case: Case) -> None:
    """The middle of the range stands in the story as it stands in its figures."""
    assert case.figures is not None
    assert f"{case.figures.p50:,.0f}" in case.story.en


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.id)
def test_a_story_ends_as_its_range_does(case: Case) -> None:
    """Only a story whose middle lies a tenth above the line is called a raise."""
    assert case.figures is not None
    line = float(case.situation["current_line"])
    assert (case.outcome == "raised") is (case.figures.p50 > 1.1 * line)


def _bounds(line: Range) -> tuple[float, float, float]:
    return line.p10, line.p50, line.p90
