"""What must hold of the door: everything wrong comes back named, nothing raises, nothing loaded can change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.loading import LEARNED, load, relearn
from knowledge.paper import MOST_BYTES
from simulator.vocabulary import Kind
from tests.knowledge.small_library import FILES, changed, write_library

SHELVES = ("facts", "questions", "actions", "articles", "cases", "causes", "intents", "guards")


def test_a_small_library_loads_whole(tmp_path: Path) -> None:
    """A complete small library has no problem and every record under its id."""
    library, problems = load(write_library(tmp_path))
    assert problems == ()
    assert [len(getattr(library, shelf)) for shelf in SHELVES] == [2, 1, 1, 2, 1, 1, 3, 1]
    assert library.questions["monthly_income"].choices[1].high == 12_000
    assert library.actions["pay_on_time"].action.kinds == frozenset(Kind)
    assert library.articles["raise"].todo.zh == "- 按时还款"
    assert library.facts["LI-02"].note is not None
    assert library.facts["LI-02"].source_title_en == "某站"
    assert library.phrases.say("en", "hello.name", name="Li") == "Hello, Li."
    assert [article.id for article in library.entries_for("raise")] == ["raise"]
    assert library.entries_for("no_such_intent") == ()


def test_an_empty_folder_is_an_empty_library(tmp_path: Path) -> None:
    """Nothing written is nothing wrong: the finder finds nothing and says so."""
    library, problems = load(tmp_path)
    assert problems == ()
    finding = library.finder.find("怎么提额")
    assert not finding.in_scope
    assert finding.intents == ()


def test_registers_do_not_change(tmp_path: Path) -> None:
    """Neither the library nor its registers nor a record can be changed."""
    library, _ = load(write_library(tmp_path))
    with pytest.raises(TypeError):
        library.facts["LI-09"] = library.facts["LI-01"]  # type: ignore[index]  # the point of the test
    with pytest.raises(FrozenInstanceError):
        library.facts["LI-01"].topic = "other"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "reason"),
    [
        ("facts/limits.yaml", "grade: user_article", "grade: gossip", "[1].grade", "user_article"),
        ("facts/limits.yaml", "  use: ok\n", "", "[0].use", "missing"),
        ("facts/limits.yaml", "  use: ok\n", "  use: ok\n  colour: red\n", "[0].colour", "not known"),
        ("facts/limits.yaml", "id: LI-02", "id: LI-01", "id", "twice"),
        ("questions/monthly_income.yaml", "order: 60", "order: sixty", "order", "whole number"),
        ("questions/monthly_income.yaml", "kinds: [person]", "kinds: []", "kinds", "person"),
        ("questions/monthly_income.yaml", "kinds: [person]", "kinds: [robot]", "kinds", "robot"),
        ("questions/monthly_income.yaml", "goals: [assess,", "goals: [guess,", "goals", "guess"),
        ("questions/monthly_income.yaml", "value: 3000", "value: much", "choices[0].value", "a number"),
        ("questions/monthly_income.yaml", "id: monthly_income", "id: income", "id", "name of its file"),
        ("questions/monthly_income.yaml", "goals: [assess, afford]", "goals: assess", "goals", "a list"),
        ("actions/pay_on_time.yaml", "habit: true", "habit: 3", "effect.habit", "true or false"),
        ("actions/pay_on_time.yaml", "low: 1, high: 1", "low: 2, high: 3", "effect.effects[0].amount", "low <= amount"),
        (
            "actions/pay_on_time.yaml",
            "title: {zh: 按时还款, en: Pay on time}",
            "title: {zh: 按时还款}",
            "title.en",
            "missing",
        ),
        ("articles/raise.md", "reviewed: 2026-06-01", "reviewed: soon", "reviewed", "a date"),
        ("articles/raise.md", "### call\n95188\n## en", "## en", "zh.call", "missing"),
        ("articles/raise.md", "### why", "### because", "zh.because", "known"),
        ("articles/raise.md", "## en\n", "## fr\n", "fr", "zh and en"),
        ("articles/raise.md", "ability: assess", "ability: fly", "ability", "fly"),
        ("articles/raise.md", "---\nid", "id", "", "front matter"),
        ("articles/raise.md", "facts: [LI-01]", "facts: [LI-01", "", "expected"),
        ("cases/first.yaml", "monthly_income: 8000", "monthly_income: -1", "situation.monthly_income", "-1"),
        (
            "cases/first.yaml",
            "situation: {monthly_income: 8000, current_line: 20000}",
            "situation: 3",
            "situation",
            "facts",
        ),
        ("cases/first.yaml", "kind: person", "kind: cat", "kind", "cat"),
        ("causes/identity.yaml", "family: user", "family: weather", "family", "weather"),
        ("guards/despair.yaml", "['不想活']", "['不想(活']", "patterns", "regular expression"),
        ("intents/synonyms.yaml", "'逾期|忘|晚还'", "'逾期|('", "concepts.late", "regular expression"),
        ("intents/raise.yaml", "slug: raise", "slug: raise\nslug: raise", "", "stands twice"),
        ("phrases/hello.yaml", "en: Hello.", "fr: Salut.", "hello.plain.fr", "not known"),
    ],
)
def test_one_mistake_is_named_and_its_record_left_out(  # the arguments are one row of the table
    tmp_path: Path, name: str, old: str, new: str, field: str, reason: str
) -> None:
    """One mistake gives a problem with its file, field and reason, and never an exception."""
    _, problems = load(write_library(tmp_path, changed(name, old, new)))
    assert any(p.file == name and p.field == field and reason in p.reason for p in problems), problems


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 100_000, "nested deeper"),
        ("{a: " * 5_000, "nested deeper"),
        ("- " * 5_000 + "x", "nested deeper"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: [1\nb: 2", "expected"),
        ("", "empty"),
        ("x" * (MOST_BYTES + 1), "larger"),
        ("a: 2026-13-45", "month"),
        ("? [1]\n: 2", "stands twice"),
    ],
)
def test_hostile_paper_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """Bombs, aliases, broken and oversized files are refused with a reason before they are built."""
    _, problems = load(write_library(tmp_path, {"causes/identity.yaml": text}))
    mine = [problem.reason for problem in problems if problem.file == "causes/identity.yaml"]
    assert any(reason in one for one in mine), mine


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    """A file that is not UTF-8 is a problem of that file alone."""
    folder = write_library(tmp_path)
    (folder / "articles" / "raise.md").write_bytes(b"\xff\xfe\x00")
    library, problems = load(folder)
    assert [problem.file for problem in problems] == ["articles/raise.md"]
    assert "late" in library.articles


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(FILES)), text=st.text(max_size=80), at=st.integers(0, 400))
def test_no_text_makes_the_door_raise(tmp_path: Path, name: str, text: str, at: int) -> None:
    """Whatever is typed anywhere into any file, loading returns a library and a list of problems."""
    at = min(at, len(FILES[name]))
    broken = FILES[name][:at] + text + FILES[name][at:]
    library, problems = load(write_library(tmp_path, {name: broken.encode("utf-8", "ignore").decode("utf-8")}))
    assert isinstance(problems, tuple)
    assert library.finder.find("怎么提额").score >= 0


def test_what_was_learned_is_kept_and_goes_stale(tmp_path: Path) -> None:
    """The kept file gives the same findings as learning anew, and a new phrasing makes it unused, not wrong."""
    folder = write_library(tmp_path)
    fresh = load(folder)[0].finder.find("怎么提额")
    assert relearn(folder) == folder / LEARNED
    assert load(folder)[0].finder.find("怎么提额") == fresh
    write_library(folder, changed("intents/late.yaml", "phrasings: [", "phrasings: [还不上钱了, "))
    assert load(folder)[0].finder.find("还不上钱了").intents[0][0] == "late"


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_a_broken_kept_file_is_passed_over(tmp_path: Path, content: bytes) -> None:
    """A damaged file of what was learned costs time, never the start."""
    folder = write_library(tmp_path)
    (folder / LEARNED).write_bytes(content)
    library, problems = load(folder)
    assert problems == ()
    assert library.finder.find("怎么提额").in_scope
