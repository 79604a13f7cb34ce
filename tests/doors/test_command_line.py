"""The command line keeps its contract: JSON documents as promised, and one kind line for bad input."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Protocol

import pytest

from bot.__main__ import main


class Run(Protocol):
    """Runs one command: words, with a document or a text on standard input; gives exit code, output and error."""

    def __call__(self, *words: str, document: object = None, text: str | None = None) -> tuple[int, str, str]:
        """Run it."""


PERSON = {"kind": "person", "product": "jiebei", "facts": {"current_line": 10000, "monthly_income": 15000}}
OFFER = {
    "amount": 10000,
    "start": "2026-11-21",
    "method": "equal_instalment",
    "months": 12,
    "rate": {"value": 0.0005, "per": "day"},
    "lender": "consumer_finance",
}


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run one command with a document on standard input; gives exit code, output and error."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))

    def run(*words: str, document: object = None, text: str | None = None) -> tuple[int, str, str]:
        given = text if text is not None else json.dumps(document)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode()), encoding="utf-8"))
        code = main(list(words))
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


def test_simulate_gives_the_contracts_document(said: Run) -> None:
    """Ranges by month with reasons and trace, and nothing else on standard output."""
    code, out, _ = said("simulate", "-", "--months", "6", "--json", document=PERSON)
    found = json.loads(out)
    assert code == 0
    assert found["months"] == list(range(7))
    assert {"p10", "p50", "p90"} == set(found["line"]) == set(found["available"])
    keys = "product preset seed no_change_probability binding reasons variance_shares share_grade_a gate trace"
    assert set(keys.split()) <= set(found)
    assert all({"code", "fact", "points", "yuan", "grade", "actionable"} <= set(reason) for reason in found["reasons"])


def test_simulate_is_repeatable_and_actions_never_lower(said: Run) -> None:
    """The same seed gives the same document; an action's good effect never lowers the range."""
    first = json.loads(said("simulate", "-", "--seed", "5", "--json", document=PERSON)[1])
    assert json.loads(said("simulate", "-", "--seed", "5", "--json", document=PERSON)[1]) == first
    words = ("simulate", "-", "--seed", "5", "--actions", "upload_income_proof,fewer_draws", "--json")
    better = json.loads(said(*words, document=PERSON)[1])
    assert all(new >= old for new, old in zip(better["line"]["p50"], first["line"]["p50"], strict=True))


def test_plan_gives_the_contracts_document(said: Run) -> None:
    """A plan with its probability, proof and alternatives."""
    code, out, _ = said("plan", "-", "--target", "15000", "--months", "12", "--json", document=PERSON)
    found = json.loads(out)
    assert code == 0
    keys = "gate target feasible best_reachable plan probability probability_interval certificate frontier avoid"
    assert set(keys.split()) <= set(found)
    assert {"fastest", "least_effort", "safest"} <= set(found["frontier"])
    assert all({"action", "start_month", "effort_hours", "money"} <= set(step) for step in found["plan"])


def test_an_overdue_person_gets_no_raise_plan(said: Run) -> None:
    """The gate holds on the command line too."""
    overdue = {**PERSON, "facts": {**PERSON["facts"], "overdue_now": True}}
    found = json.loads(said("plan", "-", "--json", document=overdue)[1])
    assert "arrears" in found["gate"]["codes"] if isinstance(found["gate"], dict) else "arrears" in found["gate"]
    assert found["feasible"] is False


def test_diagnose_ranks_causes(said: Run) -> None:
    """Never fewer than two causes, likeliest first, with what to check and do."""
    code, out, _ = said("diagnose", "-", "--json", document={"seen": {"page_says": "no_line", "repaid": 5000}})
    found = json.loads(out)
    chances = [cause["probability"] for cause in found["causes"]]
    assert code == 0
    assert len(chances) >= 2
    assert chances == sorted(chances, reverse=True)
    assert all(cause["check"] and cause["do"] for cause in found["causes"])


def test_cost_gives_schedule_and_rates(said: Run) -> None:
    """Instalments add up to the fen, and the two yearly figures stand side by side."""
    code, out, _ = said("cost", "-", "--json", document=OFFER)
    found = json.loads(out)
    assert code == 0
    assert round(sum(row["principal"] for row in found["schedule"]), 2) == 10000
    assert found["schedule"][-1]["balance"] == 0
    assert found["irr_effective"] > found["irr_nominal"] > 0.17


def test_ask_finds_the_intent(said: Run) -> None:
    """A question in one sentence gives ranked intents and entries."""
    code, out, _ = said("ask", "提前还款要手续费吗", "--json")
    found = json.loads(out)
    assert code == 0
    assert found["in_scope"] is True
    assert found["intents"][0] == "early_repay_cost"
    assert found["entries"]


