"""Every command, from one table: given in a chat on the street, and in the terminal, with the same outcome."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import wiring
from bot.__main__ import main
from bot.admin.arguments import takes_none
from bot.admin.chatting import VERB
from bot.admin.office import COMMANDS
from bot.channels.telegram.joining import Parts
from bot.channels.telegram.sealing import seal
from bot.store.audit import newest, verify
from bot.store.engine import open_store, reading
from tests.admin.lines import LINES, Given
from tests.admin.offices import OfficeTown, gives
from tests.journeys.walking import scene_now

REFUSALS = (
    *("has no role", "Nothing is kept", "no such group"),
    *("no such file", "no drafts", "none of the model", "changed since", "no edition"),
    *("still a draft", "cannot go out", "can be asked for", "within 90 days", "blocked already", "not blocked"),
)


_WRONG = {
    "grant <b>x</b> editor": "<b>x</b> was read",
    "health `rm -rf`": "too many: \ufffdrm",
    "erase {{7*7}}": "{{7*7}} was read",
    "erase **x**_y_[z](http://z.example)": "**x**_y_[z](http://z.example) was read",
    "audit show ../../etc": "../../etc was read",
    "grant 1 god": "god was read",
    "<i>no</i>": "no command <i>no</i>",
}
"""Lines that cannot be read, and what is shown of them."""


def test_every_command_stands_in_the_table() -> None:
    """Whatever can be given in a chat is tried in a chat and in the terminal."""
    away = {command.name for command in COMMANDS.values() if command.away}
    assert {given.line.split()[0] for given in LINES} == away


@pytest.mark.parametrize("given", LINES, ids=lambda given: f"{given.line} after {len(given.before)}")
def test_in_a_chat(given: Given, tmp_path: Path) -> None:
    """The owner gives it in private and reads the answer; what changes something stands in the trail, once."""
    town = OfficeTown(tmp_path)
    seen: list[str] = []

    async def life(parts: Parts) -> None:
        for line in given.before:
            await gives(town.owner, parts, line)
        seen.append((await gives(town.owner, parts, given.line)).text)

    town.lives(life)
    assert [words for words in given.says if words not in seen[0]] == []
    acts = [line.split()[0] for line in (*given.before, given.line)]
    expected = [name for name in acts if COMMANDS[name].traced]
    refused = any(words in seen[0] for words in REFUSALS)
    assert [deed.act for deed in town.trail()] == expected[: len(expected) - refused]
    assert all(deed.actor == f"tg:{town.owner.id}" for deed in town.trail())


@pytest.fixture
def shelves_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command reads the shelves anew, which takes a second; here all of them share one reading."""
    shelves = (scene_now().library, scene_now().packs)
    monkeypatch.setattr(wiring, "read_front", lambda: shelves[0])
    monkeypatch.setattr(wiring, "read_shelves", lambda _only=None: shelves)


@pytest.mark.usefixtures("shelves_read_once")
@pytest.mark.parametrize("given", LINES, ids=lambda given: f"{given.line} after {len(given.before)}")
def test_in_the_terminal(
    given: Given, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever sits at the server gives the same line and reads the same, as a table and as JSON."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LIMIT_GUIDE_OWNER_IDS", "7")
    monkeypatch.chdir(tmp_path)
    for line in given.before:
        assert main(["admin", *line.split(), "--yes"]) == 0
    capsys.readouterr()
    code = main(["admin", *given.line.split(), "--yes", "--json"])
    out, error = capsys.readouterr()
    told = json.loads(out)
    if code:
        assert [words for words in given.says if words not in error] == []
        return
    store = open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")
    with reading(store) as connection:
        assert verify(connection).broken is None
        assert {deed.actor for deed in newest(connection, 100)} <= {"terminal"}
    store.dispose()
    assert {"words", "header", "rows", "files"} == set(told)
    assert main(["admin", *given.line.split(), "--yes"]) in {0, 2}
    assert told["words"] or told["rows"] or given.line.split()[0] in {"funnel", "answers"}


@pytest.mark.usefixtures("shelves_read_once")
def test_a_dangerous_command_in_the_terminal_wants_a_yes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --yes it says what would be done and what to type, and changes nothing."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    assert main(["admin", "grant", "42", "editor"]) == 2
    assert "limit-guide admin grant 42 editor --yes" in capsys.readouterr().err
    assert main(["admin", "roles", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == []


@pytest.mark.usefixtures("shelves_read_once")
@pytest.mark.parametrize(
    "words", [["grant", "42"], ["grant", "x", "editor"], ["grant", "42", "owner"], ["health", "1"]]
)
def test_wrong_arguments_are_named(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line says which argument is wrong and how to type the command."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    assert main(["admin", *words]) == 2
    assert f"limit-guide admin {words[0]}" in capsys.readouterr().err


def test_every_command_has_words_in_every_language() -> None:
    """What a shipped command does is told in both written languages, and so is its button if it has one."""
    phrases = scene_now().library.phrases
    for language in ("zh", "en"):
        keys = phrases.keys(language)
        assert [name for name in COMMANDS if f"office.does.{name}" not in keys] == []
        buttons = [name for name, command in COMMANDS.items() if takes_none(command.arguments)]
        assert [name for name in buttons if f"office.label.{name}" not in keys] == []


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if command.dangerous and command.away])
def test_the_question_before_a_dangerous_act_fits_its_button(name: str) -> None:
    """Even with the longest numbers and in a long conversation the button that makes sure is within 64 bytes."""
    longest = {"number": str(2**52 - 1), "person": "tg:" + "9" * 16, "role": "auditor", "code": "f" * 8}
    longest |= {"broadcast": "999999", "when": "2026-11-23T09:00"}
    line = " ".join([name, *(longest[field] for field in COMMANDS[name].arguments.model_fields)])
    sealed = seal(b"key", 1, 36**4 - 1, f"{VERB}!{2**25 - 1} {line}")
    assert len(sealed.encode()) <= 64


def test_wrong_arguments_are_repeated_as_plain_words(tmp_path: Path) -> None:
    """In a chat what was typed is shown again letter by letter: no mark, no template, nothing carried out."""
    town = OfficeTown(tmp_path)
    seen: list[str] = []

    async def life(parts: Parts) -> None:
        seen.extend([(await gives(town.owner, parts, line)).text for line in _WRONG])

    town.lives(life)
    assert [text for text, shown in zip(seen, _WRONG.values(), strict=True) if shown not in text] == []
    assert "49" not in "".join(seen)
    assert town.trail() == ()
