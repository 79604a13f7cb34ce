"""What a sentence is made of, for the finder: characters, their pairs, words of Latin letters, shared ideas."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from knowledge.synonyms import Reader

_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_DIGITS = re.compile(r"\d[\d.,]*")
_MARKS = re.compile(r"[^\w\s]|_")


class Features(NamedTuple):
    """Features of one sentence in two groups that weigh on their own: how it is written, which ideas it touches."""

    written: tuple[str, ...]
    ideas: tuple[str, ...]


def features(reader: Reader, plain: str) -> Features:
    """The features of plain text (as the reader gives it)."""
    topical = _MARKS.sub(" ", _DIGITS.sub("9", reader.topical(plain)))
    touched = reader.concepts(plain)
    pairs = (f"{one}+{two}" for at, two in enumerate(touched) for one in touched[:at])
    return Features((*_characters(_LATIN.sub(" ", topical)), *_words(topical)), (*touched, *pairs))


def _characters(text: str) -> list[str]:
    pieces = text.split()
    padded = [f"^{piece}$" for piece in pieces]
    return [*"".join(pieces), *(piece[at : at + 2] for piece in padded for at in range(len(piece) - 1))]


def _words(text: str) -> list[str]:
    words = [f"_{word}" for word in _LATIN.findall(text)]
    return [*words, *(one + two for one, two in itertools.pairwise(words))]
