"""Parting: passages become messages of HTML, none longer than Telegram takes, cut where a reader would pause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.channels.telegram.letters import escaped, units
from bot.channels.telegram.passages import Passage, Run

MOST_UNITS = 4096
"""UTF-16 units of one message after its tags are read."""

MOST_BYTES = 30_000
"""Bytes of one message with its tags; Telegram refuses 32,768."""

MOST_MARKS = 100
"""Styled stretches of one message; Telegram forgets the style of any more."""

_FOLDED_FROM = 320
_PAUSES = re.compile("(?<=[\n\u3002\uff01\uff1f\uff1b])|(?<=[.!?;] )")
_WORDS = re.compile(r"\S{1,200}\s{0,200}|\s{1,200}")
_LONG_SENTENCE = 600


class _Weight(NamedTuple):
    """What something takes of a message: units, bytes with tags, and styled stretches."""

    units: int
    bytes: int
    marks: int

    def plus(self, other: _Weight) -> _Weight:
        """Both together."""
        return _Weight(self.units + other.units, self.bytes + other.bytes, self.marks + other.marks)

    @property
    def fits(self) -> bool:
        """Whether one message can carry it."""
        return self.units <= MOST_UNITS and self.bytes <= MOST_BYTES and self.marks <= MOST_MARKS


def write_parts(passages: Sequence[Passage]) -> tuple[str, ...]:
    """The passages as HTML messages in order; every visible letter stands in exactly one of them."""
    whole = _html(passages)
    if len(whole) <= MOST_UNITS // 2 and whole.count("</") <= MOST_MARKS:
        return (whole,) if passages else ()
    pieces = [piece for passage in passages for piece in _pieces(passage)]
    return tuple(_html(part) for part in _filled(pieces) if any(passage.text.strip() for passage in part))


def visible_units(passages: Iterable[Passage]) -> int:
    """UTF-16 units of passages in one message after its tags are read."""
    return _sum(passages).units


def _filled(pieces: Iterable[Passage]) -> Iterator[list[Passage]]:
    """Parts filled one after another; an overflowing one is cut at its last good border."""
    part: list[Passage] = []
    taken = _Weight(0, 0, 0)
    for piece in pieces:
        weight = _weight(piece)
        while part and not taken.plus(weight).fits:
            cut = _border([*part, piece])
            yield part[:cut]
            part = part[cut:]
            taken = _sum(part)
        part.append(piece)
        taken = taken.plus(weight)
    yield part


def _border(part: Sequence[Passage]) -> int:
    """Where to cut an overflowing part: before a paragraph in its later half, never right after its title."""
    length = [_weight(passage).units for passage in part]
    half = sum(length) // 2
    last = len(part) - 1
    later = (at for at in range(last, 0, -1) if part[at].gap > 1 and sum(length[:at]) >= half)
    cut = next(later, last)
    above = cut
    while above > 1 and _is_title(part[above - 1]):
        above -= 1
    return cut if _is_title(part[0]) and above == 1 else above


def _is_title(passage: Passage) -> bool:
    return not passage.frame and all("b" in run.style for run in passage.runs)


def _weight(passage: Passage) -> _Weight:
    tags = 2 * len("<blockquote expandable></blockquote>") if passage.frame else 0
    heavy = sum(len(_tagged(run, passage.frame).encode()) for run in passage.runs)
    marks = sum(_marks(run) for run in passage.runs) + bool(passage.frame)
    return _Weight(units(passage.text) + passage.gap, heavy + tags + passage.gap, marks)


def _marks(run: Run) -> int:
    return (run.style == "code" or len(run.style)) + bool(run.url)


def _sum(part: Iterable[Passage]) -> _Weight:
    total = _Weight(0, 0, 0)
    for passage in part:
        total = total.plus(_weight(passage))
    return total


def _pieces(passage: Passage) -> Iterator[Passage]:
    """A passage as it is, or one too heavy for a message cut at pauses, then between words, at last anywhere."""
    if _weight(passage).fits:
        yield passage
        return
    kept: list[Run] = []
    taken, gap = _weight(passage._replace(runs=())), passage.gap
    for run in (atom for whole in passage.runs for atom in _atoms(whole)):
        weight = _weight(Passage((run,), 0, passage.frame))
        if kept and not taken.plus(weight).fits:
            yield Passage(tuple(kept), gap, passage.frame)
            kept, gap, taken = [], 1, _Weight(0, 0, 0)
        kept.append(run)
        taken = taken.plus(weight)
    yield Passage(tuple(kept), gap, passage.frame)


def _atoms(run: Run) -> Iterator[Run]:
    for sentence in _PAUSES.split(run.text):
        for part in _WORDS.findall(sentence) if len(sentence) > _LONG_SENTENCE else (sentence,):
            yield run._replace(text=part)


def _html(passages: Sequence[Passage]) -> str:
    """One message: neighbours of one frame share it, a long quotation can be unfolded."""
    html = ""
    for frame, group in groupby(passages, key=lambda passage: passage.frame):
        members = list(group)
        inside = ""
        for passage in members:
            inside += "\n" * passage.gap if inside else ""
            inside += "".join(_tagged(run, frame) for run in passage.runs)
        html += "\n" * min(members[0].gap, 2) if html else ""
        html += _framed(inside, frame)
    return html


def _framed(inside: str, frame: str) -> str:
    if frame == "pre":
        return f"<pre>{inside}</pre>"
    if frame == "quote":
        return f"<blockquote{' expandable' if len(inside) >= _FOLDED_FROM else ''}>{inside}</blockquote>"
    return inside


def _tagged(run: Run, frame: str) -> str:
    """One run with its tags; inside a fixed-width frame there are none."""
    html = escaped(run.text)
    if frame == "pre":
        return html
    if run.style == "code":
        return f"<code>{html}</code>"
    for tag in run.style:
        html = f"<{tag}>{html}</{tag}>"
    return f'<a href="{escaped(run.url)}">{html}</a>' if run.url else html
