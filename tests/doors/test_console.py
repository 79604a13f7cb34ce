"""The console door: choices by number, letter or words, drawings a terminal can show, and going on later."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels.console import ConsoleDoor, talk
from bot.channels.drawing import draw, marks
from bot.channels.lines import arrival_of
from bot.dialogue.messages import Button, Fan, Reply, Table, Text
from bot.settings import read_settings
from bot.wiring import House
from tests.journeys.walking import NOW

CARD = Reply(
    blocks=(Text(markup="**How many?**"),),
    buttons=((Button(label="None", action="pick:n:0"), Button(label="One", action="pick:n:1")),),
)


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
    door = ConsoleDoor(House(settings, settings.database))
    door.open("zh", None)
    talk(door, ["同意", "已满 18 岁", "估一估我的额度", "个人", ""], echo=False)
    door.farewell()
    capsys.readouterr()
    again = ConsoleDoor(House(settings, settings.database))
    again.open(None, "en_US")
    shown = capsys.readouterr().out
    assert "欢迎回来" in shown
    assert "页面上显示的总额度是多少" in shown
    english = ConsoleDoor(House(settings, settings.database))
    english.open("en", None)
    assert "What total credit line" in capsys.readouterr().out
