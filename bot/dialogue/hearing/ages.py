"""Hearing: somebody's age where it was asked for, told as a number of years instead of a yes or a no."""

from __future__ import annotations

import re

from bot.dialogue.hearing.hearing import hear

_YEARS = re.compile(r"\b(years?( old)?|yrs?( old)?|yo|of age)\b|周岁|岁")
_OF_AGE, _OLDEST = 18, 120


def of_age(text: str) -> bool | None:
    """Whether a told age is eighteen or more; None where the text tells no single age."""
    heard = hear("count", _YEARS.sub(" ", text), low=1, high=_OLDEST)
    if heard.value is None or heard.status == "range" or heard.value != int(heard.value):
        return None
    if not 1 <= heard.value <= _OLDEST or heard.low != heard.high:
        return None
    return heard.value >= _OF_AGE
