"""The record: everything that is kept of a person as one page to open and read, without a script or a link."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pydantic import JsonValue

from bot.dialogue.messages import Paper

MIME = "text/html"
_LANGUAGES = {"zh": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
_LOOKS = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:60rem;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;width:100%;font-size:14px}h2{margin-top:2rem;font-size:1.1rem}"
    "th,td{border-bottom:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{white-space:nowrap}div{overflow-x:auto}@media(prefers-color-scheme:dark){body{color:#ddd;background:#1c1c1e}th,td{border-color:#444}}"
)


def write_record(paper: Paper) -> bytes:
    """The page in UTF-8: the title, what it is, and a table for each section; everything told stands as plain text."""
    title, about = _words(paper.content.get("title")), _words(paper.content.get("about"))
    sections = "".join(_section(one) for one in _list(paper.content.get("sections")))
    head = (
        f'<!doctype html><html lang="{_LANGUAGES.get(paper.language, "zh")}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_LOOKS}</style></head>"
    )
    return f"{head}<body><h1>{title}</h1><p>{about}</p>{sections}</body></html>\n".encode()


def _section(section: JsonValue) -> str:
    told = section if isinstance(section, dict) else {}
    rows = "".join(_row("td", row) for row in _list(told.get("rows")))
    return f"<h2>{_words(told.get('title'))}</h2><div><table>{_row('th', told.get('header'))}{rows}</table></div>"


def _row(kind: str, cells: JsonValue) -> str:
    return f"<tr>{''.join(_cells(kind, cells))}</tr>"


def _cells(kind: str, cells: JsonValue) -> Iterator[str]:
    for cell in _list(cells):
        yield f"<{kind}>{_words(cell)}</{kind}>"


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _words(value: JsonValue) -> str:
    return escape(value) if isinstance(value, str) else ""
