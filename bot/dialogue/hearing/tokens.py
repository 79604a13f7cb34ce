"""Hearing: cuts folded text into known words and numbers; what is not known stays visible as unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogue.hearing.english import magnified, read_english
from bot.dialogue.hearing.numerals import Numeral, read_numeral
from bot.dialogue.hearing.spans import Quantity

NUMBER = "number"
UNKNOWN = "unknown"
_MOST_NUMBERS = 16


@dataclass(frozen=True, slots=True)
class Token:
    """A known word with its role, a number with its quantity, or a run of unknown text."""

    role: str
    text: str
    quantity: Quantity | None = None
    gap: bool = False


class Lexicon:
    """Words with their roles; the longest word that fits wins, and words in letters match only whole."""

    def __init__(self, *tables: Mapping[str, str]) -> None:
        """Take tables of role to words separated by ``|``; a later table overrides an earlier one."""
        words = {word: role for table in tables for role, listed in table.items() for word in listed.split("|")}
        by_first: dict[str, list[tuple[str, str]]] = {}
        for word in sorted(words, key=lambda known: (-len(known), known)):
            by_first.setdefault(word[0], []).append((word, words[word]))
        self._by_first = {first: tuple(entries) for first, entries in by_first.items()}

    def longest(self, text: str, at: int) -> tuple[str, str] | None:
        """The longest word that starts at a place of the text, with its role."""
        for word, role in self._by_first.get(text[at], ()):
            if text.startswith(word, at) and not _cut_short(text, at + len(word)):
                return word, role
        return None


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _cut_short(text: str, end: int) -> bool:
    return end < len(text) and _is_letter(text[end - 1]) and _is_letter(text[end])


def cut_words(text: str, lexicon: Lexicon) -> list[Token]:
    """All tokens of folded text, in order; a token knows whether a space stands before it.

    After more numbers than one answer can hold the rest is left unread: such a text is refused whatever follows.
    """
    tokens: list[Token] = []
    at = numbers = 0
    while at < len(text) and numbers < _MOST_NUMBERS:
        if text[at] == " ":
            at += 1
            continue
        token, end = _token(text, at, lexicon)
        tokens.append(token)
        numbers += token.quantity is not None
        at = end
    return tokens


def _token(text: str, at: int, lexicon: Lexicon) -> tuple[Token, int]:
    gap = at > 0 and text[at - 1] == " "
    known = lexicon.longest(text, at)
    number = _number(text, at)
    if number is not None and (known is None or number.end - at > len(known[0])):
        return Token(NUMBER, text[at : number.end], number.quantity, gap), number.end
    if known is not None:
        word, role = known
        return Token(role, word, None, gap), at + len(word)
    end = at + 1
    while _is_letter(text[at]) and end < len(text) and _is_letter(text[end]):
        end += 1
    return Token(UNKNOWN, text[at:end], None, gap), end


def _number(text: str, at: int) -> Numeral | None:
    char = text[at]
    if _is_letter(char):
        return None if at > 0 and _is_letter(text[at - 1]) else read_english(text, at)
    found = read_numeral(text, at)
    return magnified(text, found) if found is not None else None
