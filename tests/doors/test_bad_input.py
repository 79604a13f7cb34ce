"""Whatever is wrong with a file, every command that reads one says so in one line, quickly, and ends with 2."""

import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import bot.wiring
from bot.__main__ import main as guide
from bot.command_line.files import LARGEST
from bot.wiring import read_shelves
from simulator.__main__ import main as alone
from simulator.commands import command as plumbing
from simulator.loading import read_packs

OFFER = {
    "amount": 10000,
    "start": "2026-11-21",
    "method": "equal_instalment",
    "months": 12,
    "rate": {"value": 0.0005, "per": "day"},
    "lender": "consumer_finance",
}
WRONG_FACTS = {
    "an unknown fact": {"shoe_size": 43},
    "a wrong type": {"current_line": "much"},
    "a truth for a number": {"current_line": True},
    "out of bounds": {"cash_reserve_months": 100_000},
    "negative money": {"monthly_income": -1},
    "used above the line": {"current_line": 1000, "used_balance": 1001},
    "a streak longer than the account": {"on_time_months": 9, "months_on_book": 8},
    "of the other kind": {"gross_margin": 0.1},
}
WRONG_TEXTS = {
    "not a number": '{"kind": "person", "facts": {"current_line": NaN}}',
    "infinite": '{"kind": "person", "facts": {"current_line": -Infinity}}',
    "enormous": '{"kind": "person", "facts": {"current_line": 1' + "0" * 400 + "}}",
    "beyond a double": '{"kind": "person", "facts": {"current_line": 1e999}}',
    "twice the same": '{"kind": "person", "facts": {"current_line": 1000, "current_line": 2000}}',
    "nothing at all": "",
    "a half": '{"kind": "person"',
    "too deep": "[" * 100_000,
}
WRONG_OFFERS = {
    "an unknown field": {**OFFER, "colour": "red"},
    "a wrong type": {**OFFER, "amount": [1]},
    "out of bounds": {**OFFER, "months": 100_000},
    "negative money": {**OFFER, "amount": -10000},
    "a percentage for a fraction": {**OFFER, "rate": {"value": 18.25, "per": "year"}},
    "a negative fee": {**OFFER, "fees": [{"when": "start", "amount": -5}]},
}
WRONG_OFFER_TEXTS = {
    "not a number": json.dumps(OFFER).replace("10000", "NaN"),
    "enormous": json.dumps(OFFER).replace("10000", "1" + "0" * 400),
    "nothing at all": "",
    "no object": "[]",
}
READERS: dict[str, Callable[[list[str]], int]] = {
    "simulate": guide,
    "plan": guide,
    "diagnose": guide,
    "simulate alone": alone,
}
ALL = {**READERS, "cost": guide}


@pytest.fixture(autouse=True)
def _data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path / "data"))


def refusal(verb: str, file: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """The one error of a command that reads a file; checks that it is one line, one document and exit code 2."""
    assert ALL[verb]([verb.split(maxsplit=1)[0], file, "--json"]) == 2
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    error: dict[str, str] = json.loads(told.out)["error"]
    assert set(error) == {"code", "field", "message"}
    assert len(told.err) < 400
    return error


@pytest.mark.parametrize("verb", READERS)
@pytest.mark.parametrize("what", WRONG_FACTS)
def test_a_wrong_fact_is_named(verb: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The error names the fact that is wrong, in every command that reads facts."""
    path = tmp_path / "profile.json"
    path.write_text(json.dumps({"kind": "person", "facts": WRONG_FACTS[what]}), encoding="utf-8")
    error = refusal(verb, str(path), capsys)
    assert any(name in error["field"] + error["message"] for name in WRONG_FACTS[what])


@pytest.mark.parametrize("verb", READERS)
@pytest.mark.parametrize("what", WRONG_TEXTS)
def test_a_wrong_text_is_refused(verb: str, what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Numbers that are none, numbers beyond all bounds, and what is no JSON object."""
    path = tmp_path / "profile.json"
    path.write_text(WRONG_TEXTS[what], encoding="utf-8")
    assert refusal(verb, str(path), capsys)["message"]


@pytest.mark.parametrize("what", [*WRONG_OFFERS, *WRONG_OFFER_TEXTS])
def test_a_wrong_offer_is_refused(what: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for the cost of an offer."""
    path = tmp_path / "offer.json"
    for offer in (texts[what] for texts in (WRONG_OFFERS, WRONG_OFFER_TEXTS) if what in texts):
        path.write_text(offer if isinstance(offer, str) else json.dumps(offer), encoding="utf-8")
        assert refusal("cost", str(path), capsys)["message"]


@pytest.mark.parametrize("verb", ALL)
def test_a_hundred_megabytes_are_refused_by_size(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A huge file is told to be too large, whatever is in it."""
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.write("\u989d".encode() * 100)
        file.truncate(100_000_000)
    error = refusal(verb, str(path), capsys)
    assert error["code"] == "too_large"
    assert "MB" in error["message"]


class Endless(io.RawIOBase):
    """A stream of one character without an end; counts the bytes that were taken from it."""

    taken = 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:
        """Fills whatever it is given."""
        piece = ("\u989d".encode() * (len(buffer) // 3 + 1))[: len(buffer)]
        buffer[:] = piece
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("verb", ALL)
def test_an_endless_stream_is_refused_by_size(
    verb: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Standard input is read no further than the largest file; a character cut in two is no other fault."""
    stream = Endless()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(stream)))
    assert refusal(verb, "-", capsys)["code"] == "too_large"
    assert stream.taken <= LARGEST + io.DEFAULT_BUFFER_SIZE + 1


@pytest.mark.parametrize("verb", ["simulate", "plan", "simulate alone"])
def test_a_pack_without_a_source_stops_every_command(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A number whose source is missing is named with its file, and nothing is worked out on the other packs."""
    policies = Path(plumbing.__file__).parent.parent / "policies"
    for pack in policies.glob("*.yaml"):
        lines = pack.read_text(encoding="utf-8").splitlines(keepends=True)
        first = next(n for n, line in enumerate(lines) if "source:" in line and not line.startswith("sources:"))
        lines[first] = lines[first].replace("source:", "sauce:")
        (tmp_path / pack.name).write_text("".join(lines), encoding="utf-8")
    for room in (plumbing, bot.wiring):
        monkeypatch.setattr(room, "read_packs", partial(read_packs, tmp_path))
    monkeypatch.setattr(bot.wiring, "read_shelves", read_shelves.__wrapped__)  # what ships is read once a process
    profile = tmp_path / "profile.json"
    profile.write_text('{"kind": "person", "facts": {}}', encoding="utf-8")
    error = refusal(verb, str(profile), capsys)
    told = error["field"] + error["message"]
    assert ".yaml" in told
    assert "source" in told or "sauce" in told
