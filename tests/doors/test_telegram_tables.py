"""Tables, fans and buttons for Telegram: everything is said, in lines that a phone shows, and fits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.letters import cleaned, columns, shortened, units
from bot.channels.telegram.rendering import LONGEST_LABEL, UnshowableReplyError, render
from bot.dialogue.messages import Button, Fan, Reply, Table, Text
from tests.doors.telegram_words import accepted, read_back, rendered
from tests.street.stage import Stage

WIDEST = 34
CELLS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\xad"), min_size=1, max_size=30)


def test_too_many_buttons_are_named() -> None:
    """A keyboard that Telegram would refuse is an error where it is made."""
    rows = tuple((Button(label=str(n), action="menu:"),) for n in range(101))
    with pytest.raises(UnshowableReplyError, match="100"):
        render(Reply(blocks=(Text(markup="x"),), buttons=rows), str)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 6).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=2, max_size=12)))
def test_a_table_says_every_cell(rows: list[list[str]]) -> None:
    """Every cell, and the header word of every cell but titles, can be read, without ASCII art, and is accepted."""
    header, *body = (tuple(row) for row in rows)
    table = Table(title="Title", header=header, rows=tuple(body))
    shown = render(Reply(blocks=(table,)), str)
    accepted(Stage(), shown)
    text = "".join(read_back(shown)[0].split())
    assert all(cleaned(cell) in text for row in body for cell in row)
    assert len(header) == 2 or all(text.count(cleaned(name)) >= len(body) for name in header[1:])
    assert "<pre>" not in shown.parts[0]


def test_a_narrow_and_a_wide_table() -> None:
    """Two columns are lines of label and value; more are small paragraphs with their header words."""
    narrow = Table(header=("项目", "内容"), rows=(("月收入", "8,000"), ("Line", "3")))
    assert render(Reply(blocks=(narrow,)), str).parts == ("<b>月收入\N{FULLWIDTH COLON}</b>8,000\n<b>Line: </b>3",)
    wide = Table(title="T", header=("When", "What", ""), rows=(("now", "walk", "free"), ("2", "run", "")))
    assert render(Reply(blocks=(wide,)), str).parts == (
        "<b>T</b>\n\n<b>now</b>\nWhat: walk \u00b7 free\n\n<b>When 2</b>\nWhat: run",
    )
    nothing = Table(title="T", header=("a", "b"), rows=())
    blank = Table(header=("a", "b"), rows=(("", ""), ("c", ""), ("", "d")))
    assert render(Reply(blocks=(Text(markup="x"), nothing, blank)), str).parts == ("x\n<b>c</b>\nd",)


def test_a_long_table_of_figures_folds_and_one_of_words_does_not() -> None:
    """A schedule is folded so that what follows is seen; a plan stands open."""
    figures = Table(header=("n", "yuan", "left"), rows=tuple((str(n), "1,700.00", "9.00") for n in range(12)))
    words = Table(header=("when", "what", "why"), rows=tuple((str(n), "a" * 30, "b" * 30) for n in range(12)))
    assert render(Reply(blocks=(figures,)), str).parts[0].startswith("<blockquote expandable><b>n 0</b>\n")
    assert "blockquote" not in render(Reply(blocks=(words,)), str).parts[0]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(*[st.floats(0, 9e8)] * 3).map(lambda v: tuple(sorted(v))), min_size=13, max_size=13),
    st.booleans(),
)
def test_a_fan_fits_a_phone(values: list[tuple[float, float, float]], planned: bool) -> None:
    """Months 0, 3, 6, 9 and 12 with low, middle and high, in lines of at most 34 columns."""
    fan = Fan(
        title="Range",
        months=tuple(range(13)),
        without=tuple(values),
        with_plan=tuple(values) if planned else (),
        without_label="照旧",
        with_label="照计划做",
        month_label="月",
    )
    shown = render(Reply(blocks=(fan,)), str)
    accepted(Stage(), shown)
    boxes = re.findall("<pre>(.*?)</pre>", shown.parts[0], re.DOTALL)
    lines = [line for box in boxes for line in box.split("\n")]
    assert all(columns(line) <= WIDEST for line in lines)
    months = [line.split()[0] for line in lines]
    assert months == ["月", "0", "3", "6", "9", "12"] * (2 if planned else 1)
    for line, at in zip(lines[1:6], (0, 3, 6, 9, 12), strict=True):
        told = [float(word.replace(",", "")) for word in line.split()[1:4]]
        assert told == [pytest.approx(value, abs=0.5) for value in values[at]]


@given(st.text(max_size=120))
def test_a_label_is_cut_at_a_word(label: str) -> None:
    """A button's label has at most 64 UTF-16 units and never nothing; its row and place stay."""
    row = (Button(label=label, action="menu:"), Button(label="x", action="goal:ask"))
    keyboard = render(Reply(blocks=(Text(markup="x"),), buttons=(row, (), row)), str).keyboard
    assert keyboard is not None
    assert [[button["callback_data"] for button in one] for one in keyboard["inline_keyboard"]] == [
        ["menu:", "goal:ask"],
        ["menu:", "goal:ask"],
    ]
    shown = keyboard["inline_keyboard"][0][0]["text"]
    assert 0 < units(shown) <= LONGEST_LABEL


def test_a_long_label_ends_with_a_whole_word() -> None:
    """What is cut ends at the border of a word, with an ellipsis."""
    assert shortened("what is the yearly rate of this loan", 20) == "what is the yearly…"
    assert shortened("额度为什么变少或没了", 6) == "额度为什么…"
    assert shortened("x" * 10, 10) == "x" * 10
    assert units(shortened("😀" * 40, 64)) <= 64


def test_the_typed_keyboard_is_the_same() -> None:
    """The keyboard as the library's object says what the plain one says."""
    shown = render(Reply(blocks=(Text(markup="x"),), buttons=((Button(label="a", action="b"),),)), str)
    assert shown.markup is not None
    assert shown.markup.to_dict() == shown.keyboard
    assert rendered("x").markup is None
