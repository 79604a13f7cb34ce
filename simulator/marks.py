"""Marks: how far some figures lie beyond their goals or short of them, as one small SVG."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _LABEL, _ROW, _HEAD = 720, 330, 24, 50
_MET, _MISSED, _INK = "#1f6fb2", "#c0504d", "#222222"
_FURTHEST = 4.0  # doublings either side of the goal that the picture holds


def draw_marks(title: str, ratios: Sequence[tuple[str, float]]) -> str:
    """An SVG document with a bar for each name: twice the goal is one step to the right, half of it one to the left."""
    height = _HEAD + _ROW * len(ratios) + 12
    step = (_WIDTH - _LABEL - 40) / (2.0 * _FURTHEST)
    middle = _LABEL + _FURTHEST * step
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
        '<rect width="100%" height="100%" fill="white"/>',
        _text(16, 24, title, 14),
    ]
    for row, (name, ratio) in enumerate(ratios):
        y = _HEAD + _ROW * row
        end = middle + step * min(max(math.log2(ratio), -_FURTHEST), _FURTHEST)
        left, wide = min(middle, end), max(abs(end - middle), 1.0)
        colour = _MET if ratio >= 1.0 else _MISSED
        parts.append(_text(16, y + 13, name, 11))
        parts.append(f'<rect x="{left:.1f}" y="{y}" width="{wide:.1f}" height="16" fill="{colour}"/>')
        parts.append(_text(middle - 44 if ratio >= 1.0 else middle + 6, y + 13, f"{ratio:.2f} x", 11))
    parts.append(f'<line x1="{middle}" y1="{_HEAD - 8}" x2="{middle}" y2="{height - 6}" stroke="{_INK}"/>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _text(x: float, y: float, words: str, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{_INK}">{escape(words)}</text>'
