"""Pictures: any chart becomes a PNG that fits a phone, with round axes and labels that never lie on each other."""

from __future__ import annotations

import json
import struct
from itertools import pairwise

import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.messages import Bar, Bars, Fan, Picture, Waterfall
from bot.documents.amounts import axis_over, short, tick_words
from bot.documents.bars import bars_figure
from bot.documents.fan import fan_figure
from bot.documents.figures import Tongue, title_of
from bot.documents.letters import FONTS
from bot.documents.picturing import draw_picture
from bot.documents.waterfall import waterfall_figure
from knowledge.entries import Language
from tests.knowledge.shipped import shipped

pytestmark = pytest.mark.usefixtures("reckoned_once")

PHRASES = shipped()[0].phrases
LANGUAGES: tuple[Language, ...] = ("zh", "zh-hant", "en")
AMOUNTS = st.floats(0, 5e8)
ENDS = st.tuples(AMOUNTS, AMOUNTS, AMOUNTS).map(lambda three: tuple(sorted(three)))
WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@st.composite
def fans(draw: st.DrawFn) -> Fan:
    """Any fan of one to thirteen months."""
    months = draw(st.integers(1, 13))
    ends = st.lists(ENDS, min_size=months, max_size=months).map(tuple)
    return Fan(
        title=draw(WORDS),
        months=tuple(range(months)),
        without=draw(ends),
        with_plan=draw(st.just(()) | ends),
        without_label=draw(WORDS),
        with_label=draw(WORDS),
        target=draw(st.none() | AMOUNTS),
        target_label="Aim",
    )


STEPS = st.lists(st.tuples(WORDS, st.floats(-1e6, 1e6)), max_size=12).map(tuple)


def _size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@settings(max_examples=12, deadline=None)
@given(fans(), st.sampled_from(LANGUAGES), st.booleans())
def test_any_fan_fits_a_phone(fan: Fan, language: str, dark: bool) -> None:
    """Whatever the amounts and names, the picture has the size of a phone's portrait."""
    assert _size(draw_picture(Picture(of=fan, language=language, dark=dark), PHRASES)) == (1080, 1350)


@settings(max_examples=12, deadline=None)
@given(STEPS, AMOUNTS, AMOUNTS, st.sampled_from(LANGUAGES))
def test_any_waterfall_is_as_wide_as_a_phone(
    steps: tuple[tuple[str, float], ...], start: float, end: float, language: str
) -> None:
    """Whatever the steps, the picture is as wide as a phone, and longer with more of them."""
    waterfall = Waterfall(title="T", start=("Ordinary", start), steps=steps, end=("You", end))
    width, height = _size(draw_picture(Picture(of=waterfall, language=language), PHRASES))
    assert width == 1080
    assert 450 < height < 700 + 400 * len(steps)


@st.composite
def bars(draw: st.DrawFn) -> Bars:
    """Any bars: counts or shares, some with ranges, some hidden."""
    share = draw(st.booleans())
    values = st.floats(0, 1) if share else st.floats(-1e6, 1e6)
    three = st.tuples(values, values, values).map(sorted)
    rows = [
        Bar(label=draw(WORDS), value=None, instead="<10")
        if draw(st.booleans())
        else Bar(label=draw(WORDS), value=at, **({"low": low, "high": high} if draw(st.booleans()) else {}))
        for low, at, high in draw(st.lists(three, max_size=8))
    ]
    return Bars(title=draw(WORDS), rows=tuple(rows), share=share, mark=draw(st.none() | values), mark_label="Aim")


@settings(max_examples=12, deadline=None)
@given(bars(), st.sampled_from(LANGUAGES), st.booleans())
def test_any_bars_are_as_wide_as_a_phone_and_within_it(block: Bars, language: Language, dark: bool) -> None:
    """Whatever the values and ranges, each has its place inside the picture, and hidden ones have words and no bar."""
    rows = bars_figure(block, Tongue(language, PHRASES))["rows"]
    assert all(0 <= row[end] <= 1 for row in rows for end in ("at", "low", "high") if row[end] is not None)
    assert [row["words"] == "<10" for row in rows] == [row["at"] is None for row in rows]
    width, height = _size(draw_picture(Picture(of=block, language=language, dark=dark), PHRASES))
    assert width == 1080
    assert 100 < height < 700 + 400 * len(block.rows)


def test_equal_pictures_are_equal_bytes_and_dark_is_another() -> None:
    """The same picture is drawn to the same bytes, so that it can be sent again."""
    picture = Picture(of=Fan(title="T", months=(0, 12), without=((1.0, 1.0, 1.0), (0.0, 2.0, 4.0))))
    first = draw_picture(picture, PHRASES)
    assert first == draw_picture(picture, PHRASES)
    assert first != draw_picture(picture.model_copy(update={"dark": True}), PHRASES)


def test_words_are_never_read_as_markup() -> None:
    """What looks like the template's own language is drawn letter by letter."""
    hostile = Fan(title='#panic("x") $ * _', months=(0,), without=((1.0, 2.0, 3.0),), without_label="#read('/a')")
    assert _size(draw_picture(Picture(of=hostile), PHRASES)) == (1080, 1350)


