"""What must hold of the worths that stand with the questions: measured, fresh, well formed, and read by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.loading import HOME, load
from knowledge.valuing import valued, write_worth
from knowledge.worths import WORTH_LINES, worth_a_second, worth_place
from simulator.vocabulary import FACTS, Kind
from tests.knowledge.small_library import changed, write_library

_ROUNDING = 3


def test_the_shelf_states_what_the_simulator_measures(tmp_path: Path) -> None:
    """Valuing the shelf anew changes no file by more than rounding: no rule has changed since it was measured."""
    shutil.copytree(HOME / "questions", tmp_path / "questions")
    before = load(tmp_path)[0].questions
    assert main(["--folder", str(tmp_path), "value"]) == 0
    after = load(tmp_path)[0].questions
    for name, question in before.items():
        assert question.worth.keys() == after[name].worth.keys(), name
        assert (question.fact is None) == (not question.worth), name
        for kind, shares in question.worth.items():
            assert shares == pytest.approx(after[name].worth[kind], abs=_ROUNDING), name


def test_a_worth_is_stated_in_one_line_and_nothing_else_changes(tmp_path: Path) -> None:
    """The line stands behind the effort or at the end, replaces the one before, and goes where there is no worth."""
    question = load(write_library(tmp_path))[0].questions["monthly_income"]
    file = tmp_path / "questions" / "monthly_income.yaml"
    plain = file.read_text(encoding="utf-8")
    worths = {kind: {"monthly_income": (30, 20, 10)} for kind in Kind}
    write_worth(file, valued(question, worths))
    write_worth(file, valued(question, {kind: {"monthly_income": (3, 2, 1)} for kind in Kind}))
    assert file.read_text(encoding="utf-8") == f"{plain}worth: {{person: [3, 2, 1]}}\n"
    assert load(tmp_path)[0].questions["monthly_income"].worth == {Kind.PERSON: (3, 2, 1)}
    write_worth(file, valued(question, {}))
    assert file.read_text(encoding="utf-8") == plain
    file.write_text(plain.replace("hear: money", "effort_seconds: 7\nhear: money"), encoding="utf-8")
    write_worth(file, valued(question, worths))
    assert "effort_seconds: 7\nworth: {person: [30, 20, 10]}\nhear: money" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("worth: {person: [1, 2]}", "worth.person"),
        ("worth: {person: [1, 2, few]}", "worth.person"),
        ("worth: {cat: [1, 2, 3]}", "worth.cat"),
        ("main_for: [cat]", "main_for"),
    ],
)
def test_a_wrong_worth_is_told(tmp_path: Path, written: str, field: str) -> None:
    """A worth has one whole number for each line and a kind there is; else file and field are named."""
    folder = write_library(tmp_path, changed("questions/monthly_income.yaml", "order: 60", f"order: 60\n{written}"))
    assert field in {problem.field for problem in load(folder)[1]}


@pytest.mark.parametrize("kind", Kind)
def test_the_nearest_line_counts(kind: Kind) -> None:
    """A line counts as the stated one that is nearest by ratio; an unknown line, or none at all, as the usual one."""
    lines = WORTH_LINES[kind]
    assert [worth_place(kind, line * 1.2) for line in lines] == [0, 1, 2]
    assert [worth_place(kind, line) for line in (1.0, 1e9, 0.0, None)] == [0, 2, 1, 1]


def test_worth_is_by_the_second() -> None:
    """A question of twice the effort is worth half a second; without a stated worth it is worth nothing."""
    questions = load(only=frozenset({"questions"}))[0].questions
    still = questions["months_since_change"]
    share = still.worth[Kind.PERSON][1] / 10_000
    assert worth_a_second(still, Kind.PERSON, 1) == pytest.approx(share / still.effort_seconds)
    assert worth_a_second(questions["page_says"], Kind.PERSON, 1) == 0.0
    assert {question.fact for question in questions.values() if question.worth} <= set(FACTS)
