"""The console door: choices by number, letter or words, drawings a terminal can show, and going on later."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels.console import ConsoleDoor, talk
from bot.channels.drawing import draw, marks
from bot.channels.filing import file_paper
from bot.channels.lines import arrival_of
from bot.dialogue.messages import Button, Fan, Paper, Reply, Table, Text
from bot.settings import read_settings
from bot.wiring import House
from tests.faults.house import shelves
from tests.journeys.walking import NOW

CARD = Reply(
    blocks=(Text(markup="**How many?**"),),
    buttons=((Button(label="None", action="pick:n:0"), Button(label="One", action="pick:n:1")),),
)
PAPER = Paper(form="export", name="mine.json", language="en", content={"money": 8000})


def _drawn(reply: Reply) -> str:
    page = io.StringIO()
    Console(width=80, file=page).print(draw(reply))
    return page.getvalue()


@pytest.mark.parametrize(
    ("line", "action"), [("1", "pick:n:0"), ("[2]", "pick:n:1"), ("one", "pick:n:1"), (" ONE ", "pick:n:1")]
)
def test_a_choice_is_pressed_by_number_or_words(line: str, action: str) -> None:
    """A number, a bracketed number or the label itself presses the button."""
    assert arrival_of(line, CARD, "k", NOW).action == action


def test_where_a_number_is_an_answer_choices_have_letters() -> None:
    """On a card that asks for a count, 1 is one and a is the first choice."""
    counting = CARD.model_copy(update={"hint": "letter"})
    assert [mark for mark, _ in marks(counting)] == ["a", "b"]
    assert arrival_of("1", counting, "k", NOW).text == "1"
    assert arrival_of("b", counting, "k", NOW).action == "pick:n:1"


def test_a_command_carries_its_argument() -> None:
    """A slash word is a command, and the rest of the line belongs to it."""
    arrival = arrival_of("/ask why is it gone", CARD, "k", NOW)
    assert (arrival.command, arrival.text) == ("ask", "why is it gone")


def test_control_characters_never_arrive() -> None:
    """Escape codes typed or pasted are dropped before anybody reads them."""
    assert arrival_of("\x1b[31m5\x07", None, "k", NOW).text == "[31m5"


def test_everything_can_be_drawn() -> None:
    """Words, tables, charts and choices appear with their figures."""
    fan = Fan(title="Line", months=(0, 6), without=((1.0, 2.0, 4.0), (0.0, 0.0, 0.0)), month_label="Month")
    reply = Reply(
        blocks=(Text(markup="**Hello**"), Table(header=("a", "b"), rows=(("x", "1"),), right=(1,)), fan),
        buttons=CARD.buttons,
    )
    drawn = _drawn(reply)
    assert all(part in drawn for part in ("Hello", "x", "Line", "Month", "[1] None", "[2] One"))


def test_the_chat_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second start welcomes back and shows the very card that stood open; the language can change then."""
    settings = read_settings({"LIMIT_GUIDE_DATA_DIR": str(tmp_path)})
    door = ConsoleDoor(House(settings, settings.database), tmp_path)
    door.open("zh", None)
    talk(door, ["同意", "已满 18 岁", "估一估我的额度", "个人", ""], echo=False)
    door.farewell()
    capsys.readouterr()
    again = ConsoleDoor(House(settings, settings.database), tmp_path)
    again.open(None, "en_US")
    shown = capsys.readouterr().out
    assert "欢迎回来" in shown
    assert "页面上显示的总额度是多少" in shown
    english = ConsoleDoor(House(settings, settings.database), tmp_path)
    english.open("en", None)
    assert "What total credit line" in capsys.readouterr().out


def test_a_paper_is_written_where_it_can_be_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is written for its owner only, a line says where, and a folder that cannot be written costs nothing."""
    settings = read_settings({"LIMIT_GUIDE_DATA_DIR": str(tmp_path)})
    house = House(settings, settings.database)
    door = ConsoleDoor(house, tmp_path / "new folder", width=40)
    door._draw(Reply(blocks=(PAPER,)))
    place = tmp_path / "new folder" / "mine.json"
    assert json.loads(place.read_text(encoding="utf-8")) == {"money": 8000}
    assert place.stat().st_mode & 0o777 == 0o600
    assert f"The file is here: {place}" in capsys.readouterr().out
    ConsoleDoor(house, place)._draw(Reply(blocks=(PAPER,)))
    assert "could not be sent" in capsys.readouterr().out


def test_filing_writes_nothing_over(tmp_path: Path) -> None:
    """An equal file is there already; another under the same name gets a number; no name leaves the folder."""
    phrases = shelves().front.phrases
    first = file_paper(PAPER, tmp_path, phrases)
    other = PAPER.model_copy(update={"content": {"money": 9000}})
    assert file_paper(PAPER, tmp_path, phrases) == first
    assert file_paper(other, tmp_path, phrases).name == "mine 2.json"
    assert json.loads(first.read_text(encoding="utf-8")) == {"money": 8000}
    sly = file_paper(PAPER.model_copy(update={"name": "../../etc/\n:x.json"}), tmp_path, phrases)
    assert sly.parent == tmp_path
    assert sly.is_file()
    assert file_paper(PAPER.model_copy(update={"name": " .. "}), tmp_path, phrases).name == "file"


def test_a_line_break_stays_one_and_bold_may_end_at_a_full_stop() -> None:
    """At a terminal words stand as in the messenger: a break is a break, a list a list, and no star is left over."""
    page = io.StringIO()
    words = "**看看。**点一条。\n例如：3万。\n\n- **96110**：怀疑；**110**：马上\n- 乙"
    Console(file=page, width=60, color_system=None).print(draw(Reply(blocks=(Text(markup=words),))))
    lines = [line.strip() for line in page.getvalue().splitlines() if line.strip()]
    assert lines == ["看看。点一条。", "例如：3万。", "• 96110：怀疑；110：马上", "• 乙"]
