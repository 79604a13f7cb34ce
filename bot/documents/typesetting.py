"""Typesetting: a template filled with plain data becomes a picture or a page; words reach it only as data."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from pydantic import JsonValue

from bot.documents.letters import FONTS, drawable

_TEMPLATES = Path(__file__).parent / "templates"
_ONE_MOMENT = 0
"""Creation time of every file, so that equal data give equal bytes."""


def typeset(template: str, data: JsonValue, form: Literal["png", "pdf", "svg"], ppi: float = 144.0) -> bytes:
    """One document.

    Args:
        template: name of a file among our templates; it reads ``data`` from its input of that name as JSON.
        data: what is drawn or written; its words are never read as markup, and letters that our fonts lack are
            written in their nearest form.
        form: a picture has exactly one page.
        ppi: pixels an inch (72 points) of a PNG.

    Raises:
        typst.TypstError: when the template is broken or does not understand the data.
    """
    made = typst.compile(
        _TEMPLATES / template,
        root=_TEMPLATES,
        font_paths=_fonts(),
        format=form,
        ppi=ppi,
        sys_inputs={"data": json.dumps(_drawable(data), ensure_ascii=False)},
        timestamp=_ONE_MOMENT,
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} has more than one page")
    return made


def _drawable(data: JsonValue) -> JsonValue:
    if isinstance(data, str):
        return drawable(data)
    if isinstance(data, list):
        return [_drawable(part) for part in data]
    if isinstance(data, dict):
        return {name: _drawable(part) for name, part in data.items()}
    return data


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
