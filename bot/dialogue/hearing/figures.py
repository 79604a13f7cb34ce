"""Hearing: whether words are nothing but a figure, which is an answer to something and never a question."""

from __future__ import annotations

from bot.dialogue.hearing.hearing import hear

_FIGURES = ("money", "count", "duration", "rate", "percent")


def is_bare_figure(text: str) -> bool:
    """Whether a text is read whole as one amount, count, time, rate or share, or holds digits and no word at all."""
    if any(map(str.isdigit, text)) and not any(map(str.isalpha, text)):
        return True
    return any(hear(kind, text).status in {"value", "range"} for kind in _FIGURES)
