"""Words: HTML, Markdown, entities and keyboards are read as the platform reads them."""

from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.playground.talking import PIXEL
from bot.channels.playground.words.markdown import RESERVED, read_legacy, read_markdown
from bot.channels.playground.words.markup import read_html
from bot.channels.playground.words.pictures import picture_size
from bot.channels.playground.words.spans import ParsingError, found_in, units
from tests.street.stage import Stage

few = settings(max_examples=80, deadline=None)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)

MISTAKES = {
    "<b>x": 'Can\'t find end tag corresponding to start tag "b"',
    "<x>y</x>": 'Unsupported start tag "x" at byte offset 0',
    "额 1 < 2": 'Unsupported start tag "" at byte offset 6',
    "额<b": "Unclosed start tag at byte offset 3",
    "a</b>": "Unexpected end tag at byte offset 1",
    "<b><i>x</b>": 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
    "<span>x</span>": 'Tag "span" must have class "tg-spoiler" at byte offset 0',
    "<tg-emoji>x</tg-emoji>": "Invalid custom emoji identifier specified",
}
MARKDOWN_MISTAKES = {
    "a.b": "Character '.' is reserved and must be escaped with the preceding '\\'",
    "*x": "Can't find end of Bold entity at byte offset 0",
    "额_x": "Can't find end of Italic entity at byte offset 3",
    "[x](y": "Can't find end of a URL at byte offset 4",
}


@pytest.mark.parametrize("source", MISTAKES)
def test_bad_html_is_refused_in_the_platforms_words(source: str) -> None:
    """Each mistake in HTML is told with its place in bytes."""
    with pytest.raises(ParsingError) as told:
        read_html(source)
    assert str(told.value) == MISTAKES[source]


@pytest.mark.parametrize("source", MARKDOWN_MISTAKES)
def test_bad_markdown_is_refused_in_the_platforms_words(source: str) -> None:
    """Each mistake in Markdown is told with its place in bytes."""
    with pytest.raises(ParsingError) as told:
        read_markdown(source)
    assert str(told.value) == MARKDOWN_MISTAKES[source]


@few
@given(words)
def test_escaped_text_comes_out_as_it_was(text: str) -> None:
    """Text that was escaped for HTML or Markdown reads as itself, without entities."""
    assert read_html(html.escape(text)) == (text.replace("&", "&"), [])
    escaped = "".join(f"\\{letter}" if letter in RESERVED + "\\" else letter for letter in text)
    assert read_markdown(escaped) == (text, [])


@few
@given(words.filter(bool), words.filter(bool))
def test_offsets_count_utf16_units(before: str, bold: str) -> None:
    """A bold stretch starts and ends where a reader of UTF-16 finds it."""
    text, (entity,) = read_html(f"{html.escape(before)}<b>{html.escape(bold)}</b>")
    coded = text.encode("utf-16-le")
    cut = coded[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    assert cut.decode("utf-16-le") == bold
    assert units(text) == len(coded) // 2


@few
@given(st.text("<>/bia&;\"'= \\*_[]()`~|", max_size=40))
def test_nonsense_is_parsed_or_refused(text: str) -> None:
    """No string of marks makes a parser fail in another way than the platform's."""
    for reader in (read_html, read_markdown, read_legacy):
        try:
            plain, entities = reader(text)
        except ParsingError:
            continue
        assert all(entity["offset"] + entity["length"] <= units(plain) for entity in entities)


def test_markdown_nests_and_quotes() -> None:
    """Bold in italic, links, code and quotations of the new Markdown come out as entities."""
    text, entities = read_markdown("*b _i_* `c.d` [l](https://a.b)\n>q\n>r\nend")
    assert text == "b i c.d l\nq\nr\nend"
    kinds = {entity["type"]: text[entity["offset"] : entity["offset"] + entity["length"]] for entity in entities}
    assert kinds == {"bold": "b i", "italic": "i", "code": "c.d", "text_link": "l", "blockquote": "q\nr"}


def test_the_old_markdown_knows_no_nesting() -> None:
    """The old Markdown takes what is inside marks as it is."""
    text, entities = read_legacy("*a_b* and `c` and [d](http://e.f) .!")
    assert text == "a_b and c and d .!"
    assert [entity["type"] for entity in entities] == ["bold", "code", "text_link"]


def test_commands_mentions_and_addresses_are_found() -> None:
    """What people type gets its entities from the platform, not in the middle of words."""
    text = "/start@x_bot see https://a.b/c?d and @limit_guide_bot, mail a@b.c #tag"
    found = {(one["type"], text[one["offset"] : one["offset"] + one["length"]]) for one in found_in(text)}
    assert found == {
        ("bot_command", "/start@x_bot"),
        ("url", "https://a.b/c?d"),
        ("mention", "@limit_guide_bot"),
        ("hashtag", "#tag"),
    }


def test_blanks_around_a_text_are_cut_and_entities_follow() -> None:
    """A text is kept without blanks around it, its entities moved."""
    said = Stage().send(text="  \n<b>x</b> y \n", parse_mode="HTML").result
    assert (said["text"], said["entities"]) == ("x y", [{"offset": 0, "length": 1, "type": "bold"}])


def test_a_text_may_be_as_long_after_parsing_as_the_platform_says() -> None:
    """The 4096 characters are counted after parsing, so tags cost nothing."""
    assert Stage().send(text=f"<b>{'额' * 4096}</b>", parse_mode="HTML").code == 200


def test_pictures_tell_their_size() -> None:
    """PNG, GIF and JPEG are read, anything else is no picture."""
    jpeg = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0001108012c019001011100")
    assert picture_size(PIXEL) == (1, 1)
    assert picture_size(b"GIF89a" + bytes([10, 0, 20, 0])) == (10, 20)
    assert picture_size(jpeg) == (400, 300)
    assert picture_size(b"%PDF") is None
