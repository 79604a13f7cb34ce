"""What must hold of the library's own command: exit codes, JSON, honest measures, a page in three scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.loading import FRONT, LEARNED, load
from knowledge.measuring import Labelled, measure
from tests.knowledge.small_library import changed, write_library

ROWS = [
    {"question": "借呗怎么提额", "intent": "raise", "in_scope": True, "sample": "rand"},
    {"question": "我逾期了", "intent": "late", "in_scope": True, "sample": "other"},
    {"question": "忘记还款怎么提额", "intent": "late", "in_scope": True, "sample": "other"},
    {"question": "讲个笑话", "intent": "outside", "in_scope": False, "sample": "oos"},
]


def run(folder: Path, *words: str) -> int:
    return main(["--folder", str(folder), *words])


def test_a_clean_library_passes_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clean library with fresh weights prints nothing and exits 0."""
    folder = write_library(tmp_path)
    assert run(folder, "learn") == 0
    assert str(folder / LEARNED) in capsys.readouterr().out
    assert run(folder, "check", "--today", "2026-11-21") == 0
    assert capsys.readouterr().out == ""


def test_a_fault_fails_the_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A grave fault exits 1 with its file; a hint alone does not."""
    folder = write_library(tmp_path, changed("cases/first.yaml", "kind: person", "kind: cat"))
    assert run(folder, "check", "--today", "2026-11-21") == 1
    assert "error: cases/first.yaml: kind" in capsys.readouterr().out
    write_library(tmp_path)
    assert run(folder, "check") == 0
    assert capsys.readouterr().out.startswith("hint: intents/learned.npz")


def test_a_question_is_answered_as_json_or_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json one document comes out, without it the entries' titles."""
    folder = write_library(tmp_path)
    assert run(folder, "ask", "怎么提额", "--json") == 0
    document = json.loads(capsys.readouterr().out)
    assert document["intents"][0] == "raise"
    assert set(document) == {"in_scope", "intents", "entries", "score"}
    assert run(folder, "ask", "怎么提额") == 0
    assert capsys.readouterr().out.startswith("raise: 怎么提额？")


def test_the_measure_counts_what_it_says(tmp_path: Path) -> None:
    """Hits, F1 and table are those of the rows; a question out of scope never counts as a hit."""
    finder = load(write_library(tmp_path))[0].finder
    rows = [Labelled(row["question"], row["intent"], row["in_scope"], row["sample"]) for row in ROWS]
    result = measure(finder, rows, "借呗")
    assert result.scores["all"].asked == 3
    assert result.scores["all"].hit_1 == pytest.approx(1 - len(result.misses) / 3)
    assert result.scores["rand"].hit_1 == 1.0
    assert result.scores["all"].hit_3 == 1.0
    assert 0 < result.scores["all"].macro_f1 <= 1
    assert set(result.by_intent) == {"raise", "late"}
    assert result.by_intent["raise"] == (1, 1, 1)
    assert result.rejection[0.95] == 1.0
    kept = [finder.find(row.question.replace("借呗", "")).in_scope for row in rows if row.in_scope]
    assert result.decided == (sum(kept) / 3, 1.0)


def test_a_perfect_and_a_hopeless_finder_are_told_apart(tmp_path: Path) -> None:
    """Where every label is wrong nothing hits; without rows every figure is zero and nothing divides by it."""
    finder = load(write_library(tmp_path))[0].finder
    wrong = [Labelled("怎么提额", "late", in_scope=True, sample="rand")]
    assert measure(finder, wrong).scores["all"].hit_1 == 0.0
    assert measure(finder, wrong).scores["all"].macro_f1 == 0.0
    nothing = measure(finder, [])
    assert nothing.scores["all"] == (0.0, 0.0, 0.0, 0)
    assert nothing.decided == (0.0, 0.0)


def test_measures_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints a table, or one JSON document, and the misses on request; a bad file exits 2."""
    folder = write_library(tmp_path)
    file = tmp_path / "rows.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    assert run(folder, "measure", str(file), "--strip", "借呗", "--misses") == 0
    assert "hit@1" in capsys.readouterr().out
    assert run(folder, "measure", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["scores"]["all"]["asked"] == 3
    file.write_text('{"question": 1}', encoding="utf-8")
    assert run(folder, "measure", str(file)) == 2
    assert "rows.jsonl" in capsys.readouterr().err


def test_the_words_of_files_stand_in_the_library_and_on_the_page(tmp_path: Path) -> None:
    """Texts of files are phrases on a shelf of their own: said like others, shown apart, left out of a first card."""
    words = "document.report.title: {zh: 你的结果, en: 'Your result, {{ name }}'}"
    folder = write_library(tmp_path, {"documents/report.yaml": words})
    library, problems = load(folder)
    assert problems == ()
    assert library.phrases.say("en", "document.report.title", name="A") == "Your result, A"
    assert "document.report.title" not in load(folder, FRONT)[0].phrases.keys("zh")
    assert run(folder, "preview", "--out", str(tmp_path / "out")) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert page.index("<h2>documents</h2>") < page.index("你的結果") < page.index("<h2>phrases</h2>")


def test_the_page_shows_everything_in_three_scripts(tmp_path: Path) -> None:
    """The preview holds every language's words, escaped, and one table for each file."""
    folder = write_library(tmp_path, changed("articles/raise.md", "没有公开的公式。", "没有<b>公开的公式。"))
    assert run(folder, "preview", "--out", str(tmp_path / "out")) == 0
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "没有&lt;b&gt;公开的公式。" in page
    assert "沒有&lt;b&gt;公開的公式。" in page
    assert "There is no public formula." in page
    assert "Hello, {{ name }}." in page
    assert page.count("<table>") == page.count("</table>")
    assert run(write_library(tmp_path / "none", {}), "preview", "--out", str(tmp_path / "out")) == 0
