"""Hearing: English number words, alone or after digits, with the intervals that vague ones name."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.dialogue.hearing.numerals import Numeral
from bot.dialogue.hearing.spans import ONE, Quantity, Span, exactly

_SMALL_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ONES = {word: value for value, word in enumerate(_SMALL_WORDS.split())}
_TENS = {
    word: 10 * step
    for step, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "thousands": 1000,
    "grand": 1000,
    "wan": 10**4,
    "million": 10**6,
    "millions": 10**6,
    "mil": 10**6,
    "mln": 10**6,
    "billion": 10**9,
    "bn": 10**9,
}
_VAGUE = {"couple": (2, 3), "few": (3, 5), "several": (3, 9), "dozen": (12, 12), "tens": (20, 90), "dozens": (24, 96)}
_HALF = Decimal("0.5")
_STARTERS = frozenset({*_ONES, *_TENS, *_VAGUE, *_SCALES, "a", "an", "half"})
_WORD = re.compile(r"([ -]?)([a-z]+)")
_MOST_WORDS = 16


def magnified(text: str, numeral: Numeral) -> Numeral:
    """A number in digits multiplied by the magnitude word that follows it ("8 thousand"), if one does."""
    found = _WORD.match(text, numeral.end)
    scale = _SCALES.get(found[2]) if found is not None and found[1] != "-" else None
    if found is None or scale is None:
        return numeral
    old = numeral.quantity
    doubt = old.doubt or ("" if old.written else "malformed")
    size = Decimal(scale)
    return Numeral(Quantity(old.span.times(size), scale=size, place=size, doubt=doubt), found.end())


class _Words:
    """Adds number words one by one, as they are spoken."""

    def __init__(self) -> None:
        self.total = exactly(0)
        self.current: Span | None = None
        self.scale = ONE
        self.place = ONE
        self.last = self.before = ""
        self.article = False

    def take(self, word: str, ahead: str, joint: str) -> bool:
        """Whether the word, with the word ahead of it, went on with the number."""
        if word in _ONES or word in _TENS:
            return self._plain(word, joint)
        if word in _SCALES:
            return self._scale(word)
        if word in _VAGUE:
            return self._vague(word)
        if word in {"a", "an"}:
            return self._article(ahead)
        if word == "half":
            return self._half(ahead)
        return self._glue(word, ahead)

    def _plain(self, word: str, joint: str) -> bool:
        value = exactly(_ONES.get(word, _TENS.get(word, 0)))
        fits = self.current is None or self.last in {"hundred", "and"} or (self.last in _TENS and 0 < value.low < 10)
        if not fits or (joint == "-" and self.last not in _TENS):
            return False
        self.current = value if self.current is None else self.current.plus(value)
        self.place = ONE
        return True

    def _scale(self, word: str) -> bool:
        size = Decimal(_SCALES[word])
        if self.current is None and not self.article:
            return False
        first = self.current or exactly(1)
        if size == 100:
            self.current = first.times(size)
        else:
            self.total = self.total.plus(first.times(size))
            self.current = None
        self.scale = self.place = size
        self.article = False
        return True

    def _vague(self, word: str) -> bool:
        if self.current is not None and word != "dozen":
            return False
        low, high = _VAGUE[word]
        first = self.current or exactly(1)
        self.current = Span(first.low * low, first.high * high)
        self.article = False
        return True

    def _article(self, ahead: str) -> bool:
        self.article = ahead in {"hundred", "thousand", "million", "billion", "grand", "half"} or ahead in _VAGUE
        return self.article or (self.last == "half" and ahead in _SCALES)

    def _half(self, ahead: str) -> bool:
        if self.last in {"and", "a"} and (self.current is not None or self.total.low):
            self._add_half(ahead)
            return True
        if self.current is not None or self.total.low or ahead not in {"a", *_SCALES}:
            return False
        self.current = exactly(_HALF)
        return True

    def _add_half(self, ahead: str) -> None:
        if self.current is not None or ahead in _SCALES:
            self.current = (self.current or exactly(0)).plus(exactly(_HALF))
        else:
            self.total = self.total.plus(exactly(_HALF * self.scale))

    def _glue(self, word: str, ahead: str) -> bool:
        number = ahead in _ONES or ahead in _TENS or ahead in _SCALES
        if word == "of":
            return self.last in {"couple", "tens", "dozens"}
        if word != "and":
            return False
        return (number and self.last in _SCALES) or (ahead in {"a", "half"} and self.last in {*_SCALES, *_ONES, *_TENS})


def read_english(text: str, at: int) -> Numeral | None:
    """The number in English words that starts at a place of folded text, or None."""
    found = _words(text, at)
    if not found or found[0][2] not in _STARTERS:
        return None
    total, end = _Words(), at
    for index, match in enumerate(found):
        ahead = found[index + 1][2] if index + 1 < len(found) else ""
        if not total.take(match[2], ahead, match[1]):
            break
        total.before, total.last, end = total.last, match[2], match.end()
    clipped = total.current is not None and total.before in _SCALES and total.last in _ONES  # one million two
    whole = total.total if total.current is None else total.total.plus(total.current)
    if end == at or (total.last in {"and", "a", "an"}) or (whole.high == 0 and total.last != "zero"):
        return None
    doubt = "elided" if clipped and total.scale > 100 else ""
    return Numeral(Quantity(whole, scale=total.scale, place=total.place, doubt=doubt), end)


def _words(text: str, at: int) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    while len(found) < _MOST_WORDS:
        match = _WORD.match(text, at)
        if match is None or (not found and match[1]):
            break
        found.append(match)
        at = match.end()
    return found
