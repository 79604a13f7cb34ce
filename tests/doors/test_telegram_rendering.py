"""Rendering for Telegram: whatever is to be said is accepted, fits, loses nothing, and stays within its tags."""

from __future__ import annotations

import re
from functools import partial

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.channels.playground.words.markup import read_html
from bot.channels.telegram.letters import cleaned, units
from bot.channels.telegram.rendering import UnshowableReplyError, render
from bot.channels.telegram.sealing import Pressed, open_seal, seal
from bot.dialogue.screens import screen
from tests.dialogue.cast import CAST, LANGUAGES, OFFER, SEEN
from tests.doors.telegram_words import KEY, LONG, MARKED, accepted, letters, read_back, rendered
from tests.journeys.walking import journeys, read_journey, scene_now, walk
from tests.street.stage import Stage

pytestmark = pytest.mark.usefixtures("reckoned_once")

UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff\x00-\x09\x0b-\x1f]")


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
