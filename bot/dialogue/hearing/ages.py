"""Hearing: somebody's age where it was asked for, told as a number of years instead of a yes or a no."""

from __future__ import annotations

import re

from bot.dialogue.hearing.hearing import hear

_YEARS = re.compile(
    r"\b(years?( old)?|yrs?( old)?|yo|of age|i am|i'm|im|already|just|turned)\b"
    r"|周岁|岁|今年|明年|虚岁|实岁|我|已经|刚刚|刚|才|都|满|了|过|的|啦|呢|啊"
)
_NOT_YET = re.compile(
    r"\b(almost|nearly|not yet|soon|turning|going on)\b"
    r"|快要|快|就要|马上|明年才|明年|差一点|差点|还没到|还没满|还没|没到|不到|不满|未满|没满"
)
_OF_AGE, _YOUNGEST, _OLDEST = 18, 8, 120


def of_age(text: str) -> bool | None:
    """Whether a told age is eighteen or more; None where the text tells no single age, or anything else beside it."""
    later = _NOT_YET.search(text) is not None
    heard = hear("count", _YEARS.sub(" ", _NOT_YET.sub(" ", text)), low=1, high=_OLDEST)
    if heard.value is None or heard.status != "value" or heard.value != int(heard.value):
        return None
    if not _YOUNGEST <= heard.value <= _OLDEST or heard.low != heard.high:
        return None
    return heard.value >= _OF_AGE and not (later and heard.value == _OF_AGE)
