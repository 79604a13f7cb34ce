"""What operators read: commands keep their names in the trail, tables say what they hold, and every line is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from bot.__main__ import main
from bot.admin.chatting import spoken_rows
from bot.admin.desk import Desk, Sheet
from bot.broadcast.wording import faults_of
from bot.store.engine import open_store, writing
from bot.store.tables import AUDIT
from tests.journeys.walking import NOW, scene_now


def test_codes_are_put_into_words_unless_they_are_names_of_commands() -> None:
    """A table's name is told by what it holds of people; in the trail a command keeps its own name."""
    desk = Desk(scene_now().library, {}, open_store("sqlite://"), NOW)
    cells = (("unanswered", "inbox", 1234),)
    assert spoken_rows(desk, Sheet(("act",), cells, spoken=False)) == (("unanswered", "inbox", "1,234"),)
    assert spoken_rows(desk, Sheet(("what",), cells))[0][1:] == ("numbers of messages that came", "1,234")


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


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Good news: ab\u202ecd", "unseen"),
        ("Good\u200b news", "unseen"),
        ("See https://www.alipay.com@evil.example", "link"),
        ("See https://\u0430lipay.com", "link"),
        ("[this](tg://user?id=1)", "link"),
        ("[this](javascript:x)", "link"),
        ("See https://www.alipay.com/help?a=b@c", ""),
    ],
)
def test_a_broadcast_seems_to_be_what_it_is(words: str, code: str) -> None:
    """Nothing that acts without being seen goes out, and no link that leads elsewhere than it seems to."""
    assert [fault.code for fault in faults_of(words, "en", scene_now().library)] == ([code] if code else [])


def test_a_terminal_says_by_its_code_that_something_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken trail and unsound drafts end with 1, so that whatever runs the command by the clock sees it."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    assert main(["admin", "put", "articles/fees.md", "---\nid: fees\n---\n"]) == 0
    assert main(["admin", "audit", "verify"]) == 0
    assert main(["admin", "check"]) == 1
    with writing(open_store(f"sqlite:///{tmp_path / 'limit-guide.db'}")) as connection:
        connection.execute(update(AUDIT).values(detail="nothing"))
    assert main(["admin", "audit", "verify", "--json"]) == 1
    assert "broken" in capsys.readouterr().out


def test_a_terminal_obeys_nothing_that_somebody_wrote(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A note with signs that would colour, hide or turn round what follows is shown with marks in their place."""
    monkeypatch.setenv("LIMIT_GUIDE_DATA_DIR", str(tmp_path))
    assert main(["admin", "draft", "fine\x1b[31m \u202eread\x07 [bold]so[/bold]"]) == 0
    assert main(["admin", "put", "articles/fees.md", "---\nid: \x1b[2J\n---\n"]) == 0
    capsys.readouterr()
    assert main(["admin", "draft"]) == 0
    assert main(["admin", "difference"]) == 0
    out = capsys.readouterr().out
    assert "read" in out
    assert "[bold]" in out
    assert not {"\x1b", "\x07", "\u202e"} & set(out)
