"""Commands typed wrongly: whatever is missing, too much, too long or of another kind, the answer says how it goes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot import wiring
from bot.__main__ import main
from bot.admin.arguments import Arguments, takes_text
from bot.admin.desk import Desk, Operator
from bot.admin.office import COMMANDS, hear
from bot.store.engine import open_store
from knowledge.entries import Language
from tests.journeys.walking import NOW, scene_now

AWAY = sorted(name for name, command in COMMANDS.items() if command.away)
LONG = "x" * 5000
TONGUES: tuple[Language, ...] = ("zh", "zh-hant", "en")


@pytest.fixture(scope="module")
def desk() -> Desk:
    """An owner's desk before an empty store."""
    return Desk(scene_now().library, scene_now().packs, open_store("sqlite://"), NOW, Operator(7, "owner"))


def _said(desk: Desk, line: str) -> str:
    return hear(desk, line, sure=False).told.words


def _needed(form: type[Arguments]) -> list[str]:
    return [name.upper() for name, field in form.model_fields.items() if field.is_required()]


@pytest.mark.parametrize("language", TONGUES)
@pytest.mark.parametrize("name", AWAY)
def test_a_missing_word_is_named_with_one_that_would_be_right(desk: Desk, name: str, language: Language) -> None:
    """Nothing but the name: the first word that is needed is named, and the whole line is shown."""
    needed = _needed(COMMANDS[name].arguments)
    if not needed:
        return
    told = _said(replace(desk, language=language), name)
    assert f"{needed[0]} is missing" in told or f"还缺 {needed[0]}" in told or f"還缺 {needed[0]}" in told
    assert f"/admin {name} " in told


@pytest.mark.parametrize("name", AWAY)
def test_a_word_too_many_is_named(desk: Desk, name: str) -> None:
    """The first word that has no place is repeated; where the rest of the line is a text there can be none."""
    form = COMMANDS[name].arguments
    if not takes_text(form):
        words = [f"word{number}" for number in range(len(form.model_fields) + 2)]
        told = _said(desk, " ".join([name, *words]))
        assert f"one word too many: `word{len(form.model_fields)}`" in told
        assert f"`/admin {name}" in told


@pytest.mark.parametrize("name", AWAY)
def test_every_argument_says_what_would_be_right(name: str) -> None:
    """Whatever a command takes has its words counted, or an example."""
    fields = COMMANDS[name].arguments.model_fields
    assert [one for one, field in fields.items() if not (field.examples or "Literal" in str(field.annotation))] == []


@pytest.mark.parametrize(
    ("line", "name", "right"),
    [
        ("grant forty editor", "NUMBER", "123456789"),
        ("grant 42 god", "ROLE", "admin, editor, adviser, auditor"),
        ("grant 99999999999999999999 editor", "NUMBER", "123456789"),
        ("grant -5 editor", "NUMBER", "123456789"),
        ("erase \u5f20\u4e09", "PERSON", "123456789"),
        ("value jiebei headroom three P 2026-11-20 a report", "NUMBER", "0.3"),
        ("value jiebei headroom 0.3 B 2026-11-20 a report", "GRADE", "O, P, I, S, A"),
        ("value jiebei headroom 0.3 P 20/11/2026 a report", "DATE", "2026-11-20"),
        ("value jiebei headroom 0.3 P 0 a report of a bank", "DATE", "2026-11-20"),
        ("value jiebei headroom 0.3 P 2026-02-31 a report", "DATE", "2026-11-20"),
        ("send one", "BROADCAST", "1"),
        ("send 1 tomorrow", "WHEN", "now, 2026-11-24T09:00"),
        ("announce 0 zh words", "BROADCAST", "new, 1"),
        ("announce new fr des mots", "LANGUAGE", "zh, en"),
        ("broadcast repot 1", "WHAT", "list, show, preview, report, pause, resume"),
        ("rollback -1", "NUMBER", "1"),
        ("difference one two", "BEFORE", "1"),
        ("audit verify XYZ", "NOTED", "0123abcd"),
        ("funnel \u4e2d\u6587", "LANGUAGE", "all, zh, zh-hant, en"),
        ("unanswered 000001 delete", "ACT", "look, draft, done"),
        ("entries shelves", "SHELF", "articles"),
    ],
)
def test_what_was_read_is_repeated_beside_what_would_be_right(desk: Desk, line: str, name: str, right: str) -> None:
    """In every language."""
    place = [one.upper() for one in COMMANDS[line.split(maxsplit=1)[0]].arguments.model_fields].index(name) + 1
    read = line.split()[place]
    for language in TONGUES:
        told = _said(replace(desk, language=language), line)
        assert name in told
        assert f"`{read}`" in told or language == "zh-hant"  # Traditional is of the same words
        assert right in told


@pytest.mark.parametrize("name", AWAY)
def test_a_very_long_word_is_refused_and_not_cut(desk: Desk, name: str) -> None:
    """Five thousand letters are not quietly shortened into something else that might be there."""
    form = COMMANDS[name].arguments
    if not form.model_fields or (takes_text(form) and len(form.model_fields) == 1):
        return
    told = _said(desk, f"{name} {LONG}")
    assert "is too long" in told
    assert len(told) < 600


def test_what_acts_or_hides_is_shown_as_a_sign(desk: Desk) -> None:
    """Neither turned writing nor a mark of code gets out of what was read."""
    told = _said(desk, "grant 1\u202e2\u200b3` editor")
    assert "`1\ufffd2\ufffd3\ufffd` was read" in told


@pytest.mark.parametrize(("line", "like"), [("funel", "funnel"), ("Publich 1", "publish"), ("brodcast", "broadcast")])
def test_an_unknown_command_is_named_with_those_like_it(desk: Desk, line: str, like: str) -> None:
    """The menu comes with it."""
    told = hear(desk, line, sure=False)
    assert f"`{line.split(maxsplit=1)[0].lower()}`" in told.told.words
    assert like in told.told.words
    assert told.menu is True


def test_a_telephone_may_write_a_large_letter(desk: Desk) -> None:
    """Names of commands and groups are heard with large letters too."""
    assert hear(desk, "Health", sure=False).told.sheet is not None
    assert _said(desk, "Sight") == _said(desk, "sight")
    assert _said(desk, "Help Send") != _said(desk, "help")
    assert "`send BROADCAST [WHEN]`" in _said(desk, "help send")
    assert "`grant" not in _said(desk, "help send")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["funel"], "'funel' was read; funnel would be right"),
        (["\u4f60\u597d"], "limit-guide admin help lists them all"),
        (["grant", "42"], "ROLE is missing. One of these would be right: 'admin, editor, adviser, auditor'"),
        (["health", "now"], "one word too many: 'now'"),
        (["broadcast", "report"], "BROADCAST is missing"),
        (["entry", "articles/nothing"], "limit-guide admin entries all WORDS"),
    ],
)
def test_the_terminal_says_the_same_in_one_line(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On standard error, with exit code 2, and as JSON if wished; commands as they are typed there."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    shelves = (scene_now().library, scene_now().packs)
    monkeypatch.setattr(wiring, "read_front", lambda: shelves[0])
    monkeypatch.setattr(wiring, "read_shelves", lambda _only=None: shelves)
    assert main(["admin", *words, "--json"]) == 2
    out, error = capsys.readouterr()
    assert told in error
    assert error.count("\n") == 1
    assert "`" not in error
    assert "/admin" not in error
    assert json.loads(out)["error"]["message"]
