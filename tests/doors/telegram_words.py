"""What the tests of the Telegram door share: reading HTML back, hostile texts, and a street to try them on."""

from __future__ import annotations

from functools import partial

from hypothesis import strategies as st

from bot.channels.playground.wire import Wire
from bot.channels.playground.words.markup import read_html
from bot.channels.telegram.rendering import Rendered, render
from bot.channels.telegram.sealing import seal
from bot.dialogue.messages import Reply, Text
from tests.street.stage import Stage

KEY = b"k" * 32
MARKS = (
    *("**", "*", "`", "```\n", "```json\n", "\n", "\n\n", "# ", "\n## ", "\n- ", "\n1. ", "\n> ", "\\*", "\\"),
    *("<b>", "</b>", "</pre>", "</blockquote>", "<a href='x'>", "&lt;", "&amp", "&", "<", ">", '"', "'"),
    *("[label](https://example.org/a?b=c&d)", "[", "](", ")", "https://example.org", "@limit_guide_bot", "/start"),
    *("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\x00", "\r\n", "\u2028", "\U0001f468\u200d\U0001f469", "😀"),
    *("额度", "3万5。", "a", " ", "1", ".", "\N{FULLWIDTH COLON}", "\u0301", "\ud800"),
)
MARKED = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=4)), max_size=60).map("".join)
"""Texts full of signs that mean something to somebody."""

LONG = st.builds(lambda text, times: text * times, MARKED, st.integers(1, 400)).map(lambda text: text[:20_000])
"""The same, often too long for one message."""


def rendered(*markup: str) -> Rendered:
    """Texts as one reply in HTML."""
    return render(Reply(blocks=tuple(Text(markup=one) for one in markup)), partial(seal, KEY, 7, 1))


def read_back(shown: Rendered) -> tuple[str, list[Wire]]:
    """All plain words of a reply, part after part, and all marked stretches."""
    texts, marks = zip(*map(read_html, shown.parts), strict=True)
    return "\n".join(texts), [mark for part in marks for mark in part]


def accepted(stage: Stage, shown: Rendered) -> None:
    """Send everything as the door would; the street refuses what Telegram would refuse."""
    for at, part in enumerate(shown.parts):
        last = at == len(shown.parts) - 1
        more = {"reply_markup": shown.keyboard} if last and shown.keyboard else {}
        said = stage.send(text=part, parse_mode="HTML", **more)
        assert said.code == 200, (said.body, part)


def letters(text: str) -> str:
    """The letters and digits of a text alone."""
    return "".join(letter for letter in text if letter.isalnum())
