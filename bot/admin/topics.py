"""Topics: the words that set a group of questions apart from everything that people are answered already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from bot.dialogue.hearing.blanking import BLANK
from knowledge.library import Library

_TOKEN = re.compile(r"[\u3400-\u9fff]|[a-z]+(?:'[a-z]+)?")
_LONGEST, _LONGEST_WORD, _FEWEST_LETTERS = 8, 4, 2
_MOST_QUESTIONS, _MOST_LOOKED_AT, _MOST_PIECES = 40, 12, 24
_MANY_NEIGHBOURS = 5
"""A piece that has so many different letters on either side is a word and not a part of one."""

_BREAK, _GAP = "\n", "|"


class _Token(NamedTuple):
    """A Chinese letter or a Latin word; ``joined`` says that nothing but a blank stands between it and the last."""

    words: str
    joined: bool


class Answered:
    """Everything that people are known to ask and get an answer to: phrasings of intents, and titles of entries."""

    def __init__(self, library: Library) -> None:
        """Read all of it as patterns meet it."""
        inside = [intent for intent in library.intents.values() if intent.in_scope]
        asked = (one for intent in inside for one in (*intent.phrasings, *intent.phrasings_en))
        titles = (words for entry in library.articles.values() for words in (entry.title.zh, entry.title.en))
        self.questions = tuple(dict.fromkeys(library.finder.plain(words) for words in (*asked, *titles)))
        self._whole = _BREAK.join(("", *self.questions, ""))

    def holds(self, piece: str) -> bool:
        """Whether any of it holds a piece, in whole words."""
        return piece in self._whole and re.search(_pattern(piece), self._whole) is not None

    def usual(self, piece: str) -> int:
        """How often a piece stands in it as a word of its own, with other words around it each time; 0 for no word."""
        found = [hit.span() for hit in re.finditer(_pattern(piece), self._whole)]
        if piece.isascii():
            return len(found) if len(found) >= _MANY_NEIGHBOURS else 0
        before = {self._whole[begin - 1] for begin, _ in found}
        behind = {self._whole[end] for _, end in found}
        enough = min(_MANY_NEIGHBOURS, max(2, len(found)))
        return len(found) if min(len(before), len(behind)) >= enough else 0

    def hold_both(self, pieces: tuple[str, str]) -> bool:
        """Whether a single one holds both of two pieces."""
        one, other = (re.compile(_pattern(piece)) for piece in pieces)
        return any(one.search(words) and other.search(words) for words in self.questions)


def listening(asked: Sequence[str], library: Library) -> tuple[str, ...]:
    """Patterns that hear a group of questions and nothing that is answered already, one for each script of theirs.

    None where no words set them apart: then whoever writes the entry has to say what it listens for.
    """
    answered = Answered(library)
    plain = [library.finder.plain(words.replace(BLANK, _GAP)) for words in asked[:_MOST_QUESTIONS]]
    sides = ([words for words in plain if words.isascii() is ascii_only] for ascii_only in (False, True))
    return tuple(pattern for side in sides if side for pattern in _apart(side, answered))


def _apart(plain: Sequence[str], answered: Answered) -> Iterator[str]:
    """The pattern for questions of one script, if there is one."""
    questions = [tuple(_tokens(words)) for words in plain]
    needed = max(2, len(plain) / 2) if len(plain) > 1 else 1
    pieces = [piece for piece in dict.fromkeys(_pieces(questions, answered)) if _heard(piece, plain) >= needed]
    free = [piece for piece in pieces if not answered.holds(piece)]
    if free:
        yield _pattern(max(free, key=lambda piece: (_heard(piece, plain), len(piece))))
        return
    runs = dict.fromkeys(piece for one in questions for piece in _runs(one, _LONGEST_WORD))
    for pair in _pairs(runs, plain, needed, answered):
        if not answered.hold_both(pair):
            yield "".join(("^", *(f"(?=.*{_pattern(piece)})" for piece in pair)))
            return


def _pairs(runs: Iterable[str], plain: Sequence[str], needed: float, answered: Answered) -> Iterator[tuple[str, str]]:
    """Two words that stand together in enough of the questions, the rarest first."""
    usual = sorted((answered.usual(piece), piece) for piece in runs if _heard(piece, plain) >= needed)
    words = [piece for count, piece in usual if count][:_MOST_PIECES]
    for one, other in combinations(words, 2):
        both = sum(all(re.search(_pattern(piece), said) for piece in (one, other)) for said in plain)
        if one not in other and other not in one and both >= needed:
            yield one, other


def _tokens(words: str) -> Iterator[_Token]:
    end = -1
    for found in _TOKEN.finditer(words):
        yield _Token(found[0], joined=end >= 0 and words[end : found.start()] in {"", " "})
        end = found.end()


def _pieces(questions: Sequence[tuple[_Token, ...]], answered: Answered) -> Iterator[str]:
    """Runs of words that nobody is answered about yet; of several questions, whatever runs they have in common."""
    for tokens in questions[:_MOST_LOOKED_AT]:
        yield from (_said(run) for run in _unheard_of(tokens, answered))
        if len(questions) > 1:
            yield from _runs(tokens, _LONGEST)


def _unheard_of(tokens: tuple[_Token, ...], answered: Answered) -> Iterator[tuple[_Token, ...]]:
    """The longest runs in which no two neighbours are known together, less ends that belong to a known word outside."""
    known = [not two.joined or answered.holds(_said((one, two))) for one, two in pairwise(tokens)]
    at = 0
    while at < len(known):
        end = at
        while end < len(known) and not known[end]:
            end += 1
        if end > at:
            yield from _trimmed(tokens, known, (at, end + 1), answered)
        at = end + 1
    yield from ((one,) for one in tokens if one.words.isascii() and not answered.holds(one.words))


def _trimmed(
    tokens: tuple[_Token, ...], known: list[bool], run: tuple[int, int], answered: Answered
) -> Iterator[tuple[_Token, ...]]:
    """A run without the ends of known words; one that has nothing else begins with the known word before it."""
    at, end = run
    if end < len(tokens) and known[end - 1] and tokens[end].joined:
        end -= 1
    if at > 0 and known[at - 1] and tokens[at].joined:
        at += 1 if end - at > _FEWEST_LETTERS else -1
    while at < end and tokens[at].words.isascii() and answered.usual(tokens[at].words):
        at += 1
    if end - at > 1 or (end - at == 1 and tokens[at].words.isascii()):
        yield tokens[at : min(end, at + _LONGEST)]


def _runs(tokens: tuple[_Token, ...], longest: int) -> Iterator[str]:
    for size in range(min(longest, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            run = tokens[at : at + size]
            words = _said(run)
            if all(one.joined for one in run[1:]) and len(words) >= _FEWEST_LETTERS:
                yield words


def _said(run: Sequence[_Token]) -> str:
    """A run as it stands in plain text: a blank between two Latin words, none beside Chinese."""
    words = run[0].words
    for before, one in pairwise(run):
        words += f" {one.words}" if before.words.isascii() and one.words.isascii() else one.words
    return words


def _pattern(piece: str) -> str:
    """A piece as a pattern; Latin words only as whole words."""
    begin, end = (r"\b" if letter.isascii() else "" for letter in (piece[0], piece[-1]))
    return f"{begin}{re.escape(piece)}{end}".replace(r"\ ", " ")


def _heard(piece: str, plain: Sequence[str]) -> int:
    pattern = re.compile(_pattern(piece)) if piece.isascii() else None
    return sum(piece in words and (pattern is None or pattern.search(words) is not None) for words in plain)
