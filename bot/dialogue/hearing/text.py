"""Hearing: folds what was typed to one plain spelling: half width, lower case, simplified characters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

LONGEST = 200
"""Characters, after folding, beyond which words are not read as an answer."""

_SIMPLIFIED = OpenCC("t2s")  # reads its tables here, once; converting opens nothing
_PLAIN = {
    "，": ",",
    "﹐": ",",
    "；": ";",
    "：": ":",
    "！": "!",
    "？": "?",
    "（": "(",
    "）": ")",
    "％": "%",
    "﹪": "%",
    "￥": "¥",
    "／": "/",
    "∕": "/",
    "＋": "+",
    "﹢": "+",
    "≥": ">=",
    "≧": ">=",
    "≤": "<=",
    "≦": "<=",
    "≒": "≈",
    "×": "*",
    "✕": "*",
    "’": "'",
    "‘": "'",
    "ʼ": "'",
    "“": '"',
    "”": '"',
    "○": "〇",
    "馀": "余",
    "甚": "什",
    "冇": "没",
    "廿": "二十",
    "卅": "三十",
    "參": "叁",
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("～〜∼˜", "~"),
}
_LETTER_FORMS = frozenset({"<wide>", "<narrow>", "<font>", "<compat>"})
_DROPPED = frozenset({"\ufe0f", "\u20e3"})  # the dressing of a keycap emoji
_UNREADABLE = "\ufffd"

_PERSONAL = re.compile(
    r"(?<![0-9.,])(?:"
    r"(?:\+?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}"  # a mobile number
    r"|[0-9]{17}x"  # an identity number with its check letter
    r"|[0-9]{14,19}"  # an identity or card number
    r"|[0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -][0-9]{1,3})?"  # a card number in groups of four
    r"|0[0-9]{2,3}-[0-9]{7,8}"  # a telephone with its area code
    r")(?![0-9])"
)


def fold(text: str) -> str | None:
    """The text in one plain spelling, or None when it is too long to be an answer.

    Full-width forms, exotic digits, traditional characters and quotes become plain; invisible characters vanish;
    a line break inside becomes ``;``; characters that only look like digits (raised, circled) stay as they are.
    """
    if len(text) > 2 * LONGEST:
        return None
    if text.isascii() and text.isprintable():
        plain = text.lower()
    else:
        plain = _SIMPLIFIED.convert("".join(map(_fold_char, text)))
    plain = " ".join(plain.strip(" ;").split())
    return plain if len(plain) <= LONGEST else None


def looks_personal(folded: str) -> bool:
    """Whether folded text holds what looks like a phone, identity or card number."""
    return len(folded) >= 11 and _PERSONAL.search(folded) is not None


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    plain = _PLAIN.get(char)
    if plain is not None:
        return plain
    if char.isspace():
        return ";" if char in "\n\r\v\f\x85\u2028\u2029" else " "
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Cf" or char in _DROPPED:
        return ""
    if category in {"Cc", "Cs", "Co", "Cn"}:
        return _UNREADABLE
    return _letter(char)


def _letter(char: str) -> str:
    form = unicodedata.decomposition(char).partition(" ")[0]
    if form.startswith("<") and form not in _LETTER_FORMS:
        return char
    plain = unicodedata.normalize("NFKC", char)
    return plain.lower() if len(plain) == 1 else char.lower()
