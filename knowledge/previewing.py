"""A static page of everything the house says, in every language, for those who read before it is published."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import get_args

from knowledge.checking_words import every_words
from knowledge.entries import Language, Words
from knowledge.library import Library

_LANGUAGES: tuple[Language, ...] = get_args(Language)
_STYLE = (
    "body{font:16px/1.6 sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%;table-layout:fixed;margin-bottom:2rem}"
    "td,th{border:1px solid #ccc;padding:.4rem .6rem;vertical-align:top;white-space:pre-wrap;text-align:left}"
    "th:first-child,td:first-child{width:16%;color:#666;overflow-wrap:anywhere}h2{margin-top:3rem}"
)


def page(library: Library) -> str:
    """The whole library as one HTML page: a table for each file, a column for each language."""
    return "\n".join((
        "<!doctype html>",
        '<html lang="zh"><head><meta charset="utf-8"><title>Limit Guide: the library</title>',
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>',
        "<h1>The library</h1>",
        *_tables(library),
        "</body></html>",
    ))


def _tables(library: Library) -> Iterator[str]:
    before = ""
    for file, field, words in every_words(library):
        if file != before:
            yield "</table>" if before else ""
            heads = "".join(f"<th>{language}</th>" for language in ("", *_LANGUAGES))
            yield f"<h2>{html.escape(file)}</h2><table><tr>{heads}</tr>"
            before = file
        cells = "".join(f"<td>{html.escape(text)}</td>" for text in _row(library, field, words))
        yield f"<tr>{cells}</tr>"
    yield "</table>" if before else ""


def _row(library: Library, field: str, words: Words) -> Iterator[str]:
    yield field
    for language in _LANGUAGES:
        yield library.phrases.in_script(language, words.said_in(language))
