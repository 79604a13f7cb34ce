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
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//\S+|\bwww\.\S+|\bt\.me/\S+", re.IGNORECASE)
_SECURE = "https://"


class Fault(NamedTuple):
    """One thing that is wrong: its code, the language, and what was heard where it is a rule against advice."""

    code: Literal["missing", "long", "script", "link", "advice"]
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
    if any(not link[0].lower().startswith(_SECURE) for link in _LINK.finditer(words)):
        yield Fault("link", language)
    for rule in library.banned.heard(language, words):
        yield Fault("advice", language, rule.id)
