"""Charts and files at doors that cannot show them: everything they would show is said in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from rich.console import Console

from bot.channels.drawing import draw
from bot.channels.telegram.rendering import render
from bot.dialogue.messages import Bar, Bars, Fan, Paper, Picture, Reply, Waterfall
from tests.doors.telegram_words import accepted, read_back
from tests.street.stage import Stage

WATERFALL = Waterfall(
    title="What raises and lowers",
    start=("Ordinary", 20_000.0),
    steps=(("Paid on time", 6_500.0), ("Debts elsewhere", -31_250.0), ("New account", -1.0)),
    end=("You", 0.0),
)
FAN = Fan(title="Ahead", months=(0, 6), without=((1.0, 2.0, 4.0), (1.0, 3.0, 9.0)), without_label="As it is")
BARS = Bars(
    title="Who was helped",
    rows=(
        Bar(label="Repaying early", value=0.82, low=0.71, high=0.9),
        Bar(label="Vanished", value=None, instead="<10"),
        Bar(label="Fell", value=0.0),
    ),
    share=True,
    unit="people",
    mark=0.7,
    mark_label="Aim",
    note="Of those who said so.",
)
PICTURES = (
    Picture(of=BARS, caption="Only an **estimate**."),
    Picture(of=WATERFALL, caption="Only an **estimate**."),
    Picture(of=FAN, caption="Only an **estimate**.", language="en"),
)


def _drawn(reply: Reply) -> str:
    console = Console(width=100, force_terminal=False)
    with console.capture() as told:
        console.print(draw(reply))
    return told.get()


def _told(reply: Reply) -> str:
    shown = render(reply, str)
    accepted(Stage(), shown)
    return read_back(shown)[0]


@pytest.mark.parametrize("door", [_drawn, _told])
def test_a_waterfall_says_every_step_with_its_sign(door: Callable[[Reply], str]) -> None:
    """Both ends and each step stand in order, every amount beside its label and steps with a plus or minus."""
    text = door(Reply(blocks=(WATERFALL,)))
    told = [line for line in text.splitlines() if any(c.isdigit() for c in line)]
    wanted = [("Ordinary", "20,000"), ("Paid", "+6,500"), ("Debts", "-31,250"), ("New", "-1"), ("You", "0")]
    assert len(told) == len(wanted)
    assert all(label in line and amount in line for line, (label, amount) in zip(told, wanted, strict=True))


@pytest.mark.parametrize("door", [_drawn, _told])
def test_bars_say_every_value_with_its_range(door: Callable[[Reply], str]) -> None:
    """Each value stands beside its label, a hidden one as hidden, and what is counted, the mark and the note below."""
    lines = door(Reply(blocks=(BARS,))).splitlines()
    for label, value in (("Repaying", "82% (71%\N{EN DASH}90%)"), ("Vanished", "<10"), ("Fell", "0%")):
        assert any(label in line and value in line for line in lines)
    assert [line.strip() for line in lines if line.strip()][-3:] == ["people", "Aim 70%", "Of those who said so."]


@pytest.mark.parametrize("door", [_drawn, _told])
@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_told_with_its_caption(door: Callable[[Reply], str], picture: Picture) -> None:
    """What is in the picture is said as it would be without one, and the caption after it."""
    text, bare = door(Reply(blocks=(picture,))), door(Reply(blocks=(picture.of,)))
    assert text.startswith(bare.rstrip()[:20])
    assert "Only an estimate." in text


@pytest.mark.parametrize("door", [_drawn, _told])
def test_a_paper_is_told_by_its_name(door: Callable[[Reply], str]) -> None:
    """A file that cannot be handed over is at least named, with what was to be said about it."""
    paper = Paper(form="export", name="mine_2026.json", caption="Everything that is kept.", content={"a": 1})
    text = door(Reply(blocks=(paper,)))
    assert "mine_2026.json" in text
    assert "Everything that is kept." in text


@pytest.mark.parametrize("door", [_drawn, _told])
def test_a_target_is_told(door: Callable[[Reply], str]) -> None:
    """The amount that somebody aims at stands under the ranges."""
    assert "Aim" not in door(Reply(blocks=(FAN,)))
    last = door(Reply(blocks=(FAN.model_copy(update={"target": 50_000.0, "target_label": "Aim"}),))).split()[-2:]
    assert [word.strip(":") for word in last] == ["Aim", "50,000"]


@pytest.mark.parametrize("door", [_drawn, _told])
def test_a_year_is_told_in_five_months(door: Callable[[Reply], str]) -> None:
    """Of thirteen months each door writes now and every third; of months among which these are not, all."""
    year = FAN.model_copy(update={"months": tuple(range(13)), "without": ((10.0, 20.0, 40.0),) * 13, "title": ""})
    assert door(Reply(blocks=(year,))).count("40") == 5
    odd = year.model_copy(update={"months": (1, 2), "without": ((10.0, 20.0, 40.0),) * 2})
    assert door(Reply(blocks=(odd,))).count("40") == 2
