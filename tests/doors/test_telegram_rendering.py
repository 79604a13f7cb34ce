"""Rendering for Telegram: whatever is to be said is accepted, fits, loses nothing, and stays within its tags."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.channels.playground.words.markup import read_html
from bot.channels.telegram.letters import cleaned, columns, shortened, units
from bot.channels.telegram.rendering import LONGEST_LABEL, UnshowableReplyError, render
from bot.channels.telegram.sealing import Pressed, open_seal, seal
from bot.dialogue.messages import Button, Fan, Reply, Table, Text
from bot.dialogue.screens import screen
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, SEEN
from tests.doors.telegram_words import KEY, LONG, MARKED, accepted, letters, read_back, rendered
from tests.journeys.walking import journeys, read_journey, scene_now, walk
from tests.street.stage import Stage

WIDEST = 34
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\x00-\x09\x0b-\x1f]")
CELLS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="\xad"), min_size=1, max_size=30)


def _says_something(text: str) -> bool:
    try:
        rendered(text)
    except UnshowableReplyError:
        return False
    return True


@settings(max_examples=80, deadline=None)
@given(st.one_of(MARKED, LONG))
def test_any_text_is_accepted_and_fits(markup: str) -> None:
    """Whatever stands in a reply, the strict street takes every part, in at most 4096 UTF-16 units and 32 KB."""
    assume(_says_something(markup))
    shown = rendered(markup)
    accepted(Stage(), shown)
    for part in shown.parts:
        text, marks = read_html(part)
        assert units(text) <= 4096
        assert len(part.encode()) <= 1 << 15
        assert len(marks) <= 100
        assert not UNSEEN.search(text)


@settings(max_examples=80, deadline=None)
@given(st.one_of(MARKED, LONG))
def test_no_letter_is_lost(markup: str) -> None:
    """All letters and digits arrive in their order, however much is cut; only links' addresses move into the link."""
    words = markup.replace("https://example.org/a?b=c&d", "").replace("```json", "```")
    assume(_says_something(words) and "```" not in words)
    assert letters(read_back(rendered(words))[0]) == letters(cleaned(words))


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_characters="*`[\\#>-+", exclude_categories=["C", "Z"]), min_size=1, max_size=9000))
def test_plain_words_arrive_as_they_are(words: str) -> None:
    """A text without a sign of markup comes back letter by letter, through any number of parts."""
    assume(cleaned(words) == words and words.strip())
    assert "".join(read_back(rendered(words))[0].split()) == "".join(words.split())


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.sampled_from(["x", "额", "<b>", "</b>", '"', "&amp;", "<a href='tg://user?id=1'>", "\n"]), min_size=1)
)
def test_no_name_breaks_out_of_its_tags(pieces: list[str]) -> None:
    """Tags and entities inside words are shown, not obeyed: only our own bold is marked."""
    name = "".join(pieces).strip()
    assume(name)
    text, marks = read_back(rendered(f"**{name.replace(chr(10), ' ')}** and {name}"))
    assert "".join(text.split()) == "".join(f"{name}and{name}".split())
    assert {mark["type"] for mark in marks} <= {"bold"}


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("**bold** *slant* `code`", "<b>bold</b> <i>slant</i> <code>code</code>"),
        ("## A **head**", "<b>A head</b>"),
        ("- one\n- two\n  - three", "\u2022 one\n\u2022 two\n  \u2022 three"),
        ("1. one\n2) two", "1. one\n2) two"),
        ("[the law](https://a.cn/x?a=1&b=2)", '<a href="https://a.cn/x?a=1&amp;b=2">the law</a>'),
        ("[no](javascript:alert(1))", "[no](javascript:alert(1))"),
        ("> said **so**", "<blockquote>said <b>so</b></blockquote>"),
        ('```json\n{"a": "**1**"}\n```\nafter', "<pre>{&quot;a&quot;: &quot;**1**&quot;}</pre>\n\nafter"),
        ("2 ** 3 and 4*5*6", "2 ** 3 and 4*5*6"),
        ("**a** and ** alone", "<b>a</b> and ** alone"),
        (r"\*\*not bold\*\*", "**not bold**"),
        ("2 ** 3 ** 4", "2 ** 3 ** 4"),
        ("**** and ***so***", "**** and ***so***"),
        ("**a **b**", "<b>a **b</b>"),
        ("**不要做：** 借", "<b>不要做：</b> 借"),
        ("> > so", "<blockquote>so</blockquote>"),
        (">>>", "<blockquote>&gt;</blockquote>"),
        ("one\n\n\n\ntwo\nthree", "one\n\ntwo\nthree"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_the_small_markdown(markup: str, html: str) -> None:
    """Each sign of our Markdown becomes Telegram's tag, and what is no sign stays."""
    assert rendered(markup).parts == (html,)


def test_directions_are_taken_out_and_families_stay_together() -> None:
    """A name cannot turn the letters that follow it, while a joined emoji stays one picture."""
    assert rendered("\u202eabc\u202c \u2066x\u2069\u200b").parts == ("abc x",)
    assert rendered("\U0001f468\u200d\U0001f469 a\u200db").parts == ("\U0001f468\u200d\U0001f469 ab",)


def test_long_texts_are_cut_between_paragraphs_and_titles_stay_with_theirs() -> None:
    """Parts end where paragraphs end, and no title stands alone at the end of a part."""
    paragraph = "一句话说完了。" * 40
    shown = rendered("\n\n".join(f"**题目 {n}**\n\n{paragraph}" for n in range(40)))
    assert len(shown.parts) > 2
    assert all(part.startswith("<b>题目") and part.endswith("。") for part in shown.parts)


def test_one_endless_paragraph_is_cut_after_a_sentence_or_between_words() -> None:
    """Without paragraphs a part ends after a sentence; without sentences between words; at last anywhere."""
    assert all(part.endswith("。") for part in rendered("说了一句话。" * 3000).parts)
    assert all(len(part.split()[-1]) == 7 for part in rendered("letters " * 3000).parts)
    assert len(rendered("x" * 9000).parts[0]) > 3800


@pytest.mark.parametrize(
    "piece", ["*", "**a ", "`", "[", "[a](", "*a ", "*a", "> ", ">", "\\", "# ", "- ", " ", "\n", "**&"]
)
def test_no_text_is_too_hard(piece: str) -> None:
    """Twenty thousand signs of any kind are read without running deep or long, and nothing that is seen is lost."""
    shown = rendered(f"{piece * (20_000 // len(piece))}x")
    assert read_html(shown.parts[-1])[0].endswith("x")
    accepted(Stage(), shown)


@pytest.mark.parametrize("words", ["", " \n ", "\u202e\u200b", "``` \n```", "```\n```"])
def test_a_reply_that_cannot_be_seen_is_named(words: str) -> None:
    """A reply without a visible word is an error where it is made, not a refusal later."""
    with pytest.raises(UnshowableReplyError):
        rendered(words)


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


@pytest.mark.parametrize("path", journeys(), ids=lambda path: path.stem)
def test_every_journey_can_be_walked_on_telegram(path: object) -> None:
    """Every reply of every journey is accepted, and every button of it opens to what it stands for."""
    stage = Stage()
    for reply in walk(read_journey(path)).replies:  # type: ignore[arg-type]  it is a path
        shown = render(reply, partial(seal, KEY, stage.alice.id, 4321))
        accepted(stage, shown)
        sealed = [button for row in (shown.keyboard or {}).get("inline_keyboard", []) for button in row]
        opened = [open_seal(KEY, stage.alice.id, button["callback_data"]) for button in sealed]
        assert opened == [Pressed(4321, button.action) for row in reply.buttons for button in row]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_result_of_the_cast_is_accepted(language: str) -> None:
    """Estimates, causes and costs are accepted, none in over two messages a reply; of the whole cast in English."""
    stage = Stage()
    for person in CAST if language == "en" else CAST[::4]:
        for goal, told in (("assess", {}), ("cost", OFFER), ("diagnose", SEEN)):
            for reply in screen(person.asking(goal, language, **told), scene_now()):  # type: ignore[arg-type]  a code
                shown = render(reply, partial(seal, KEY, 7, 1))
                accepted(stage, shown)
                assert len(shown.parts) <= 2
