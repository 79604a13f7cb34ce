"""python -m simulator fit: the contract's scores, what it writes, and one clear line for every bad input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from simulator.__main__ import main
from simulator.commands import fit as command
from simulator.fitting import baselines, mapping_file, table
from simulator.fitting.design import lay_design
from simulator.fitting.mapping import TableMapping
from simulator.fitting.mapping_file import read_mapping, shipped
from simulator.fitting.table import Table
from tests.simulator.made_tables import HEADER, MAPPING, made_rows, write_mapping, write_rows

SCORES = {"rank_correlation", "r2_log", "coverage_80", "width_log_80", "pinball"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("fit")
    write_mapping(made)
    write_rows(made / "train.csv", made_rows(400, 1))
    write_rows(made / "test.csv", made_rows(300, 2))
    return made


def words(folder: Path, *more: str, train: str = "train.csv") -> list[str]:
    return ["fit", str(folder / train), "--mapping", str(folder / "made.yaml"), "--trees", "6", *more]


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """The code and the one line of a refusal; it must be the same in both channels."""
    assert main([*arguments, "--json"]) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    error = json.loads(told.out)["error"]
    assert told.err.startswith(f"{error['field']}: ")
    return error["code"], told.err


def test_the_contract_is_kept_on_a_test_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --test and --json the five scores stand at the top of one document, measured on the other table."""
    assert main(words(folder, "--test", str(folder / "test.csv"), "--json")) == 0
    document = json.loads(capsys.readouterr().out)
    assert set(document) >= SCORES
    assert all(isinstance(document[name], float) for name in SCORES)
    assert (document["rows"], document["taught_rows"]) == (300, 400)
    assert document["measured_on"] == command.TEST
    assert document["rank_correlation"] > 0.6
    assert {weight["feature"] for weight in document["weights"]} >= {"spent_mean", "late_1", "late_2", "late_3"}
    assert all(weight["low"] <= weight["points"] <= weight["high"] for weight in document["weights"])


