"""Hearing: whether several amounts were each told with a name of their own, so that they are parts of one sum."""

from __future__ import annotations

import re

_NUMBER = re.compile(
    r"[0-9.,]+[kw]?|[零〇一二两三四五六七八九十百千万亿半几]+|元|块钱|块|多|来|左右|上下|出头|大概|差不多|约|每个月|每月|一个月|还"
)
_NAME = re.compile(r"[^\W\d_]{2,}")
_JOINTS = ("加上", "还有", "另外", "再加", "和", "加", "跟", "有", "要", "是", "and ", "plus ")


def named_each(folded: str, amounts: int) -> bool:
    """Whether folded words name at least so many things beside their amounts ("card 800 and car 2000" names two)."""
    rest = _NUMBER.sub(" ", folded)
    for joint in _JOINTS:
        rest = rest.replace(joint, " ")
    return amounts > 1 and len(_NAME.findall(rest)) >= amounts
