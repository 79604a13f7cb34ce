"""Words of a report: our small Markdown as plain data of paragraphs and runs; nothing is read as markup later."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import JsonValue

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_KINDS = (
    (re.compile(r"#{1,6} +"), "heading"),
    (re.compile(r"[-*] +"), "item"),
    (re.compile(r"\d{1,2}\. +"), "number"),
    (re.compile(r"> ?"), "quote"),
)


def paragraphs(markup: str) -> list[JsonValue]:
    """Headings, paragraphs, items and numbered items in order; lines that follow each other are one paragraph."""
    return [{"kind": kind, "runs": runs(text)} for kind, text in _joined(markup)]


def runs(text: str) -> list[JsonValue]:
    """Pieces of a line, each plain or bold."""
    pieces = _BOLD.split(text)
    return [{"text": piece, "bold": nth % 2 == 1} for nth, piece in enumerate(pieces) if piece]


def _joined(markup: str) -> Iterator[tuple[str, str]]:
    held: list[str] = []
    for line in [*(line.strip() for line in markup.splitlines()), ""]:
        kind, text = _kind(line)
        if kind == "words" and text:
            held.append(text)
            continue
        if held:
            yield "words", " ".join(held)
            held = []
        if text:
            yield kind, text


def _kind(line: str) -> tuple[str, str]:
    for pattern, kind in _KINDS:
        found = pattern.match(line)
        if found is not None:
            return kind, line[found.end() :].strip()
    return "words", line
