"""Compiled templates are kept for later starts, and used by nobody for whom they were not compiled."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2.sandbox import SandboxedEnvironment

from knowledge import compiled, phrasing
from knowledge.loading import load
from knowledge.phrasing import Phrasebook, bind

WORDS = {"zh": "{{ amount * 2 }} 元", "en": "{{ amount * 2 }} yuan"}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of its own, to which nothing was kept yet."""
    monkeypatch.setattr(compiled, "FILE", tmp_path / "compiled.templates")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    _forget()
    return compiled.FILE


@pytest.fixture(autouse=True)
def _forgotten() -> object:
    yield
    phrasing._kept.cache_clear()


def _forget() -> None:
    """What a new process knows."""
    phrasing._code.cache_clear()
    phrasing._kept.cache_clear()


def _book(**pages: dict[str, str]) -> Phrasebook:
    book, problems = bind([("tried.yaml", pages or {"tried": WORDS})])
    assert problems == []
    return book


@pytest.fixture
def _no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_told: object, **_named: object) -> None:
        raise AssertionError("a template was compiled")

    monkeypatch.setattr(SandboxedEnvironment, "compile", refuse)


def test_a_later_start_compiles_nothing(file: Path, request: pytest.FixtureRequest) -> None:
    """What was kept is said by a process that never compiled it, in every language, and the sandbox holds."""
    _book().keep_compiled(whole=True)
    assert file.is_file()
    _forget()
    request.getfixturevalue("_no_compiler")
    later = _book()
    assert later.say("zh", "tried", amount=4) == "8 元"
    assert later.say("en", "tried", amount=4) == "8 yuan"
    with pytest.raises(Exception, match="for numbers"):
        later.say("en", "tried", amount="grows")
    with pytest.raises(AssertionError, match="was compiled"):
        _book(other={"zh": "{{ another }}"})


def test_loading_keeps_what_ships_and_loads_it_again(file: Path, request: pytest.FixtureRequest) -> None:
    """The library that ships is loaded the second time without a compiler."""
    _, problems = load(only=frozenset({"phrases"}))
    assert problems == ()
    _forget()
    request.getfixturevalue("_no_compiler")
    library, problems = load(only=frozenset({"phrases"}))
    assert problems == ()
    assert library.phrases.keys("zh")


def test_no_other_folder_is_kept(file: Path, tmp_path: Path) -> None:
    """A library that somebody tries out, or one with a problem, leaves nothing behind."""
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases/tried.yaml").write_text('tried: {zh: "{{ one }}", en: "{{ one }}"}', encoding="utf-8")
    _, problems = load(tmp_path)
    assert problems == ()
    assert not file.exists()


def test_what_is_not_said_any_more_goes(file: Path) -> None:
    """A whole book keeps its own templates only; a part of one leaves the others alone."""
    _book(one={"en": "{{ one }}"}).keep_compiled(whole=True)
    _book(two={"en": "{{ two }}"}).keep_compiled(whole=False)
    assert phrasing._kept().keys() == {"{{ one }}", "{{ two }}"}
    _book(three={"en": "{{ three }}"}).keep_compiled(whole=True)
    assert phrasing._kept().keys() == {"{{ three }}"}


@pytest.mark.parametrize("change", [lambda kept: kept[:-9], lambda kept: b"\0" * len(kept), lambda _kept: b""])
def test_a_broken_file_counts_as_none(file: Path, change: object) -> None:
    """Whatever became of the file, what it holds is compiled anew and kept anew."""
    _book().keep_compiled(whole=True)
    file.write_bytes(change(file.read_bytes()))  # type: ignore[operator]
    _forget()
    assert phrasing._kept() == {}
    _book().keep_compiled(whole=True)
    assert phrasing._kept().keys() == set(WORDS.values())


def test_other_rules_for_templates_need_other_codes(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where templates may use other filters, or another compiler made the codes, none of them counts."""
    _book().keep_compiled(whole=True)
    assert phrasing._kept() != {}
    for name, value in (("_FILTERS", ("abs",)), ("_READ_AS", {**phrasing._READ_AS, "trim_blocks": False})):
        with monkeypatch.context() as context:
            context.setattr(phrasing, name, value)
            phrasing._kept.cache_clear()
            assert phrasing._kept() == {}
    monkeypatch.setattr("jinja2.__version__", "0")
    phrasing._kept.cache_clear()
    assert phrasing._kept() == {}


def test_nothing_is_kept_where_nothing_may_be(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wants no compiled modules on the disk gets no templates there; a folder that cannot be is no trouble."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    _book().keep_compiled(whole=True)
    assert not file.exists()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "taken").write_text("a file, not a folder")
    monkeypatch.setattr(compiled, "FILE", tmp_path / "taken/compiled.templates")
    _book().keep_compiled(whole=True)
    assert (tmp_path / "taken").is_file()
