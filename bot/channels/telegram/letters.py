"""Letters as Telegram counts and takes them: what acts unseen is taken out, signs of markup are made harmless."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_RISKY = re.compile("[^\n -~\u00a1-\u00ac\u00ae-\u0600\u2010-\u2027\u2030-\u205e\u3000-\ud7ff\uff01-\uff5e]")
"""All but the letters that are surely harmless; most texts have none and skip the closer looks."""

_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile("[\t\xa0]")
_LONE = re.compile("[\ud800-\udfff]")
_PICTURE = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_UNSEEN = re.compile(
    "[\x00-\x09\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls
    "\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # direction, no width
    "\U000e0000-\U000e007f]"  # tags
    f"|(?<![{_PICTURE}])\u200d|\u200d(?![{_PICTURE}])"  # joiners, but for those inside an emoji
)


def cleaned(text: str) -> str:
    """A text without what is not seen but acts: changes of direction, letters of no width, controls, half letters.

    Every kind of line break becomes a line feed, every blank a space; joiners stay inside emoji only.
    """
    if not _RISKY.search(text):
        return text
    plain = _BLANKS.sub(" ", _BREAKS.sub("\n", text))
    return _UNSEEN.sub("", _LONE.sub("\ufffd", plain))


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def escaped(text: str) -> str:
    """A text in which no sign is markup any more, also inside a quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def columns(text: str) -> int:
    """How many columns of a fixed-width screen a text takes: two for a Chinese character."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def shortened(text: str, most: int) -> str:
    """A text of so many UTF-16 units at most; a longer one ends at the border of a word, with an ellipsis."""
    if len(text) * 2 <= most or units(text) <= most:
        return text
    end, room = 0, most - 1
    while room >= units(text[end]):
        room -= units(text[end])
        end += 1
    border = text.rfind(" ", end // 2, end + 1)
    return text[: border if border > 0 else end].rstrip() + "\u2026"
