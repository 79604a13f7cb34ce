"""The simulator's own command line: one document, one line of error, exit 2."""

from __future__ import annotations

import io
import json
import os
import runpy
import subprocess
import sys
from argparse import Namespace
from itertools import islice
from pathlib import Path

import pytest

from simulator import __main__ as front
from simulator import population as people
from simulator.__main__ import found, main
from simulator.commands import command as plumbing
from simulator.commands.command import Command
from simulator.reading import Profile, read_profile
from simulator.vocabulary import Problem
from tests.simulator.borrowers import PACKS

PROFILE = {"kind": "person", "product": "jiebei", "facts": {"current_line": 20_000, "overdue_now": True}}


@pytest.fixture
def profile(tmp_path: Path) -> str:
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(PROFILE), encoding="utf-8")
    return str(path)


def test_the_commands_are_found_in_their_folder() -> None:
    """Each command is a file of its own."""
    assert {"simulate", "population", "claims"} <= set(found())


def test_simulate_prints_one_document(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json standard output holds the contract's document and nothing else."""
    assert main(["simulate", profile, "--months", "6", "--seed", "4", "--draws", "200", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) == {
        *("product", "preset", "seed", "months", "line", "available", "no_change_probability", "binding", "reasons"),
        *("variance_shares", "share_grade_a", "gate", "trace"),
    }
    assert document["months"] == list(range(7))
    assert document["gate"] == {"codes": ["arrears"]}
    assert set(document["reasons"][0]) == {"code", "fact", "points", "yuan", "grade", "actionable"}


def test_simulate_tells_a_person_the_same(profile: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --json the ranges, the reasons and the gate are told in lines."""
    assert main(["simulate", profile, "--draws", "200"]) == 0
    told = capsys.readouterr().out
    assert "not validated" in told
    assert "no raise may be planned: arrears" in told


def test_simulate_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A dash stands for standard input, with or without a byte order mark."""
    raw = io.BytesIO(b"\xef\xbb\xbf" + json.dumps({"kind": "business"}).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(raw))
    assert main(["simulate", "-", "--draws", "100", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["product"], document["gate"]) == ("wangshang", None)


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["simulate", "{profile}", "--months", "0"], "arguments"),
        (["simulate", "{profile}", "--months", "x"], "arguments"),
        (["simulate", "{profile}", "--seed", "-1"], "arguments"),
        (["simulate", "{profile}", "--preset", "lucky"], "--preset"),
        (["simulate", "/nowhere/at/all"], "FILE"),
        (["simulate", "a\x00b"], "FILE"),
        (["simulate"], "arguments"),
        (["fly"], "arguments"),
        ([], "arguments"),
        (["population", "--n", "3", "--out", "/nowhere/at/all"], "--out"),
        (["population", "--n", "3", "--out", "-", "--product", "gold"], "--product"),
    ],
)
def test_bad_words_end_in_one_line(
    words: list[str], field: str, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, nothing on standard output, one line on standard error that names the field."""
    assert main([word.replace("{profile}", profile) for word in words]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert told.err.startswith(f"{field}: ")


def test_bad_words_are_told_as_a_document_where_one_was_asked_for(
    profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --json the failure is on standard output as well, with code, field and message."""
    assert main(["simulate", profile, "--preset", "lucky", "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert (error["code"], error["field"]) == ("unknown_preset", "--preset")
    assert "honest" in error["message"]


@pytest.mark.parametrize("text", ["", "{", '{"kind": "person", "facts": {"mood": 1}}', '{"kind": 1}', "\ufffd"])
def test_bad_profiles_end_in_one_line(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever is wrong in the file, one field is named in one line."""
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    assert main(["simulate", str(path), "--json"]) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert json.loads(told.out)["error"]["message"]


def test_a_file_that_is_no_text_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are not UTF-8 are refused."""
    path = tmp_path / "bad.json"
    path.write_bytes(b"\xff\xfe")
    assert main(["simulate", str(path)]) == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_a_broken_pack_is_told(
    monkeypatch: pytest.MonkeyPatch, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a shipped pack is wrong, no command runs on half of them."""
    monkeypatch.setattr(plumbing, "read_packs", lambda: ({}, (Problem("bad_pack", "x.yaml: grid", "was 0"),)))
    assert main(["simulate", profile]) == 2
    assert capsys.readouterr().err == "x.yaml: grid: was 0\n"


def test_claims_hold_and_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Every claim has its row, as JSON and in lines, and none is broken."""
    assert main(["claims", "--profiles", "2", "--paths", "4", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["claims"]
    assert all(row["broken"] == 0 for row in rows)
    assert {"A6", "A24", "B17"} <= {row["claim"] for row in rows}
    assert main(["claims", "--profiles", "1", "--paths", "2"]) == 0
    assert capsys.readouterr().out.count("\n") == len(rows)


def test_a_population_is_whole_and_repeatable(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every line is a valid profile, equal seeds give equal files, and a longer one starts with the shorter."""
    first, longer = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert main(["population", "--n", "300", "--seed", "5", "--out", str(first)]) == 0
    assert main(["population", "--n", "310", "--seed", "5", "--out", str(longer)]) == 0
    lines = first.read_text(encoding="utf-8").splitlines()
    assert lines == longer.read_text(encoding="utf-8").splitlines()[:300]
    profiles = [read_profile(json.loads(line), PACKS) for line in lines]
    assert all(isinstance(profile, Profile) for profile in profiles)
    assert {json.loads(line)["product"] for line in lines} == {"jiebei", "wangshang"}
    assert main(["population", "--n", "2", "--seed", "5", "--product", "jiebei", "--out", "-"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [profile["kind"] for profile in told] == ["person", "person"]
    late = [json.loads(line)["facts"] for line in lines if json.loads(line)["facts"]["overdue_now"]]
    assert late
    assert all(facts["on_time_months"] == 0 and facts["max_days_past_due_24m"] >= 1 for facts in late)


def test_batches_of_a_population_follow_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one batch comes the next, of other people."""
    monkeypatch.setattr(people, "_BATCH", 4)
    drawn = list(islice(people.population([PACKS["jiebei"]], 3), 12))
    assert len({json.dumps(one) for one in drawn}) == 12


def test_a_reader_that_stops_early_is_no_failure(monkeypatch: pytest.MonkeyPatch, capfd: object) -> None:
    """A closed pipe ends a command with success; what is left unsaid goes nowhere."""

    def closed(_given: Namespace) -> int:
        raise BrokenPipeError

    monkeypatch.setattr(front, "found", lambda: {"talk": Command("talk", "talks", lambda _parser: None, closed)})
    turned: list[int] = []
    monkeypatch.setattr(os, "dup2", lambda _nowhere, stream: turned.append(stream))
    assert main(["talk"]) == 0
    assert len(turned) == 1


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as a module, the exit code is the command's."""
    monkeypatch.setattr(sys, "argv", ["simulator", "fly"])
    monkeypatch.delitem(sys.modules, "simulator.__main__")
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("simulator", run_name="__main__")
    assert ended.value.code == 2


def test_the_floor_runs_by_itself_and_survives_a_closed_pipe() -> None:
    """As its own process, into a reader that stops early, it ends quietly; its import needs no compiler."""
    run = [sys.executable, "-m", "simulator", "population", "--n", "20000", "--out", "-"]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ}) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""
    looked = "import sys, simulator.forecasting; print(sorted({'numba', 'scipy', 'pandas', 'yaml'} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", looked], text=True).strip() == "[]"
