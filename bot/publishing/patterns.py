"""How long a regular expression may take at worst, judged by its form alone, so that no editor can stop the house."""

from __future__ import annotations

import re
from typing import NamedTuple

MOST_STEPS = 50_000
"""Ways that one start may have to try: one part without an end, or several that are short."""

_ENDLESS = 500
"""The length of what patterns meet: a part without an end may be so long."""

_MOST_LETTERS = 1_000
_TOO_MANY = 10**9
_COUNT = re.compile(r"\{(\d*)(,?)(\d*)\}")
_GROUP = re.compile(r"\((?:\?(?::|=|!|<=|<!|P<\w+>|[ims]+\)))?")


class TooHardError(ValueError):
    """A pattern may take too long or uses what is not allowed here; the message says what."""


class _Read(NamedTuple):
    steps: int
    choices: bool
    at: int


def check_pattern(pattern: str) -> None:
    """Nothing, for a pattern that is quick on whatever it meets.

    Raises:
        TooHardError: for any other.
    """
    if len(pattern) > _MOST_LETTERS:
        raise TooHardError(f"longer than {_MOST_LETTERS} letters")
    steps = _alternatives(pattern, 0, 0).steps
    if steps > MOST_STEPS:
        raise TooHardError("it may take too long: parts that repeat without an end, or within each other")


def _alternatives(pattern: str, at: int, depth: int) -> _Read:
    """Everything up to the end of a group or of the pattern: the worst of the alternatives."""
    if depth > 20:
        raise TooHardError("nested too deeply")
    worst, several = 1, False
    while True:
        read = _sequence(pattern, at, depth)
        worst, at = max(worst, read.steps), read.at
        if at >= len(pattern) or pattern[at] == ")":
            return _Read(worst, several, at)
        several, at = True, at + 1


def _sequence(pattern: str, at: int, depth: int) -> _Read:
    steps = 1
    while at < len(pattern) and pattern[at] not in "|)":
        atom = _atom(pattern, at, depth)
        most, least, at = _repeat(pattern, atom.at)
        steps = min(steps * _repeated(atom, least, most), _TOO_MANY)
    return _Read(steps, choices=False, at=at)


def _repeated(atom: _Read, least: int, most: int) -> int:
    """Ways to repeat an atom: where it can be met in several ways itself, they multiply."""
    if most > 1 and (atom.steps > 1 or atom.choices):
        ways: int = max(atom.steps, 2) ** min(most, 32)
        return min(ways, _TOO_MANY)
    return atom.steps * (most - least + 1)


def _atom(pattern: str, at: int, depth: int) -> _Read:
    letter = pattern[at]
    if letter == "\\":
        if pattern[at + 1 : at + 2].isdigit():
            raise TooHardError("it refers back to a group")
        return _Read(1, choices=False, at=at + 2)
    if letter == "[":
        return _Read(1, choices=False, at=_behind_class(pattern, at))
    return _group(pattern, at, depth) if letter == "(" else _Read(1, choices=False, at=at + 1)


def _behind_class(pattern: str, at: int) -> int:
    end = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]", re.DOTALL).match(pattern, at)
    if end is None:
        raise TooHardError("a bracket stays open")
    return end.end()


def _group(pattern: str, at: int, depth: int) -> _Read:
    begin = _GROUP.match(pattern, at)
    if begin is None or (begin[0] == "(" and pattern[at + 1 : at + 2] == "?"):
        raise TooHardError("a kind of group that is not allowed here")
    if begin[0].endswith(")"):
        return _Read(1, choices=False, at=begin.end())
    inner = _alternatives(pattern, begin.end(), depth + 1)
    if inner.at >= len(pattern):
        raise TooHardError("a bracket stays open")
    if begin[0][:3] in {"(?=", "(?!", "(?<"}:
        if inner.steps > MOST_STEPS:
            raise TooHardError("it may take too long where it looks ahead")
        return _Read(1, choices=False, at=inner.at + 1)
    return _Read(inner.steps, inner.choices, inner.at + 1)


def _repeat(pattern: str, at: int) -> tuple[int, int, int]:
    """How often the atom before may stand there at most and at least, and where the pattern goes on."""
    most, least, end = 1, 1, at
    letter = pattern[at : at + 1]
    count = _COUNT.match(pattern, at)
    if letter and letter in "*+?":
        most, least, end = (1 if letter == "?" else _ENDLESS), int(letter == "+"), at + 1
    elif count is not None and count[0] not in {"{}", "{,}"}:
        least = int(count[1] or 0)
        most = (int(count[3]) if count[3] else _ENDLESS) if count[2] else least
        end = count.end()
    if end > at and pattern[end : end + 1] in {"?", "+"}:
        end += 1
    return min(most, _ENDLESS), min(least, _ENDLESS), end