def test_ask_and_hear_answer_in_batches(said: Run, tmp_path: Path) -> None:
    """Rows come back in order under their ids."""
    questions, heard = tmp_path / "q.jsonl", tmp_path / "h.jsonl"
    questions.write_text('{"id": "a", "question": "今天天气怎么样"}\n\n{"id": 2, "question": "还款日是哪天"}\n')
    heard.write_text('{"id": "m", "kind": "money", "text": "3万5"}\n{"id": "d", "kind": "duration", "text": "半年"}\n')
    out = tmp_path / "out.jsonl"
    assert said("ask", "--batch", str(questions), "--out", str(out))[0] == 0
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row["id"] for row in rows] == ["a", 2]
    assert [row["in_scope"] for row in rows] == [False, True]
    assert said("hear", "--batch", str(heard), "--out", str(out))[0] == 0
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    assert [(row["id"], row["status"], row["value"]) for row in rows] == [("m", "value", 35000), ("d", "value", 6)]


def test_a_script_prints_its_transcript(said: Run, tmp_path: Path) -> None:
    """One user line per line of the file, and the same lines give the same transcript."""
    script = tmp_path / "script.txt"
    script.write_text("I agree\nI am 18 or older\nAssess my line\nMyself\n35k\n")
    code, out, _ = said("chat", "--lang", "en", "--script", str(script))
    assert code == 0
    assert "> 35k" in out
    assert "35,000" in out
    assert said("chat", "--lang", "en", "--script", str(script))[1] == out


def test_check_is_clean(said: Run) -> None:
    """What ships has no fault."""
    code, out, _ = said("check", "--json")
    assert json.loads(out)["problems"] == []
    assert code == 0


def test_admin_lists_and_runs_its_commands(said: Run) -> None:
    """The office's commands are listed, and health counts the shelves."""
    listed = json.loads(said("admin", "--json")[1])
    assert {"health", "funnel"} <= {row[0] for row in listed["rows"]}
    counted = dict(json.loads(said("admin", "health", "--json")[1])["rows"])
    assert counted["questions"] > 50
    assert json.loads(said("admin", "funnel", "--json")[1])["rows"] == []


BAD = {
    "no json": ("simulate", "-", "{"),
    "empty": ("simulate", "-", ""),
    "a list": ("simulate", "-", "[]"),
    "an unknown fact": ("simulate", "-", '{"kind": "person", "facts": {"shoe_size": 43}}'),
    "a wrong type": ("simulate", "-", '{"kind": "person", "facts": {"current_line": "much"}}'),
    "out of bounds": ("simulate", "-", '{"kind": "person", "facts": {"current_line": -5}}'),
    "not a number": ("simulate", "-", '{"kind": "person", "facts": {"current_line": NaN}}'),
    "enormous": ("simulate", "-", '{"kind": "person", "facts": {"current_line": 1' + "0" * 400 + "}}"),
    "a contradiction": ("simulate", "-", '{"kind": "person", "facts": {"current_line": 1, "used_balance": 2}}'),
    "a wrong kind": ("plan", "-", '{"kind": "robot"}'),
    "an unknown action": ("simulate", "-", '{"kind": "person", "facts": {}}', "--actions", "rob_a_bank"),
    "wrong months": ("simulate", "-", '{"kind": "person", "facts": {}}', "--months", "many"),
    "a wrong page": ("diagnose", "-", '{"seen": {"page_says": "hello"}}'),
    "no amount": ("cost", "-", '{"months": 12}'),
    "a wrong date": ("cost", "-", json.dumps({**OFFER, "start": "2026-02-31"})),
    "no file": ("cost", "/nowhere/at/all.json", ""),
    "a wrong batch": ("ask", "--batch", "", "-"),
    "a folder": ("ask", "", "--batch", "."),
    "no question": ("ask", "", "--json"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_gets_one_kind_line(said: Run, what: str) -> None:
    """Exit code 2, one line on standard error, and the same as JSON where JSON was asked for."""
    case = BAD[what]
    if case[0] == "ask":
        words = {"a wrong batch": ("ask", "--batch", "-"), "a folder": ("ask", "--batch", ".")}.get(what, ("ask",))
        text = '{"id": 1}'
    else:
        words, text = (case[0], case[1], *case[3:]), case[2]
    code, out, err = said(*words, "--json", text=text)
    assert code == 2
    assert err.count("\n") == 1
    assert len(err) > 10
    error = json.loads(out)["error"]
    assert set(error) == {"code", "field", "message"}
    assert error["message"] in " ".join(err.split()) or error["field"] in err


@pytest.mark.parametrize(
    "words", [(), ("nonsense",), ("hear",), ("hear", "--kind", "shoes", "x"), ("chat", "--lang", "xx")]
)
def test_a_wrong_call_is_told_in_one_line(said: Run, words: tuple[str, ...]) -> None:
    """A call whose words are off names what would be right."""
    code, _, err = said(*words)
    assert code == 2
    assert err.count("\n") == 1


def test_an_unknown_setting_stops_the_start(said: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt setting is told before anything begins."""
    monkeypatch.setenv("LIMIT_GUIDE_DATABSE_URL", "sqlite://")
    code, _, err = said("chat")
    assert code == 2
    assert "LIMIT_GUIDE_DATABSE_URL" in err
