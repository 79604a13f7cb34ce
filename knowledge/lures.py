"""Lures: the words of those who offer a line, a loan or a clean record for money, told from honest talk about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, NamedTuple

from knowledge.folding import fold
from knowledge.sheets import Sheet

Verdict = Literal["", "lure", "offer"]

_LONGEST = 4096
"""Letters of a message that are read: no message of the messenger is longer."""

_GAPS = re.compile(r"[\W_]+")
_REACHED = re.compile(
    r"@[a-z0-9_]{4,}|\bt\.me/|\bwa\.me/|https?://|\bwww\.|(?<!\d)\d{6,11}(?!\d)"
    r"|\+\s?[vq\u5fae\u8587\u5a01\u5fbd]|[vq\u5fae\u8587\u5a01\u5fbd]\W{0,4}[:]\W{0,3}[a-z0-9_-]{5}"
)
"""A way to reach somebody outside: a name, an address, a number, the sign that stands for a messenger."""

_SPACED = re.compile(r"(?<![a-z0-9])(?:[a-z][ ._*-]{1,2}){2,40}[a-z](?![a-z0-9])")
"""A word written letter by letter."""

_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u051b\u051d\u043a\u043c\u0442\u03bf\u03b1\u03b9\u03bd",
    "aeopcyxijsdqwkmtoaiv",
)
"""Cyrillic and Greek letters that look like Latin ones, as they are written to get past lists of words."""

_ASKED = re.compile(r"[?\uff1f]")


class Told(NamedTuple):
    """A message in both forms in which it is read: its words, and its letters without anything in between."""

    words: str
    letters: str


@dataclass(frozen=True, slots=True)
class WordList:
    """Some words as two patterns: Latin ones as whole words, all others wherever their letters stand together."""

    latin: re.Pattern[str] | None = None
    others: re.Pattern[str] | None = None

    def heard(self, told: Told) -> bool:
        """Whether any of them stands in a message."""
        if self.others is not None and self.others.search(told.letters):
            return True
        return self.latin is not None and self.latin.search(told.words) is not None

    def without(self, told: Told) -> Told:
        """A message without them."""
        words = told.words if self.latin is None else self.latin.sub(" ", told.words)
        return Told(words, told.letters if self.others is None else self.others.sub("\n", told.letters))


NO_WORDS = WordList()


@dataclass(frozen=True, slots=True)
class Lures:
    """Lists of plain words; operators edit them without touching code.

    ``bait`` is what is offered, ``claims`` what offerers say of themselves, ``invites`` calls to come and talk
    elsewhere, ``ways`` how to reach them, ``fees`` what it costs, ``asks`` what a question is made of, and ``honest``
    the words of somebody who asks about such an offer, reports one or warns of it.
    """

    bait: WordList = NO_WORDS
    claims: WordList = NO_WORDS
    invites: WordList = NO_WORDS
    ways: WordList = NO_WORDS
    fees: WordList = NO_WORDS
    asks: WordList = NO_WORDS
    honest: WordList = NO_WORDS
    tried: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def judged(self, text: str) -> Verdict:
        """What a message of a group is, in time that grows with its length alone.

        Returns:
            "offer" for somebody who offers, "lure" for anybody who speaks of such an offer, else "".
        """
        plain = fold(text[:_LONGEST]).translate(_LOOKALIKES)
        plain = _SPACED.sub(lambda found: _GAPS.sub("", found[0]), plain)
        told = Told(plain, _GAPS.sub("", plain))
        if not self.bait.heard(told):
            return ""
        told = self.claims.without(told)
        if self.honest.heard(told):
            return "lure"
        if self.invites.heard(told):
            return "offer"
        asked = self.asks.heard(told) or _ASKED.search(plain) is not None
        reached = self.ways.heard(told) or self.fees.heard(told) or _REACHED.search(plain) is not None
        return "offer" if reached and not asked else "lure"


NO_LURES = Lures()
"""What stands where nobody wrote any words."""


def read_lures(sheet: Sheet) -> Lures:
    """The lists on a sheet, with the sentences they were tried on."""
    tried = sheet.sheet("tried")
    names = ("bait", "claims", "invites", "ways", "fees", "asks", "honest")
    lists = {name: _listed(sheet.texts(name)) for name in names}
    sentences = MappingProxyType({verdict: tried.texts(verdict) for verdict in ("offer", "lure", "neither")})
    tried.close()
    sheet.close()
    return Lures(**lists, tried=sentences)


def misjudged_lures(lures: Lures) -> tuple[tuple[str, str], ...]:
    """Tried sentences that the lists judge wrongly, each with what it is taken for."""
    right = {"offer": "offer", "lure": "lure", "neither": ""}
    judged = ((said, lures.judged(said), right[name]) for name, all_ in lures.tried.items() for said in all_)
    return tuple((said, got or "neither") for said, got, wanted in judged if got != wanted)


def _listed(lines: Iterable[str]) -> WordList:
    """Words separated by bars; one line holds those of a kind."""
    folded = {fold(word) for line in lines for word in line.split("|")} - {""}
    longest_first = sorted(folded, key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
    others = "|".join(re.escape(_GAPS.sub("", word)) for word in longest_first if not word.isascii())
    return WordList(
        re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])") if latin else None, re.compile(others) if others else None
    )
