"""Which letters our fonts must hold: those of our words, of their Traditional forms and of people's names."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain

from opencc import OpenCC

from tests.house.rooms import ROOT

_WRITTEN = ("*.yaml", "*.md", "*.jinja")

_BLOCKS = (
    range(0x20, 0x7F),  # ASCII
    range(0xA0, 0x180),  # letters of Western languages and of pinyin
    range(0x1CD, 0x1DD),
    range(0x2010, 0x2044),  # dashes, quotation marks, ellipses
    range(0x20A0, 0x20C0),  # currencies
    range(0x2190, 0x2200),  # arrows
    range(0x2200, 0x2300),  # mathematics
    range(0x2460, 0x2500),  # circled numbers
    range(0x2500, 0x27C0),  # lines, blocks, shapes and ticks
    range(0x3000, 0x3020),  # punctuation of Chinese
    range(0xFF01, 0xFF66),  # wide forms
)


def simplified() -> frozenset[str]:
    """All of GB 2312: what nearly every text of today's China is written with."""
    told = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            told.update(bytes((row, cell)).decode("gb2312", "ignore"))
    return frozenset(told)


@cache
def our_words() -> str:
    """Every text of the library, one after another."""
    files = chain.from_iterable(sorted((ROOT / "knowledge").rglob(pattern)) for pattern in _WRITTEN)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def traditional(letters: frozenset[str], known: frozenset[str]) -> Iterator[str]:
    """Every known letter that stands for one of these in Traditional Chinese, also in rare words."""
    to_traditional = OpenCC("s2tw")
    yield from chain.from_iterable(to_traditional.convert(letter) for letter in letters)
    yield from to_traditional.convert(our_words())
    back = [OpenCC(name) for name in ("t2s", "tw2s")]
    for letter in known - letters:
        if any(one.convert(letter) in letters for one in back):
            yield letter


def wanted(known: frozenset[str]) -> frozenset[str]:
    """The letters to keep of a font that knows these."""
    plain = {chr(number) for number in chain.from_iterable(_BLOCKS)}
    told = frozenset(simplified() | set(our_words()) | plain)
    return frozenset(told | set(traditional(told, known))) & known
