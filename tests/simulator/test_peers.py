"""A plan beside other planners: the same decision for all, ours always there, theirs where they are installed."""

import json
import re
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from simulator.__main__ import main
from simulator.bars import draw_bars
from simulator.burden import gate
from simulator.commands import peers
from simulator.deciding import Decision, actions_of, decision, mixed_actions
from simulator.forbidding import forbidden
from simulator.policy import Pack
from tests.simulator.borrowers import JIEBEI, PACKS, WANGSHANG

SMALL = ["peers", "--profiles", "150", "--actions", "4", "--queries", "2"]


@pytest.mark.parametrize("pack", [JIEBEI, WANGSHANG])
def test_a_decision_is_one_that_people_can_move(pack: Pack) -> None:
    """As many actions as wanted, none forbidden; one in ten is raised, and who asks is neither raised nor gated."""
    made = decision(pack, 12, 300, seed=4)
    assert len(made.actions) == len(made.names) == made.rows.shape[1] == 12
    assert not any(forbidden(action) for action in made.actions)
    assert 0.05 < made.raised.mean() < 0.15
    assert made.lift >= 1.0
    assert made.asking
    for row in made.asking[:20]:
        assert not made.raised[row]
        assert gate(made.facts[row]) == ()
        assert made.target(row) == pytest.approx(made.lift * made.facts[row].number("current_line"), abs=pack.grid)
    again = decision(pack, 12, 300, seed=4)
    assert np.array_equal(made.rows, again.rows)
    assert again.lift == made.lift


def test_there_are_only_so_many_facts_to_move() -> None:
    """More actions than facts are not made up."""
    assert 12 <= len(actions_of(JIEBEI, 999)) < 60


def test_ours_is_timed_alone_where_no_other_is_installed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One row, one times ours; as lines and as a document."""
    monkeypatch.setattr(peers, "_PEERS", {"no_such_planner": lambda _made: pytest.fail("not installed")})
    assert main([*SMALL, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["actions"], document["queries"]) == (4, 2)
    assert [(row["planner"], row["ratio"]) for row in document["peers"]] == [("ours, proved", 1.0)]
    assert main(SMALL) == 0
    assert "times ours" in capsys.readouterr().out


def test_another_planner_is_asked_the_same_and_drawn(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever it prints stays out of the way; the drawing names both, and no file is no plot."""
    asked: list[int] = []

    def prepare(made: Decision) -> list[tuple[str, Callable[[int], object]]]:
        def ask(row: int) -> object:
            sys.stdout.write("so many words")
            asked.append(row)
            return made.rows[row]

        return [("another <one>", ask)]

    monkeypatch.setattr(peers, "_PEERS", {"json": prepare})
    plot = tmp_path / "bars.svg"
    assert main([*SMALL, "--plot", str(plot), "--json"]) == 0
    names = [row["planner"] for row in json.loads(capsys.readouterr().out)["peers"]]
    assert names == ["ours, proved", "another <one>"]
    assert len(asked) == 2
    drawn = unescape(plot.read_text(encoding="utf-8"))
    assert all(name in drawn for name in names)
    assert main([*SMALL, "--plot", "/nowhere/at/all.svg"]) == 2
    assert main([*SMALL, "--product", "gold"]) == 2
    assert set(PACKS) >= {"jiebei"}


def test_bars_are_longer_for_longer() -> None:
    """On a scale of tenfold steps a bar grows with its seconds, and words are kept from being read as marks."""
    drawn = draw_bars("three & more", [("a", 0.02), ("b", 0.5), ("c", 40.0)])
    assert "three &amp; more" in drawn
    assert drawn.count("<text") == drawn.count("</text>")
    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="20"', drawn)]
    assert widths == sorted(widths)
    assert len(set(widths)) == 3


@pytest.mark.parametrize("pack", [JIEBEI, WANGSHANG])
def test_mixed_actions_are_of_every_sort(pack: Pack) -> None:
    """Honest, of the pack's kind, with needs and conflicts among themselves; equal seeds give equal actions."""
    made = [one for seed in range(8) for one in mixed_actions(pack, 16, seed)]
    assert not any(forbidden(action) for action in made)
    assert {action.asks_review for action in made} == {action.habit for action in made} == {True, False}
    assert any(action.needs for action in made)
    assert any(action.conflicts for action in made)
    assert all(set(action.needs).isdisjoint(action.conflicts) for action in made)
    assert mixed_actions(pack, 16, 3) == mixed_actions(pack, 16, 3) != mixed_actions(pack, 16, 4)


def test_plans_are_timed_and_proved(capsys: pytest.CaptureFixture[str]) -> None:
    """Both sizes have their row, every plan is proved, and lines say the same."""
    assert main(["plans", "--instances", "2", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["plans"]
    assert [row["actions"] for row in rows] == [16, 24]
    assert all(row["proved"] == row["instances"] == 2 for row in rows)
    assert all(0.0 < row["p50"] <= row["p95"] <= row["most"] for row in rows)
    assert main(["plans", "--instances", "1"]) == 0
    assert capsys.readouterr().out.count("proved") == 2
