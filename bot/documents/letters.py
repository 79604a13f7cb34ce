"""Letters: what our fonts can draw, and the nearest form of what they cannot."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
"""The folder of our fonts, which are Noto Sans SC under the SIL Open Font License 1.1."""

_KEPT = "\n\t"
_UNKNOWN = "?"
_SILENT = ("C", "M", "S", "Z")
"""Kinds of signs that nobody misses in a name: marks that cannot be seen, accents, emojis, odd spaces."""


@cache
def drawable_letters() -> frozenset[str]:
    """Every letter that both of our fonts hold."""
    return frozenset((FONTS / "letters.txt").read_text(encoding="utf-8"))


def drawable(text: str) -> str:
    """A text without letters that would come out as empty boxes.

    What the fonts lack is written in its plain form (wide, styled and accented letters), left out where it is a sign
    or an emoji, and a question mark where it is a letter that has no other form.
    """
    known = drawable_letters()
    if known.issuperset(text):
        return text
    return "".join(letter if letter in known or letter in _KEPT else _nearest(letter, known) for letter in text)


def _nearest(letter: str, known: frozenset[str]) -> str:
    plain = unicodedata.normalize("NFKD", letter)
    if any(part in known for part in plain):
        return "".join(part for part in plain if part in known)
    if unicodedata.category(letter)[0] == "Z":
        return " "
    return "" if unicodedata.category(letter)[0] in _SILENT else _UNKNOWN
