"""What an operator reads is said to an operator: of tables, of questions that nobody asked, of drafts to forget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.admin.chatting import spoken_rows
from bot.admin.desk import Desk, Operator, Sheet
from bot.admin.office import hear
from bot.settings import Settings
from bot.store.engine import open_store
from bot.store.tables import METADATA
from knowledge.entries import Language
from tests.journeys.walking import NOW, scene_now
from tests.publishing.desks import EditorsDesk


@pytest.fixture
def desk() -> Desk:
    """An owner's desk before an empty store."""
    return Desk(scene_now().library, scene_now().packs, open_store("sqlite://"), NOW, Operator(7, "owner"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_are_named_for_whoever_runs_the_bot(desk: Desk, language: Language) -> None:
    """No table is called by its code in Chinese, and none by words that are meant for the person in it."""
    sheet = Sheet(("what", "rows"), tuple((name, 0) for name in METADATA.tables))
    told = [row[0] for row in spoken_rows(replace(desk, language=language), sheet)]
    assert [words for words in told if "you" in words.split() or "your" in words.split() or "\u4f60" in words] == []
    assert language == "en" or [words for words in told if words.isascii()] == []
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_health_says_nothing_twice(desk: Desk, language: Language) -> None:
    """Every line has a name of its own."""
    there = replace(desk, language=language)
    sheet = hear(there, "health", sure=False).told.sheet
    assert sheet is not None
    named = [row[0] for row in spoken_rows(there, sheet)]
    assert [name for name in named if named.count(name) > 1] == []


def test_only_who_has_no_key_is_told_that_there_is_none(desk: Desk) -> None:
    """With a secret key set, an empty list says nothing of keys."""
    assert "SECRET_KEY" in hear(desk, "unanswered", sure=False).told.words
    kept = replace(desk, settings=Settings(secret_key=SecretStr("a secret of this test")))
    assert "SECRET_KEY" not in hear(kept, "unanswered", sure=False).told.words


def test_to_forget_all_drafts_can_be_typed(tmp_path: Path) -> None:
    """The question counts files alone, and names the line that a terminal, which has no buttons, needs."""
    desk = EditorsDesk(tmp_path)
    desk.gives("edit articles/fees title_en Fees of all kinds")
    desk.gives("draft a note")
    asked = desk.gives("discard all")
    assert "the one draft" in asked.words
    assert f"/admin {asked.ways[0].line}" in asked.words
    assert "Forgotten" in desk.gives(asked.ways[0].line).words
    assert desk.desk.say("publishing.no_draft") in desk.gives("draft").words