def test_rows_held_out_are_measured(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share is held out; the report, the drawing and one row's explanation are written beside it."""
    monkeypatch.setattr(baselines, "_MIDDLE", {"max_iter": 3})
    monkeypatch.setattr(baselines, "_ENDS", {"max_iter": 3, "loss": "quantile"})
    report, plot = tmp_path / "report.md", tmp_path / "plot.svg"
    more = ("--hold-out", "30", "--explain", "3", "--baselines", "--report", str(report), "--plot", str(plot))
    assert main(words(folder, *more)) == 0
    told = capsys.readouterr().out
    assert report.read_text(encoding="utf-8") == told
    assert "Taught on 280 rows, measured on held-out rows." in told
    assert "| linear regression |" in told
    assert ("- rank_correlation: " in told) == baselines.has_boosting()
    assert "Row 3: the line was" in told
    assert plot.read_text(encoding="utf-8").rstrip().endswith("</svg>")


def test_boosting_that_is_not_installed_is_said(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without scikit-learn the fit runs all the same, and says plainly what could not be compared."""
    monkeypatch.setattr(command, "has_boosting", lambda: False)
    assert main(words(folder, "--hold-out", "30", "--baselines", "--json")) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["baselines"]["gradient_boosting"] is None
    assert document["baselines"]["linear_regression"]["rows"] == 120
    assert any(baselines.NOT_INSTALLED in note for note in document["notes"])


def test_a_saved_model_measures_the_same(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model written by --save and read by --load has the same scores on the same table."""
    model, test = str(tmp_path / "model.npz"), str(folder / "test.csv")
    assert main(words(folder, "--test", test, "--save", model, "--json")) == 0
    before = json.loads(capsys.readouterr().out)
    assert main(["fit", "--load", model, "--mapping", str(folder / "made.yaml"), "--test", test, "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert {name: before[name] for name in SCORES} == {name: after[name] for name in SCORES}


def test_without_a_test_rows_left_out_in_turn_are_measured(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a training table alone the scores are of rows that the members had not seen."""
    assert main(words(folder, "--json")) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["measured_on"] == command.LEFT_OUT
    assert document["rows"] == 400


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("spent2", "nan", "not_a_number"),
        ("spent2", "inf", "not_a_number"),
        ("spent2", "1e400", "not_a_number"),
        ("spent2", "1" + "0" * 400, "not_a_number"),
        ("spent2", "1_000", "not_a_number"),
        ("spent2", "plenty", "not_a_number"),
        ("spent2", "", "not_a_number"),
        ("job", "astronaut", "not_a_number"),
        ("line", "0", "out_of_bounds"),
        ("line", "-5", "out_of_bounds"),
    ],
)
def test_a_wrong_cell_is_named(
    column: str, cell: str, code: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cell that is no finite number, no known level or no line is named with its row and what would be right."""
    rows = made_rows(250, 3)
    rows[6][HEADER.index(column)] = cell
    path = write_rows(tmp_path / "wrong.csv", rows)
    found, line = refused(words(folder, train=str(path)), capsys)
    assert found == code
    assert line.startswith(f"{column}: was ")
    assert "row 7" in line
    assert "would be right" in line
    assert line.endswith("(wrong.csv)\n")
    assert len(line) < 200


@pytest.mark.parametrize(
    ("content", "code", "field"),
    [
        (b"", "empty", "table"),
        (b"\n", "empty", "table"),
        (",".join(HEADER).encode(), "too_few_rows", "table"),
        (b"spent1,spent2\n1,2\n", "missing_column", "spent3"),
        (",".join((*HEADER, "line")).encode() + b"\n", "missing_column", "line"),
        (",".join(HEADER).encode() + b"\n1,2\n", "bad_table", "row 1"),
        (",".join(HEADER).encode() + b'\n"1,2\n', "bad_table", "row 2"),
        (b"\xff\xfe\x00spent", "no_file", ""),
    ],
)
def test_a_wrong_table_is_told(
    content: bytes, code: str, field: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty file, a missing column, a short or unclosed row and bytes that are no text are each one error."""
    path = tmp_path / "wrong.csv"
    path.write_bytes(content)
    found, line = refused(words(folder, train=str(path)), capsys)
    assert found == code
    assert line.startswith(f"{field or path}: ")


def test_lines_that_never_differ_are_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where every line is the same there is nothing to learn."""
    rows = [[*row[:-1], 500] for row in made_rows(250, 3)]
    assert refused(words(folder, train=str(write_rows(tmp_path / "same.csv", rows))), capsys)[0] == "constant_target"


def test_a_hundred_megabytes_are_refused(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file of 100 MB is refused before it is read."""
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    code, line = refused(words(folder, train=str(path)), capsys)
    assert code == "too_large"
    assert f"{table.MOST_BYTES:,} bytes" in line


@pytest.mark.parametrize(
    ("bound", "value", "told"),
    [("MOST_ROWS", 100, "100 rows"), ("MOST_BYTES", 9000, "9,000 bytes"), ("_LONGEST", 20, "row 1")],
)
def test_a_stream_is_read_up_to_its_bounds(
    bound: str,
    value: int,
    told: str,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Standard input is read no further than so many rows, so many bytes, and so many bytes a line."""
    monkeypatch.setattr(table, bound, value)
    content = (folder / "train.csv").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
    code, line = refused(["fit", "-", "--mapping", str(folder / "made.yaml")], capsys)
    assert code == "too_large"
    assert told in line


def test_a_missing_file_and_a_directory_are_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that is not there, and one that is a folder, are each one error."""
    for name in ("nowhere.csv", "."):
        assert refused(words(folder, train=name), capsys)[0] == "no_file"
    assert refused(words(folder, "--report", str(folder)), capsys)[0] == "no_file"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("title:", "titel:"), "titel: no such field"),
        (("sign: free}", "sign: free, colour: red}"), "colour: no such field"),
        (('sign: "+"', "sign: up"), "one of +, -, free would be right"),
        (("of: spent, take: mean", "of: spend, take: mean"), "'spend' is no series"),
        (("columns: [age]", "columns: [line]"), "line is the target"),
        (("columns: [age]", "columns: [again]"), "again is dropped"),
        (("take: mean", "take: mode"), "one of each, newest"),
        (("steady: 2", "steady: .nan"), "a finite number would be right"),
        (("columns: [job]", "columns: [3]"), "names of columns would be right"),
        (("target: line", "target: [line]"), "a text would be right"),
        (("segments: {of: age", "segments: {of: spent_mean"), "one free feature"),
        (("title: Made lines", "title: &a Made\nagain: *a"), "alias"),
        (("series:", "series: ["), "not readable YAML"),
    ],
)
def test_a_wrong_mapping_is_told(
    change: tuple[str, str], told: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown field, an unknown series or column, a leak of the target and broken YAML are each one error."""
    assert change[0] in MAPPING
    path = write_mapping(tmp_path, MAPPING.replace(*change, 1))
    code, line = refused(["fit", str(folder / "train.csv"), "--mapping", str(path)], capsys)
    assert code == "bad_mapping"
    assert told in line


def test_a_mapping_that_is_not_there_names_those_that_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The shipped mappings are told where a name is none of them; a large file is not read as one."""
    code, line = refused(["fit", str(folder / "train.csv"), "--mapping", "cards"], capsys)
    assert code == "no_file"
    assert "card_2005" in line
    large = folder / "large.yaml"
    large.write_bytes(b"#" * (mapping_file.MOST_BYTES + 1))
    assert refused(["fit", str(folder / "train.csv"), "--mapping", str(large)], capsys)[0] == "too_large"


@pytest.mark.parametrize(
    "wrong",
    [
        ["--mapping", "card_2005"],
        ["a.csv", "--load", "b.npz", "--mapping", "card_2005"],
        ["--load", "b.npz", "--mapping", "card_2005"],
        ["a.csv", "--mapping", "card_2005", "--test", "b.csv", "--hold-out", "30"],
        ["a.csv", "--mapping", "card_2005", "--baselines"],
        ["a.csv"],
        ["a.csv", "--mapping", "card_2005", "--hold-out", "99"],
        ["a.csv", "--mapping", "card_2005", "--trees", "many"],
    ],
)
def test_arguments_that_do_not_go_together_are_told(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is read before the arguments make sense."""
    assert refused(["fit", *wrong], capsys)[0] in {"usage", "out_of_bounds"}


def test_a_row_that_is_not_there_cannot_be_explained(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The number of rows is told where a later one is asked for."""
    code, line = refused(words(folder, "--explain", "401"), capsys)
    assert code == "out_of_bounds"
    assert "1 to 400" in line


def test_a_fit_runs_without_scikit_learn(folder: Path) -> None:
    """With scikit-learn hidden the command still prints its scores."""
    script = (
        "import sys; sys.modules['sklearn'] = None; from simulator.__main__ import main; "
        f"sys.exit(main({[*words(folder, '--hold-out', '20'), '--json']!r}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) >= SCORES


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_mapping_reads_and_never_sees_the_line(name: str) -> None:
    """Features of a shipped mapping are finite whatever the columns hold, and stay the same when the line changes."""
    mapping = read_mapping(name)
    assert isinstance(mapping, TableMapping), mapping
    chance = np.random.default_rng(0)
    columns = {
        column: chance.choice([*mapping.levels[column].values()], 40)
        if column in mapping.levels
        else np.round(chance.normal(size=40) * 10.0 ** chance.integers(0, 7, 40))
        for column in mapping.columns
    }
    one, other = (lay_design(Table(columns, np.full(40, line)), mapping) for line in (1000.0, 5000.0))
    assert np.isfinite(one.values).all()
    assert np.array_equal(one.values, other.values)
    assert len({column.name for column in one.columns}) == len(one.columns) == one.values.shape[1]
    assert mapping.target not in mapping.columns
