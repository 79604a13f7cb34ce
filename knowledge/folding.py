"""Folding: any way of typing becomes one plain form, so that patterns and indexes meet the same text."""

from __future__ import annotations

import unicodedata

from opencc import OpenCC

_TO_SIMPLIFIED = OpenCC("t2s")
_INVISIBLE = dict.fromkeys([*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xAD])


def fold(text: str) -> str:
    """Text in lower case, half-width and Simplified characters, without invisible marks or doubled spaces."""
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).lower()
    return " ".join(_TO_SIMPLIFIED.convert(plain).split())