@settings(max_examples=25, deadline=None)
@given(fans(), st.sampled_from(LANGUAGES))
def test_labels_at_the_ends_never_collide(fan: Fan, language: Language) -> None:
    """Every label keeps clear of the others, inside the picture."""
    found = typst.query(
        FONTS.parent / "templates/picture.typ",
        "<label>",
        root=FONTS.parent / "templates",
        field="value",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(fan_figure(fan, Tongue(language, PHRASES)))},
    )
    boxes = sorted((box["top"], box["top"] + box["height"], box["room"]) for box in json.loads(found))
    assert len(boxes) >= 1
    assert all(0 <= top < bottom <= room for top, bottom, room in boxes)
    assert all(bottom < below[0] for (_, bottom, _), below in pairwise(boxes))


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30))
def test_an_axis_holds_everything_on_round_steps(amounts: list[float]) -> None:
    """The axis begins at nothing or below, reaches over every amount, and has three to nine even, round steps."""
    axis = axis_over(amounts)
    step = axis.ticks[1] - axis.ticks[0]
    assert axis.low <= min(0.0, *amounts) <= max(amounts) <= axis.high
    assert 2 <= len(axis.ticks) <= 9
    assert f"{step:.9g}".strip("0.").split("e")[0].rstrip("0.") in {"1", "2", "25", "2.5", "5"}
    assert all(0 <= axis.share(amount) <= 1 for amount in amounts)


@pytest.mark.parametrize(
    ("amount", "language", "said"),
    [
        (8000.0, "zh", "8,000"),
        (48_500.0, "zh", "4.85万"),
        (48_500.0, "zh-hant", "4.85萬"),
        (48_500.0, "en", "48.5k"),
        (120_000_000.0, "zh", "1.2亿"),
        (2_500_000.0, "en", "2.5M"),
        (-12_000.0, "en", "\N{MINUS SIGN}12k"),
        (0.0, "zh", "0"),
    ],
)
def test_amounts_in_few_letters(amount: float, language: Language, said: str) -> None:
    """Each language counts large amounts in its own unit."""
    assert short(amount, Tongue(language, PHRASES)) == said


def test_one_axis_counts_in_one_unit() -> None:
    """All amounts on an axis share a unit, and nothing is just 0."""
    assert tick_words(axis_over([38_000.0]), Tongue("zh", PHRASES)) == ["0", "1万", "2万", "3万", "4万"]
    assert tick_words(axis_over([9_000.0]), Tongue("en", PHRASES)) == ["0", "2k", "4k", "6k", "8k", "10k"]


def test_a_fan_says_its_ends_roundly_and_what_was_told_exactly() -> None:
    """An estimate's end has two digits; the line of today and the target stand as they were told."""
    fan = Fan(
        title="Line (small print)",
        months=tuple(range(13)),
        without=((48_500.0,) * 3, *(((31_234.0, 52_345.0, 71_111.0),) * 12)),
        without_label="As it is",
        target=61_500.0,
        target_label="Aim",
    )
    figure = fan_figure(fan, Tongue("en", PHRASES))
    assert figure["title"] == "Line"
    assert [(label["name"], label["amount"]) for label in figure["labels"]] == [
        ("As it is", "52k"),
        ("Now", "48.5k"),
        ("Aim", "61.5k"),
    ]
    assert figure["rows"][0]["span"] == "31k and 71k"
    assert [month["label"] for month in figure["months"]] == ["now", "3", "6", "9", "12"]


@pytest.mark.parametrize("first", [(1.0, 2.0, 3.0), (3.0, 3.0, 3.0)])
def test_today_is_drawn_only_where_it_says_something(first: tuple[float, float, float]) -> None:
    """A first month that is itself a range has no line of today, and a middle that stays where it is needs none."""
    fan = Fan(title="T", months=(0, 1), without=(first, (1.0, 3.0, 4.0)))
    assert fan_figure(fan, Tongue("en", PHRASES))["levels"] == []


def test_a_forecast_of_the_past_has_no_line_of_today() -> None:
    """Where it is drawn what came true, the first month is not today."""
    fan = Fan(title="T", months=(0, 1), without=((3.0, 3.0, 3.0), (1.0, 2.0, 4.0)))
    assert len(fan_figure(fan, Tongue("en", PHRASES))["levels"]) == 1
    past = fan.model_copy(update={"reported": ((0.5, 2.0),)})
    assert fan_figure(past, Tongue("en", PHRASES))["levels"] == []


def test_only_bars_that_are_there_are_explained() -> None:
    """A key without lowering bars says nothing of lowering."""
    waterfall = Waterfall(title="T", start=("A", 1.0), steps=(("b", 2.0),), end=("D", 3.0))
    assert [one["words"] for one in waterfall_figure(waterfall, Tongue("en", PHRASES))["key"]] == ["Raises"]


def test_every_step_of_a_waterfall_begins_where_the_one_before_ended() -> None:
    """The bars are a chain from the first amount to the last, and each says whether it raises or lowers."""
    waterfall = Waterfall(
        title="T", start=("A", 30_000.0), steps=(("b", 9_000.0), ("c", -14_000.0)), end=("D", 25_000.0)
    )
    rows = waterfall_figure(waterfall, Tongue("en", PHRASES))["rows"]
    assert [row["role"] for row in rows] == ["end", "raise", "lower", "end"]
    assert [row["amount"] for row in rows] == ["30k", "+9,000", "\N{MINUS SIGN}14k", "25k"]
    assert [row["from"] for row in rows[1:3]] == [rows[0]["to"], rows[1]["to"]]
    assert rows[2]["to"] == rows[3]["to"]


def test_small_print_is_left_out_of_titles() -> None:
    """What stands in brackets at the end goes; a title that is all brackets stays."""
    assert title_of("未来的额度（元；居中）") == "未来的额度"
    assert title_of("a (b) c") == "a (b) c"
    assert title_of("(all)") == "(all)"
