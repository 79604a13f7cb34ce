"""Hearing: readings outside the bounds of a sensible answer: a slip of the unit to confirm, or a refusal."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.hearing.asked import Asked
from bot.dialogue.hearing.readings import Heard, refused

_DAYS_A_YEAR, _MONTHS_A_YEAR = 365.0, 12.0
_WAN = 10_000.0
_PER_YEAR = {"day": _DAYS_A_YEAR, "month": _MONTHS_A_YEAR, "year": 1.0}


def within(heard: Heard, asked: Asked) -> Heard:
    """The same reading when it fits the bounds (a rate is compared per year); otherwise the alternative that fits.

    An alternative reading inside the bounds is confirmed in its place; a range that lies partly outside is
    confirmed; anything else outside is refused as ``out_of_bounds``.
    """
    if heard.status == "refused" or heard.value is None or (asked.low is None and asked.high is None):
        return heard
    fitting = tuple(other for other in (*heard.alternatives, *_slips(heard)) if _inside(other, asked))
    if _inside(heard, asked):
        return replace(heard, alternatives=tuple(other for other in heard.alternatives if _inside(other, asked)))
    if fitting:
        doubt = heard.doubt or "unit_slip"
        return replace(fitting[0], status="confirm", doubt=doubt, alternatives=fitting[1:])
    if _overlapping(heard, asked):
        return replace(heard, status="confirm", doubt=heard.doubt or "out_of_bounds")
    return refused(heard.unit, "out_of_bounds")


def _slips(heard: Heard) -> tuple[Heard, ...]:
    """The amount with wan said where yuan was meant, or the other way round."""
    if heard.unit != "yuan" or heard.status != "value" or not heard.value:
        return ()
    return tuple(_one_amount(heard, factor) for factor in (_WAN, 1 / _WAN))


def _one_amount(heard: Heard, factor: float) -> Heard:
    value = round((heard.value or 0.0) * factor, 2)
    return replace(heard, value=value, low=None, high=None, read_as=f"{value:.2f} yuan".replace(".00", ""))


def _factor(heard: Heard) -> float:
    return _PER_YEAR.get(heard.unit, 1.0)


def _inside(heard: Heard, asked: Asked) -> bool:
    ends = [end for end in (heard.value, heard.low, heard.high) if end is not None]
    if heard.status == "value" or (heard.status == "confirm" and heard.low is None and heard.high is None):
        ends = ends[:1]
    return bool(ends) and all(_fits(end * _factor(heard), asked) for end in ends)


def _fits(value: float, asked: Asked) -> bool:
    above = asked.low is None or value >= asked.low
    return above and (asked.high is None or value <= asked.high)


def _overlapping(heard: Heard, asked: Asked) -> bool:
    ends = (heard.low, heard.high)
    if heard.low is None and heard.high is None:
        return False
    low, high = (None if end is None else end * _factor(heard) for end in ends)
    starts_late = low is not None and asked.high is not None and low > asked.high
    ends_early = high is not None and asked.low is not None and high < asked.low
    return not starts_late and not ends_early
