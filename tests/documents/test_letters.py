"""Letters of our documents: whatever we say in any script can be drawn, and what cannot has a nearest form."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from bot.documents.letters import FONTS, drawable, drawable_letters
from tests.documents.lettering import our_words, simplified
from tests.knowledge.shipped import shipped

_LINES = set("\n\t\r")


@pytest.mark.parametrize("cut", ["Regular", "Bold"])
def test_the_fonts_hold_what_they_say(cut: str) -> None:
    """Both fonts hold exactly the letters that are written down beside them, and GB 2312 is among these."""
    with TTFont(FONTS / f"NotoSansSC-{cut}.ttf") as font:
        assert frozenset(map(chr, font.getBestCmap())) == drawable_letters()
    assert simplified() <= drawable_letters()


def test_every_word_of_ours_can_be_drawn() -> None:
    """No letter of any phrase, article or entry is missing, in either language or in Traditional Chinese."""
    words = our_words()
    assert set(words) - _LINES <= drawable_letters()
    assert set(OpenCC("s2tw").convert(words)) - _LINES <= drawable_letters()
    phrases = shipped()[0].phrases
    said = {phrases.written(language, key) for language in ("zh", "en") for key in phrases.keys(language)}
    assert set("".join(said)) - _LINES <= drawable_letters()
    assert set(phrases.in_script("zh-hant", "".join(said))) - _LINES <= drawable_letters()


def test_every_simplified_letter_has_its_traditional_form() -> None:
    """A name written in any letter of GB 2312 can be drawn when it is converted."""
    convert = OpenCC("s2tw").convert
    assert set("".join(map(convert, simplified()))) <= drawable_letters()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_nothing_comes_out_as_a_box(text: str) -> None:
    """Any text becomes one that the fonts hold, and a second look changes nothing."""
    shown = drawable(text)
    assert set(shown) <= drawable_letters() | {"\n", "\t"}
    assert drawable(shown) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("招商银行 CMB", "招商银行 CMB"),
        ("𝗕𝗶𝗴 ᵇank", "Big bank"),
        ("小贷😀公司\u200d", "小贷公司"),
        ("Ửng", "Ung"),
        ("ሀ行", "?行"),
        ("a\u3000b\u2002c", "a\u3000b c"),
    ],
)
def test_the_nearest_form(typed: str, shown: str) -> None:
    """Styled and accented letters become plain, emojis go, a letter without another form is a question mark."""
    assert drawable(typed) == shown
