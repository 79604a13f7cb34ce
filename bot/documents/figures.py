"""What every figure of a chart shares: whose words it is said in, and its title without small print."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pydantic import JsonValue

from knowledge.entries import Language
from knowledge.phrasing import Phrasebook

Figure = dict[str, JsonValue]
"""Plain data that a template draws: places as shares of the plot, words as they are said."""

_SMALL_PRINT = re.compile(
    "\\s*[(\N{FULLWIDTH LEFT PARENTHESIS}][^()]*[)\N{FULLWIDTH RIGHT PARENTHESIS}]\\s*$",
)


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language with the phrases to speak it."""

    language: Language
    phrases: Phrasebook

    def say(self, key: str, **data: object) -> str:
        """A phrase about a document (``document.…``) by the rest of its key."""
        return self.phrases.say(self.language, f"document.{key}", **data)


def title_of(words: str) -> str:
    """A title without what stands in brackets at its end: a picture says that at its axes and ends."""
    return _SMALL_PRINT.sub("", words) or words


def language_of(name: str) -> Language:
    """The language of a block by its name; Simplified Chinese where it is none of ours."""
    match name:
        case "en" | "zh-hant":
            return name
        case _:
            return "zh"
