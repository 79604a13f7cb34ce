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
    """Features of one sentence: its characters and Latin words, their pairs in order, and the ideas it touches."""

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
    return Features(
        letters=(*"".join(pieces), *words),
        pairs=tuple(one + two for one, two in itertools.chain(characters, itertools.pairwise(words))),
        ideas=(*touched, *together),
    )
