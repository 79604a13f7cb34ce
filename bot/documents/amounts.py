"""Amounts on a chart: round steps for an axis, and yuan in few letters as each language counts them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from bot.documents.figures import Tongue
from knowledge.figures import number

_UNITS = {"zh": ((1e8, "yi"), (1e4, "wan")), "en": ((1e6, "million"), (1e3, "thousand"))}
_COUNTED_FROM = 10_000.0
"""Yuan from which on an amount is said in a larger unit."""

_ROUND = (1.0, 2.0, 2.5, 5.0, 10.0)
_MOST_STEPS = 6
_AIR = 1.04
"""How much higher than the highest amount an axis reaches at least."""


class Axis(NamedTuple):
    """Where an axis begins and ends (yuan), and the round amounts on it."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, amount: float) -> float:
        """Where an amount stands, from 0 at the low end to 1 at the high end."""
        return (amount - self.low) / (self.high - self.low)


def axis_over(amounts: Sequence[float]) -> Axis:
    """An axis that begins at nothing, or below where amounts are negative, and holds them all between round steps."""
    low, high = min(0.0, *amounts), max(1.0, *amounts)
    step = _round_step((high - low) * _AIR / _MOST_STEPS)
    first = math.floor(low / step)
    last = math.ceil(high * _AIR / step)
    return Axis(first * step, last * step, tuple(n * step for n in range(first, last + 1)))


def _round_step(wanted: float) -> float:
    """The smallest round step that is no smaller than wanted."""
    power = 10.0 ** math.floor(math.log10(wanted))
    return min(part * power for part in _ROUND if part * power >= wanted * (1 - 1e-9))


def tick_words(axis: Axis, tongue: Tongue) -> list[str]:
    """The amounts on an axis, all counted in one unit."""
    step = axis.ticks[1] - axis.ticks[0]
    size, unit = next((pair for pair in _units(tongue) if step >= pair[0] / 2), (1.0, ""))
    return [tongue.say("chart.amount", n=_signed(tick / size), unit=unit if tick else "") for tick in axis.ticks]


def short(amount: float, tongue: Tongue) -> str:
    """An amount in few letters, to a hundredth of its unit."""
    size, unit = 1.0, ""
    if abs(amount) >= _COUNTED_FROM:
        size, unit = next(pair for pair in _units(tongue) if abs(amount) >= pair[0])
    digits = 2 if unit else 0
    return tongue.say("chart.amount", n=_signed(amount / size, digits), unit=unit)


def close(amount: float) -> float:
    """An amount that others are added to, rounded to three digits, so that small steps can still be seen in it."""
    return float(f"{amount:.3g}")


def _units(tongue: Tongue) -> tuple[tuple[float, str], ...]:
    return _UNITS["en" if tongue.language == "en" else "zh"]


def _signed(amount: float, digits: int = 4) -> str:
    return number(amount, digits).replace("-", "\N{MINUS SIGN}")
