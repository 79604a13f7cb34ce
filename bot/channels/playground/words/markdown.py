"""Markdown of both kinds as the platform reads it: reserved characters escaped, everything closed, or refused."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.channels.playground.wire import Wire
from bot.channels.playground.words.spans import ParsingError, span, units

RESERVED = "_*[]()~`>#+-=|{}.!"
_MARKS = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("`", "code"),
)
_NAMES = {"pre": "Pre", "text_link": "TextUrl"}
_LEGACY = {"_": "italic", "*": "bold", "`": "code", "[": "text_link"}


@dataclass
class _Open:
    kind: str
    mark: str
    offset: int
    start: int
    place: int


@dataclass
class _Reading:
    source: str
    at: int = 0
    text: str = ""
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Wire] = field(default_factory=list)
    quote: int = -1

    def add(self, letter: str) -> None:
        """Take a letter over into the text."""
        self.text += letter
        self.offset += units(letter)

    def place(self) -> int:
        """The present place in bytes, as the platform counts mistakes."""
        return len(self.source[: self.at].encode())


def read_markdown(source: str) -> tuple[str, list[Wire]]:
    """The plain text and the entities of MarkdownV2.

    Raises:
        ParsingError: with the platform's words for the first mistake.
    """
    reading = _Reading(source)
    while reading.at < len(source):
        _step(reading)
    _end_quote(reading)
    if reading.open:
        last = reading.open[-1]
        name = _NAMES.get(last.kind, last.kind.capitalize())
        raise ParsingError(f"Can't find end of {name} entity at byte offset {last.place}")
    return reading.text, reading.entities


def _step(reading: _Reading) -> None:
    """Read one letter or one mark."""
    source, at = reading.source, reading.at
    following = source[at + 1] if at + 1 < len(source) else ""
    if source[at] == "\\" and "\0" < following <= "~":
        reading.add(following)
        reading.at += 2
        return
    inside = reading.open[-1] if reading.open else None
    if inside is not None and source.startswith(inside.mark, at) and not _longer(source, at, inside.mark):
        _close(reading)
    elif inside is not None and inside.kind in {"code", "pre"}:
        reading.add(source[at])
        reading.at += 1
    else:
        _begin(reading)


def _longer(source: str, at: int, mark: str) -> bool:
    """Whether a lone underscore is the first of two."""
    return mark == "_" and source.startswith("__", at)


def _begin(reading: _Reading) -> None:
    """Read a letter, or the mark that opens something."""
    letter, before = reading.source[reading.at], reading.source[reading.at - 1 : reading.at]
    if letter not in RESERVED:
        _plain(reading, letter)
        return
    place = reading.place()
    if letter == ">" and before in {"", "\n"}:
        reading.quote = reading.offset if reading.quote < 0 else reading.quote
        reading.at += 1
        return
    if letter == "[":
        reading.open.append(_Open("text_link", "]", reading.offset, len(reading.text), place))
        reading.at += 1
        return
    for mark, kind in _MARKS:
        if reading.source.startswith(mark, reading.at):
            reading.open.append(_Open(kind, mark, reading.offset, len(reading.text), place))
            reading.at += len(mark)
            return
    raise ParsingError(f"Character '{letter}' is reserved and must be escaped with the preceding '\\'")


def _plain(reading: _Reading, letter: str) -> None:
    """Read a letter that means nothing but itself; a line's end may end a quotation."""
    reading.at += 1
    if letter == "\n" and not reading.source.startswith(">", reading.at):
        _end_quote(reading)
    reading.add(letter)


def _end_quote(reading: _Reading) -> None:
    if 0 <= reading.quote < reading.offset:
        reading.entities.append(span("blockquote", reading.quote, reading.offset - reading.quote))
    reading.quote = -1


def _close(reading: _Reading) -> None:
    """End the innermost open thing."""
    last = reading.open.pop()
    reading.at += len(last.mark)
    more: Wire = {}
    if last.kind == "text_link":
        more["url"] = _address(reading) or reading.text[last.start :]
    if reading.offset > last.offset:
        reading.entities.append(span(last.kind, last.offset, reading.offset - last.offset, **more))


def _address(reading: _Reading) -> str:
    """The address in round brackets behind a link's words, empty when there is none."""
    if not reading.source.startswith("(", reading.at):
        return ""
    end = reading.source.find(")", reading.at)
    if end < 0:
        reading.at += 1
        raise ParsingError(f"Can't find end of a URL at byte offset {reading.place()}")
    url = reading.source[reading.at + 1 : end]
    reading.at = end + 1
    return url


def read_legacy(source: str) -> tuple[str, list[Wire]]:
    """The plain text and the entities of the old Markdown, which knows no nesting.

    Raises:
        ParsingError: when something is left open.
    """
    reading = _Reading(source)
    while reading.at < len(source):
        letter = source[reading.at]
        following = source[reading.at + 1 : reading.at + 2]
        if letter == "\\" and following and following in "_*`[":
            reading.add(following)
            reading.at += 2
        elif letter in _LEGACY:
            _whole(reading, _LEGACY[letter])
        else:
            reading.add(letter)
            reading.at += 1
    return reading.text, reading.entities


def _whole(reading: _Reading, kind: str) -> None:
    """Read one marked stretch of the old Markdown from its beginning to its end."""
    place, letter = reading.place(), reading.source[reading.at]
    mark = "```" if reading.source.startswith("```", reading.at) else letter
    end = reading.source.find("]" if letter == "[" else mark, reading.at + len(mark))
    if end < 0:
        raise ParsingError(f"Can't find end of the entity starting at byte offset {place}")
    inside = reading.source[reading.at + len(mark) : end]
    reading.at = end + len(mark)
    more: Wire = {"url": _address(reading) or inside} if letter == "[" else {}
    if inside:
        reading.entities.append(span("pre" if mark == "```" else kind, reading.offset, units(inside), **more))
    for one in inside:
        reading.add(one)
