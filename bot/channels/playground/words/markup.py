"""HTML as the platform reads it: few tags, all closed in order, otherwise refused with the place of the mistake."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from bot.channels.playground.wire import Wire
from bot.channels.playground.words.spans import ParsingError, span, units

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_PIECE = re.compile(r"<(?P<end>/?)(?P<name>[^\s>]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>|(?P<open><)|[^<]+")
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


@dataclass
class _Open:
    """A tag that waits for its end."""

    name: str
    attributes: dict[str, str]
    offset: int
    start: int


@dataclass
class _Reading:
    """What has been read so far."""

    source: str
    text: str = ""
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Wire] = field(default_factory=list)

    def mistake(self, words: str, start: int, more: str = "") -> ParsingError:
        """The platform's words for a mistake that starts at this letter; it counts in bytes."""
        return ParsingError(f"{words} at byte offset {len(self.source[:start].encode())}{more}")


def read_html(source: str) -> tuple[str, list[Wire]]:
    """The plain text and the entities of HTML.

    Raises:
        ParsingError: with the platform's words for the first mistake.
    """
    reading = _Reading(source)
    for piece in _PIECE.finditer(source):
        place = piece.start()
        if piece.group("open"):
            raise _unclosed(reading, place)
        if piece.group("name") is None:
            _add(reading, _ENTITY.sub(lambda found: unescape(found.group()), piece.group()))
        elif piece.group("end"):
            _close(reading, piece.group("name").lower(), place)
        else:
            _begin(reading, piece.group("name").lower(), piece.group("rest"), place)
    if reading.open:
        raise ParsingError(f'Can\'t find end tag corresponding to start tag "{reading.open[-1].name}"')
    return reading.text, reading.entities


def _unclosed(reading: _Reading, place: int) -> ParsingError:
    """The words for a bracket without its partner: an unknown tag when its name ends, an open one otherwise."""
    name, ended, _ = reading.source[place + 1 :].partition(" ")
    if ended and name.lower() not in KINDS:
        return reading.mistake(f'Unsupported start tag "{name.lower()}"', place)
    return reading.mistake("Unclosed start tag", place)


def _add(reading: _Reading, text: str) -> None:
    reading.text += text
    reading.offset += units(text)


def _begin(reading: _Reading, name: str, rest: str, place: int) -> None:
    if name not in KINDS:
        raise reading.mistake(f'Unsupported start tag "{name}"', place)
    pairs = _ATTRIBUTE.findall(rest)
    attributes = {key.lower(): unescape(double or single or bare) for key, double, single, bare in pairs}
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise reading.mistake('Tag "span" must have class "tg-spoiler"', place)
    reading.open.append(_Open(name, attributes, reading.offset, len(reading.text)))


def _close(reading: _Reading, name: str, place: int) -> None:
    if not reading.open:
        raise reading.mistake("Unexpected end tag", place)
    last = reading.open.pop()
    if name and name != last.name:
        raise reading.mistake("Unmatched end tag", place, f', expected "</{last.name}>", found "</{name}>"')
    if reading.offset > last.offset:
        entity = _entity(last, reading.text[last.start :], reading.offset - last.offset)
        if entity is not None:
            reading.entities.append(entity)


def _entity(tag: _Open, inside: str, length: int) -> Wire | None:
    kind = KINDS[tag.name]
    if kind == "text_link":
        url = tag.attributes.get("href") or inside
        return span("text_link", tag.offset, length, url=url) if "." in url or "://" in url else None
    if kind == "custom_emoji":
        number = tag.attributes.get("emoji-id", "")
        if not number.isdigit():
            raise ParsingError("Invalid custom emoji identifier specified")
        return span(kind, tag.offset, length, custom_emoji_id=number)
    if kind == "blockquote" and "expandable" in tag.attributes:
        kind = "expandable_blockquote"
    return span(kind, tag.offset, length)
