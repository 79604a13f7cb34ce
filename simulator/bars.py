"""Bars: a few durations as one small SVG, on a scale of tenfold steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

_WIDTH, _LABEL, _ROW, _HEAD = 720, 240, 28, 52
_BLUE, _GREY, _INK = "#1f6fb2", "#8a8a8a", "#222222"


def draw_bars(title: str, rows: Sequence[tuple[str, float]]) -> str:
    """An SVG document with one bar for each name and its seconds; the first is ours and stands out."""
    least = math.floor(min(math.log10(seconds) for _, seconds in rows))
    most = max(math.ceil(max(math.log10(seconds) for _, seconds in rows)), least + 1)
    step = (_WIDTH - _LABEL - 90) / (most - least)
    height = _HEAD + _ROW * len(rows) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
        '<rect width="100%" height="100%" fill="white"/>',
        _text(16, 26, title, 14),
    ]
    for power in range(least, most + 1):
        x = _LABEL + (power - least) * step
        parts.append(f'<line x1="{x:.1f}" y1="{_HEAD - 8}" x2="{x:.1f}" y2="{height - 26}" stroke="#dddddd"/>')
        parts.append(_text(x - 12, height - 8, f"{10.0**power:g} s", 11))
    for place, (name, seconds) in enumerate(rows):
        y, long = _HEAD + _ROW * place, (math.log10(seconds) - least) * step
        colour = _GREY if place else _BLUE
        parts.append(_text(16, y + 15, name, 12))
        parts.append(f'<rect x="{_LABEL}" y="{y}" width="{max(long, 2.0):.1f}" height="20" fill="{colour}"/>')
        parts.append(_text(_LABEL + long + 6, y + 15, f"{seconds:.3g} s", 12))
    return "\n".join([*parts, "</svg>"]) + "\n"


def _text(x: float, y: float, words: str, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{_INK}">{escape(words)}</text>'
