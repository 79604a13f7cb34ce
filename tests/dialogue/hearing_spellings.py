"""Ways to write one amount down, for round trips through the hearing room."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_TRADITIONAL = str.maketrans("万亿两", "萬億兩")
_WIDE = str.maketrans("0123456789,.wk", "０１２３４５６７８９，．ｗｋ")


def _section(value: int) -> str:
    """Chinese for 1 to 9999, as taught in school."""
    out, pending = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            out += ("零" if pending and out else "") + _DIGITS[digit] + unit
        pending = not digit
    return out


def chinese(value: int) -> str:
    """A whole number from 0 to 99,999,999 in full Chinese numerals."""
    if value == 0:
        return "零"
    high, low = divmod(value, 10_000)
    if not high:
        return _short_teen(_section(low))
    gap = "零" if low and (low < 1000 or high % 10 == 0) else ""
    return _short_teen(_section(high)) + "万" + gap + (_section(low) if low else "")


def _short_teen(text: str) -> str:
    return text.removeprefix("一") if text.startswith("一十") else text


def _colloquial(value: int) -> list[str]:
    """The ways that leave the last magnitude word unsaid, where the number has one."""
    out = []
    for unit, word in ((10_000, "万"), (1000, "千"), (100, "百")):
        whole, rest = divmod(value, unit)
        if rest and rest % (unit // 10) == 0 and 0 < whole < (100 if unit == 10_000 else 10):
            last = rest * 10 // unit
            out += [f"{whole}{word}{last}", f"{chinese(whole)}{word}{_DIGITS[last]}", f"{whole}{word}{_DIGITS[last]}"]
    return out


def _shortened(value: int) -> list[str]:
    out = []
    for unit, words in ((10_000, ("万", "w", "W", " wan")), (1000, ("千", "k", "K", " thousand"))):
        share = format((Decimal(value) / unit).normalize(), "f")
        if len(share.partition(".")[2]) <= 4:
            out += [share + word for word in words]
    return out


def spellings(value: int) -> list[str]:
    """Every way this module knows to write a whole amount of yuan so that it can mean nothing else."""
    plain, grouped = str(value), f"{value:,}"
    words = chinese(value)
    ways = [
        plain,
        grouped,
        words,
        words.translate(_FORMAL),
        words.translate(_TRADITIONAL),
        words.replace("二千", "两千"),
    ]
    if value:
        ways += _shortened(value) + _colloquial(value)
    if value >= 10_000 and value % 10_000 % 1000 == 0 and value % 10_000:
        ways.append(f"{value // 10_000}万{value % 10_000 // 1000}千")
    ways += [f"{plain}.00", f" {plain} "]
    return ways + [way.translate(_WIDE) for way in ways if way.isascii() and " " not in way]


DRESSES = (
    "{}元",
    "{}块",
    "{}块钱",
    "￥{}",
    "¥ {}",
    "{} yuan",
    "rmb {}",
    "每月{}元",
    "月薪{}元",
    "税后{}元",
    "我有{}元",
    "{}元/月",
)
"""Words around an amount that leave it as it is."""

ROUGH = ("大概{}元", "约{}元", "{}元左右", "about {} yuan", "{}元上下", "差不多{}元")
"""Words that make it a rough one."""

amounts = st.one_of(
    st.integers(0, 99_999_999),
    st.builds(lambda head, zeros: head * 10**zeros, st.integers(1, 9999), st.integers(0, 4)),
    st.integers(0, 200),
)
"""Amounts as people have them: many are round."""
