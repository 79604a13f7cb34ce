"""Stretches of text with a meaning, counted in UTF-16 units as the platform does, and those it finds by itself."""

from __future__ import annotations

import re

from bot.channels.playground.wire import Wire

FOUND_BY_ITSELF = (
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])", re.ASCII)),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{2,31}(?![\w])", re.ASCII)),
    ("url", re.compile(r"https?://[^\s<>\"]{1,2048}")),
    ("hashtag", re.compile(r"(?<!\w)#\w{1,256}")),
)


class ParsingError(ValueError):
    """Marked-up text that cannot be parsed; the message is what the platform says of it."""


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def span(kind: str, offset: int, length: int, **more: object) -> Wire:
    """One entity as the wire writes it."""
    return {"offset": offset, "length": length, "type": kind, **more}


def found_in(text: str) -> list[Wire]:
    """The commands, mentions, addresses and tags that the platform finds by itself."""
    found: list[Wire] = []
    for kind, pattern in FOUND_BY_ITSELF:
        found += [span(kind, units(text[: match.start()]), units(match.group())) for match in pattern.finditer(text)]
    return found


def trimmed(text: str, entities: list[Wire]) -> tuple[str, list[Wire]]:
    """The text without blanks around it, its entities moved and cut accordingly."""
    lead = units(text) - units(text.lstrip())
    kept = text.strip()
    end = units(kept)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - lead)
        length = min(end, entity["offset"] + entity["length"] - lead) - start
        if length > 0:
            moved.append({**entity, "offset": start, "length": length})
    return kept, sorted(moved, key=lambda entity: (entity["offset"], -entity["length"]))


def merged(told: list[Wire], found: list[Wire]) -> list[Wire]:
    """The entities that were told, and those found that do not overlap a told code, link or mention."""
    closed = [one for one in told if one["type"] in {"code", "pre", "text_link", "text_mention"}]
    free = [one for one in found if not any(_overlap(one, other) for other in closed)]
    return sorted([*told, *free], key=lambda entity: (entity["offset"], -entity["length"]))


def _overlap(one: Wire, other: Wire) -> bool:
    before = one["offset"] + one["length"] <= other["offset"]
    behind = other["offset"] + other["length"] <= one["offset"]
    return not (before or behind)
