"""Figures in words: money, shares, months, rates, dates and lists as each language writes them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

Amount = int | float | Decimal
Pattern = Callable[..., str]

_WAN = 10_000
_YI = 100_000_000


class Figures:
    """The filters of one language's templates; the words around a figure are phrases themselves (``figure.*``)."""

    def __init__(self, language: str, patterns: Mapping[str, Pattern]) -> None:
        """``patterns`` is looked up when a figure is said, so it may still be filling while templates compile."""
        self._chinese = language == "zh"
        self._patterns = patterns

    def filters(self) -> dict[str, Callable[..., object]]:
        """Every filter by the name that templates use."""
        return {
            "about": about,
            "yuan": self.yuan,
            "percent": percent,
            "number": number,
            "months": self.months,
            "rate": self.rate,
            "date": self.date,
            "joined": self.joined,
        }

    def yuan(self, amount: Amount) -> str:
        """An amount in yuan; from ten thousand on, a round one is counted in wan (or yi) in Chinese."""
        exact = _decimal(amount)
        size, sign = abs(exact), "-" if exact < 0 else ""
        for unit, name in ((_YI, "yi"), (_WAN, "wan")):
            if self._chinese and size >= unit and size % (unit // 100) == 0:
                return self._say("figure.yuan", n=_plain(size / unit), sign=sign, unit=name)
        places = 0 if size == size.to_integral_value() else 2
        return self._say("figure.yuan", n=f"{size:,.{places}f}", sign=sign, unit="yuan")

    def months(self, count: Amount) -> str:
        """A number of months; whole years from two on are counted in years."""
        exact = _decimal(count)
        if exact >= 24 and exact % 12 == 0:
            return self._say("figure.years", n=_plain(exact / 12), one=False)
        return self._say("figure.months", n=_plain(exact), one=exact == 1)

    def rate(self, fraction: Amount, per: str = "year") -> str:
        """A rate with its period: a fraction per year, month or day."""
        return self._say(f"figure.per_{per}", n=percent(fraction, 4))

    def date(self, day: dt.date | str) -> str:
        """A day, month or year; text is read as ISO (2026, 2026-11, 2026-11-21)."""
        numbers = [int(part) for part in str(day)[:10].split("-")]
        names = ("figure.year", "figure.month", "figure.day")
        month = dt.date(2000, numbers[1], 1).strftime("%B") if len(numbers) > 1 else ""
        parts = dict(zip(("year", "month", "day"), numbers, strict=False))
        return self._say(names[len(numbers) - 1], **parts, month_name=month)

    def joined(self, items: Iterable[object]) -> str:
        """A list as one reads it aloud."""
        words = [str(item) for item in items]
        return self._say("figure.list", first=words[:-1], last=words[-1:])

    def _say(self, name: str, **data: object) -> str:
        return self._patterns[name](**data)


def about(amount: Amount) -> float:
    """An estimate rounded to two significant digits: more would promise what nobody knows."""
    value = float(amount)
    if value == 0 or not math.isfinite(value):
        return value
    digits = 1 - math.floor(math.log10(abs(value)))
    return float(round(Decimal(repr(value)), digits))


def number(amount: Amount, digits: int = 4) -> str:
    """A plain number with thousands apart and without idle zeros."""
    return _plain(_decimal(amount), digits)


def percent(fraction: Amount, digits: int = 1) -> str:
    """A fraction of one as a percentage, without idle zeros."""
    return _plain(_decimal(fraction) * 100, digits) + "%"


def _decimal(number: Amount) -> Decimal:
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    return exact.quantize(Decimal("0.0000000001"), ROUND_HALF_UP).normalize() + 0


def _plain(number: Decimal, digits: int = 4) -> str:
    rounded = number.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{rounded.normalize():,f}"
