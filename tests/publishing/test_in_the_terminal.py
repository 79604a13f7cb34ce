"""Commands that answer one question do so by what is published in the configured database, and by what ships else."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.__main__ import main
from bot.channels.playground.faces.in_process import StreetRequest
from bot.channels.telegram.operators import OperatorsMenus
from bot.channels.telegram.transport import make_bot
from bot.settings import read_settings
from bot.store.editions import Published, edition_hash, publish
from bot.store.engine import open_store, writing
from knowledge.loading import HOME, load
from knowledge.stack import Overlay
from simulator.loading import POLICIES
from tests.journeys.walking import NOW, scene_now
from tests.street.stage import Stage

pytestmark = pytest.mark.usefixtures("reckoned_once")

T = TypeVar("T")
PROFILE = {"kind": "person", "product": "jiebei", "facts": {"current_line": 10000, "monthly_income": 9000}}


def _published(folder: Path) -> None:
    """An edition in which the answer about fees and a number of a pack are other ones."""
    fees = (HOME / "articles" / "fees.md").read_text("utf-8")
    pack = (POLICIES / "jiebei.yaml").read_text("utf-8")
    files = {
        "articles/fees.md": fees.replace("Are there handling or service fees?", "What do all the fees come to?"),
        "policies/jiebei.yaml": pack.replace("headroom: {value: 0.10", "headroom: {value: 0.60"),
    }
    store = open_store(f"sqlite:///{folder / 'limit-guide.db'}")
    with writing(store) as connection:
        publish(connection, Published(1, 0, "terminal", "", files, "", edition_hash(1, files, "")))
    store.dispose()


def _asked(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


def test_what_is_published_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question finds the published words; where no database is configured, or none is there, the shipped ones."""
    monkeypatch.delenv("LIMIT_GUIDE_DATABASE_URL", raising=False)
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path / "nothing"))
    assert "Are there handling or service fees?" in _asked(capsys, "ask", "借钱收不收手续费")
    assert not (tmp_path / "nothing").exists()
    _published(tmp_path)
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    assert "What do all the fees come to?" in _asked(capsys, "ask", "借钱收不收手续费")
    assert not read_settings({}).names_a_database
    assert read_settings({"LIMIT_GUIDE_DATABASE_URL": "sqlite://"}).names_a_database


@pytest.mark.parametrize("command", ["simulate", "plan"])
def test_published_numbers_are_reckoned_with(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A forecast and a plan come of the published pack."""
    monkeypatch.delenv("LIMIT_GUIDE_DATABASE_URL", raising=False)
    file = tmp_path / "profile.json"
    file.write_text(json.dumps(PROFILE), "utf-8")
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    shipped = json.loads(_asked(capsys, command, str(file), "--json"))
    _published(tmp_path)
    assert json.loads(_asked(capsys, command, str(file), "--json")) != shipped


def test_a_database_that_cannot_be_asked_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No answer by other numbers than those in use: exit code 2, and what is wrong."""
    monkeypatch.setenv("LIMIT_GUIDE_DATABASE_URL", "mysql://nowhere/x")
    assert main(["ask", "借钱收不收手续费"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err


def test_telegrams_menus_follow_the_edition() -> None:
    """Once other words are in use, everybody's command menu says them; while they stay, nothing is posted."""
    stage, store = Stage(), open_store("sqlite://")
    before = scene_now().library.phrases
    page = (HOME / "phrases" / "menus.yaml").read_text("utf-8")
    told = before.written("en", "command.plan")
    over = Overlay({"phrases/menus.yaml": page.replace(told, "A plan in other words")})
    after = load(only=frozenset({"phrases"}), over=over)[0].phrases
    books = iter((before, before, after, after))

    async def run(work: Callable[[], T], /) -> T:
        return work()

    async def life() -> list[int]:
        async with make_bot(stage.street.token, "http://street", StreetRequest(stage.street)) as bot:
            menus = OperatorsMenus(bot, lambda: next(books), store, frozenset(), run, lambda: NOW)
            calls = []
            for _ in range(4):
                quiet = stage.street.weather.calls
                await menus.look()
                calls.append(stage.street.weather.calls - quiet)
            return calls

    calls = asyncio.run(life())
    assert calls[1] == calls[3] == 0
    assert calls[2] > 0
    store.dispose()
