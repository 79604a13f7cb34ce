"""Wording: what is wrong with the words of a broadcast before anybody reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from knowledge.library import Library

Written = Literal["zh", "en"]

MOST = 1500
"""Characters of a broadcast in one language: it has to fit one message, with room for those that count twice."""

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|\bwww\.\S+|\bt\.me/\S+|\]\(\s*\S+", re.IGNORECASE)
_SECURE = re.compile(r"(?:\]\(\s*)?https://(?![^\s/?#]*(?:@|[\u0370-\u058f]|xn--))", re.IGNORECASE)
"""Links that lead where they seem to: encrypted, without a name before the address, in letters that are told apart."""

_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u00ad\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\uffa0]"
)


class Fault(NamedTuple):
    """One thing that is wrong: its code, the language, and what was heard where it is a rule against advice."""

    code: Literal["missing", "long", "script", "link", "unseen", "advice"]
    language: Written
    rule: str = ""


def faults_of(words: str, language: Written, library: Library) -> Iterator[Fault]:
    """Everything that is wrong with the words in one language."""
    if not words.strip():
        yield Fault("missing", language)
        return
    if len(words) > MOST:
        yield Fault("long", language)
    if (_HAN.search(words) is None) == (language == "zh"):
        yield Fault("script", language)
    if any(_SECURE.match(link[0]) is None for link in _LINK.finditer(words)):
        yield Fault("link", language)
    if _UNSEEN.search(words):
        yield Fault("unseen", language)
    for rule in library.banned.heard(language, words):
        yield Fault("advice", language, rule.id)
