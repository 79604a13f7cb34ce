"""Hearing: a fee as a share of the loan, whether it was said in percent or in yuan."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.hearing.hearing import hear
from bot.dialogue.hearing.readings import Heard, refused
from bot.dialogue.hearing.text import fold

_YUAN = re.compile(r"元|块|yuan|rmb|cny|¥")
_SHARE = re.compile(r"%|percent|百分|成|分之")


def hear_fee(text: str, borrowed: float, *, low: float | None = None, high: float | None = None) -> Heard:
    """A fee as a fraction of what is borrowed.

    Args:
        text: What was typed; where it speaks of yuan and of no share, the yuan are divided by the loan, and so is
            a bare number that is far too large for a share.
        borrowed: The loan in yuan.
        low: The least sensible fraction.
        high: The greatest sensible fraction.
    """
    folded = fold(text) or ""
    shares = hear("percent", text, low=low, high=high)
    bare = shares.doubt == "out_of_bounds"
    if borrowed <= 0.0 or _SHARE.search(folded) or not (bare or _YUAN.search(folded)):
        return shares
    money = hear("money", text)
    if money.status == "refused" or money.value is None:
        return shares
    share, least, most = (None if yuan is None else yuan / borrowed for yuan in (money.value, money.low, money.high))
    if share is None or (low is not None and share < low) or (high is not None and share > high):
        return refused("fraction", "out_of_bounds")
    return replace(money, value=share, low=least, high=most, unit="fraction", alternatives=())
