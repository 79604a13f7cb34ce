"""What a sentence is made of, for the finder: characters, their pairs, Latin words, shared ideas."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from knowledge.synonyms import Reader

_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_DIGITS = re.compile(r"\d[\d.,]*")
_LONG = 4
"""From this many letters on the middles of a Latin word count too, so that a typo leaves most of it."""
_MARKS = re.compile(r"[^\w\s]|_")


class Features(NamedTuple):
    """Features of one sentence: its characters, Latin words and their middles, pairs in order, and ideas it touches."""

    letters: tuple[str, ...]
    pairs: tuple[str, ...]
    ideas: tuple[str, ...]


def features(reader: Reader, plain: str) -> Features:
    """The features of plain text (as the reader gives it)."""
    topical = _MARKS.sub(" ", _DIGITS.sub("9", reader.topical(plain)))
    touched = reader.concepts(plain)
    together = (f"{one}+{two}" for at, two in enumerate(touched) for one in touched[:at])
    words = [f"_{word}" for word in _LATIN.findall(topical)]
    pieces = _LATIN.sub(" ", topical).split()
    characters = itertools.chain.from_iterable(itertools.pairwise(f"^{piece}$") for piece in pieces)
    middles = (f"~{word[at : at + 3]}" for word in words if len(word) > _LONG for at in range(1, len(word) - 2))
    return Features(
        letters=(*"".join(pieces), *words, *middles),
        pairs=tuple(one + two for one, two in itertools.chain(characters, itertools.pairwise(words))),
        ideas=(*touched, *together),
    )
