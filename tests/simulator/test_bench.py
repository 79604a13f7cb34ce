"""The bench measures each pack's trials and tells each figure beside its goal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from simulator import trials
from simulator.__main__ import main
from simulator.marks import draw_marks
from simulator.quickest import compiler_installed
from simulator.trials import Trial, actions_of
from tests.simulator.borrowers import PACKS


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same trials in little, and without a compiler."""
    monkeypatch.setattr(trials, "compiler_installed", lambda: False)
    monkeypatch.setattr(trials, "_FORECASTS", ((100, 3),))
    monkeypatch.setattr(trials, "_WALKED", (100, 3))
    monkeypatch.setattr(trials, "_PLANNED", (100, 3))
    monkeypatch.setattr(trials, "_ACTIONS", 4)
    monkeypatch.setattr(trials, "_FEW", 4)


@pytest.mark.usefixtures("small")
def test_each_figure_stands_beside_its_goal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every pack has its forecasts, questions, walks, sets and crowd; durations and rates each in their own sense."""
    plot = tmp_path / "plot.svg"
    assert main(["bench", "--runs", "1", "--json", "--plot", str(plot)]) == 0
    rows = json.loads(capsys.readouterr().out)["bench"]
    assert {row["unit"] for row in rows} == {"ms", "s", "path-months/s"}
    assert all(row["best"] > 0 for row in rows)
    for name in PACKS:
        assert sum(row["what"].startswith(name) for row in rows) == 7
    aimed = [row for row in rows if row["goal"] is not None]
    assert aimed
    for row in aimed:
        less = row["unit"] != "path-months/s"
        ratio = row["goal"] / row["best"] if less else row["best"] / row["goal"]
        assert row["times_the_goal"] == pytest.approx(ratio)
    picture = plot.read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert all(row["what"] in picture for row in aimed)


@pytest.mark.usefixtures("small")
def test_figures_are_told_in_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json each line has the figure, its unit, and whether the goal is met."""
    assert main(["bench", "--runs", "1"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 7 * len(PACKS)
    assert any(line.endswith(("met", "missed")) for line in told)
    assert "compiled" not in "".join(told)


@pytest.mark.usefixtures("small")
def test_a_plot_that_cannot_be_written_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """One line names the option."""
    assert main(["bench", "--runs", "1", "--plot", "/nowhere/at/all.svg"]) == 2
    assert capsys.readouterr().err.startswith("--plot: ")


def test_a_walk_that_differs_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk that gives other lines than the plain one is a broken invariant, not a result."""
    monkeypatch.setattr(trials, "quickest", lambda _plain, _room: lambda tapes, _gain: tapes.start)
    with pytest.raises(ArithmeticError, match="compiled walk"):
        trials._walk(PACKS["jiebei"], "compiled")


@pytest.mark.skipif(not compiler_installed(), reason="there is no compiler (numba) to measure")
def test_where_there_is_a_compiler_its_loops_are_measured() -> None:
    """Each plain trial of walks, sets and crowds has a compiled one with a goal."""
    found = {trial.what: trial.goal for trial in trials.trials(PACKS["jiebei"])}
    compiled = [goal for what, goal in found.items() if what.startswith("compiled")]
    assert compiled == [1.4e9, 0.15, 5.0]


def test_a_figure_is_in_its_unit() -> None:
    """Milliseconds and seconds are durations; anything else is so many a second."""
    assert Trial("a", list).figure(0.5) == 500.0
    assert Trial("a", list, "s", 10.0).figure(0.5) == 5.0
    assert Trial("a", list, "paths/s", 10.0).figure(0.5) == 20.0


def test_the_made_up_actions_move_what_can_be_moved() -> None:
    """There are as many as were asked for, each for one fact of its own, and two of them ask for a review."""
    for pack in PACKS.values():
        made = actions_of(pack)
        assert len({action.effects[0].fact for action in made}) == len(made) == 16
        assert sum(action.asks_review for action in made) == 2


def test_marks_stay_inside_the_picture() -> None:
    """However far beyond or short of its goal, a bar ends within the frame; names are escaped."""
    picture = draw_marks("a & b", [("<x>", 1e9), ("y", 1e-9), ("z", 1.0)])
    assert "a &amp; b" in picture
    assert "&lt;x&gt;" in picture
    wide = [float(part.split('"')[0]) for part in picture.split('width="')[2:]]
    assert all(0 < one <= 175 for one in wide)
