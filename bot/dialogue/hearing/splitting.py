"""Hearing: one message with several answers, cut into its answers."""

from __future__ import annotations

import re

from bot.dialogue.hearing.atoms import DIGITS
from bot.dialogue.hearing.text import LONGEST

_MOST = 40 * LONGEST
_LINE = re.compile(r"[\r\n\v\f\x85\u2028\u2029;；]")
_SOFT = re.compile(r"[,，、]")
_BETWEEN_DIGITS = re.compile(r"[0-9０-９][,，][0-9０-９]{3}(?![0-9０-９])")
_LAST_DIGITS = re.compile(r"[0-9０-９]+$")
_HOLDS = re.compile(
    r"[0-9０-９零〇一二三四五六七八九十百千万亿两半几多壹贰叁肆伍陆柒捌玖拾佰仟兩萬億貳幾無沒没无有是否]"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|none|no|yes|zero|hundred|thousand|million)\b"
)


def split_answers(text: str) -> tuple[str, ...]:
    """The answers in one message, trimmed, in order; a message with one answer comes back whole.

    Lines and semicolons always part; commas and the Chinese list comma part only where every piece holds a number or
    a yes or no, and never inside a number (12,000) or a vague one ("7、8 thousand"). Spaces never part.
    """
    pieces: list[str] = []
    for line in _LINE.split(text[:_MOST]):
        pieces.extend(_soft_pieces(line.strip()))
    return tuple(piece for piece in pieces if piece)


def split_lines(folded: str) -> tuple[str, ...]:
    """The pieces of folded text that lines and semicolons part, those that hold an answer."""
    return tuple(piece for piece in map(str.strip, folded.split(";")) if piece and _HOLDS.search(piece))


def _soft_pieces(line: str) -> list[str]:
    cuts = [found.start() for found in _SOFT.finditer(line) if not _inside_number(line, found.start())]
    starts = [0, *(cut + 1 for cut in cuts)]
    pieces = [line[start:end].strip() for start, end in zip(starts, [*cuts, len(line)], strict=True)]
    told = [piece for piece in pieces if piece]
    return told if len(told) > 1 and all(_HOLDS.search(piece) for piece in told) else [line]


def _inside_number(line: str, at: int) -> bool:
    """Whether the mark groups thousands, or lists two neighbouring digits of one vague number."""
    if at == 0:
        return False
    if line[at] == "、":
        return _vague_pair(line, at)
    return _BETWEEN_DIGITS.match(line, at - 1) is not None and _grouped(line, at)


def _grouped(line: str, at: int) -> bool:
    head = _LAST_DIGITS.search(line[max(0, at - 8) : at])
    return head is not None and len(head.group()) <= 3


def _vague_pair(line: str, at: int) -> bool:
    left, right = line[at - 1], line[at + 1 : at + 2]
    alone = at == 1 or _digit(line[at - 2]) is None
    first, second = _digit(left), _digit(right)
    return alone and first is not None and second == first + 1 and _digit(line[at + 2 : at + 3]) is None


def _digit(char: str) -> int | None:
    return int(char) if char.isdecimal() else DIGITS.get(char)
