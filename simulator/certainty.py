"""How sure a counted probability is: exact Clopper-Pearson limits, without a statistics library."""

from __future__ import annotations

import math

_SURE = 0.95
_TINY = 1e-300
_ENOUGH = 1e-12
_CLOSE = 1e-9


def clopper_pearson(hits: int, trials: int, sure: float = _SURE) -> tuple[float, float]:
    """The lower and upper limit of a probability of which ``hits`` in ``trials`` were seen; exact, so never too tight.

    Clopper and Pearson (1934): the limits are quantiles of beta distributions. Raises ValueError where hits lie
    outside the trials or there are none.
    """
    if not 0 <= hits <= trials or trials < 1:
        raise ValueError("hits must lie between nothing and the trials")
    tail = (1.0 - sure) / 2.0
    low = 0.0 if hits == 0 else _beta_quantile(tail, hits, trials - hits + 1)
    high = 1.0 if hits == trials else _beta_quantile(1.0 - tail, hits + 1, trials - hits)
    return low, high


def beta_below(x: float, a: float, b: float) -> float:
    """Probability that a beta(a, b) number lies below x: the regularised incomplete beta function.

    Evaluated by its continued fraction (Lentz's method) on the side where it converges fast.
    """
    if x <= 0.0 or x >= 1.0:
        return float(x >= 1.0)
    logs = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    if x < (a + 1.0) / (a + b + 2.0):
        return math.exp(logs) * _fraction(x, a, b) / a
    return 1.0 - math.exp(logs) * _fraction(1.0 - x, b, a) / b


def _beta_quantile(chance: float, a: float, b: float) -> float:
    """By Newton's steps from the mean; halves the interval that must hold the quantile where a step would leave it."""
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    low, high, at = 0.0, 1.0, a / (a + b)
    while high - low > _CLOSE * high:
        missing = chance - beta_below(at, a, b)
        low, high = (at, high) if missing > 0.0 else (low, at)
        density = math.exp(scale + (a - 1.0) * math.log(at) + (b - 1.0) * math.log1p(-at))
        step = missing / max(density, _TINY)
        if abs(step) <= _CLOSE * at:
            return min(max(at + step, low), high)
        at = at + step if low < at + step < high else (low + high) / 2.0
    return (low + high) / 2.0


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8)."""
    c, d = 1.0, _away(1.0 - (a + b) * x / (a + 1.0))
    d = 1.0 / d
    value = d
    m = 0
    while True:
        m += 1
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for step in (even, odd):
            d = 1.0 / _away(1.0 + step * d)
            c = _away(1.0 + step / c)
            value *= c * d
        if abs(value - before) <= _ENOUGH * abs(value):
            return value


def _away(number: float) -> float:
    """The number, kept away from nothing so that it can be divided by."""
    return number if abs(number) > _TINY else _TINY
