"""What operators read: commands keep their names in the trail, tables say what they hold, and every line is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.admin.chatting import spoken_rows
from bot.admin.desk import Desk, Sheet
from bot.store.engine import open_store
from tests.journeys.walking import NOW, scene_now


def test_codes_are_put_into_words_unless_they_are_names_of_commands() -> None:
    """A table's name is told by what it holds of people; in the trail a command keeps its own name."""
    desk = Desk(scene_now().library, {}, open_store("sqlite://"), NOW)
    cells = (("unanswered", "inbox", 1234),)
    assert spoken_rows(desk, Sheet(("act",), cells, spoken=False)) == (("unanswered", "inbox", "1,234"),)
    assert spoken_rows(desk, Sheet(("what",), cells))[0][1:] == ("numbers of messages and messages that wait", "1,234")


def test_a_terminal_shows_commands_as_they_are_typed_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note is called a note, hints name the program, and what asks to be sure is not said to be for ever."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    assert main(["admin", "draft", "Plainer words"]) == 0
    assert "The note is kept" in capsys.readouterr().out
    assert main(["admin", "entry", "articles/fees"]) == 0
    out = capsys.readouterr().out
    assert "limit-guide admin edit articles/fees" in out
    assert "/admin" not in out
    assert main(["admin", "rollback", "0"]) == 2
    assert "asks to be sure" in capsys.readouterr().err
