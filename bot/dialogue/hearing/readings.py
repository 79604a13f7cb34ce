"""Hearing: what was understood, as one record that can be shown back, stored, or asked about."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.dialogue.hearing.phrases import Reading

Status = Literal["value", "range", "confirm", "refused"]

_LOOSE = Decimal("0.1")
_MOST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class Heard:
    """What one text was understood as.

    ``value``: one number; ``low`` and ``high`` are set beside it only when it was said to be rough ("about").
    ``range``: ``low`` and ``high`` ("at least": ``high`` None; "at most": ``low`` 0 where the end is above zero);
    ``value`` is the middle, or the one end that was said.
    ``confirm``: the likeliest reading, to be asked back; ``doubt`` says why, ``alternatives`` what else it may be.
    ``refused``: no reading; ``doubt`` says why, ``alternatives`` hold several numbers where several were read.
    ``unit``: yuan, day|month|year (of a rate), months, days, count, fraction, date (ordinal days), flag.
    ``read_as`` is a plain echo in ASCII, empty when nothing was read.
    """

    status: Status
    value: float | None
    low: float | None
    high: float | None
    unit: str
    read_as: str
    doubt: str | None = None
    alternatives: tuple[Heard, ...] = ()


Words = Callable[[Decimal, Decimal], str]
"""From the two ends of a range (equal for one number) to its echo with its unit."""


def refused(unit: str, doubt: str, alternatives: tuple[Heard, ...] = ()) -> Heard:
    """Nothing understood, with the reason."""
    return Heard("refused", None, None, None, unit, "", doubt, alternatives)


def heard_as(reading: Reading, unit: str, words: Words, *, whole: bool = False) -> Heard:
    """A reading as a record: its status by its doubt and its ends; ``whole`` rounds rough ends outwards.

    ``words`` makes the echo of one number, or of two joined by a dash, with the unit.
    """
    alternatives = tuple(heard_as(other, unit, words, whole=whole) for other in reading.others if not other.refused)
    if reading.refused:
        return refused(unit, reading.doubt, alternatives)
    if any(end is not None and abs(end) > _MOST for end in (reading.low, reading.high)):
        return refused(unit, "too_large")
    status: Status = "confirm" if reading.doubt else "value" if reading.low == reading.high else "range"
    low, high = rough_ends(reading, whole=whole)
    return Heard(
        status,
        value=_number(_middle(reading)),
        low=_number(low),
        high=_number(high),
        unit=unit,
        read_as=echo(reading, words),
        doubt=reading.doubt or None,
        alternatives=alternatives,
    )


def rough_ends(reading: Reading, *, whole: bool = False) -> tuple[Decimal | None, Decimal | None]:
    """The ends to store: a tenth around a rough value, none for an exact one, else the range's own."""
    if reading.low is None and reading.high is not None and reading.high > 0:
        return Decimal(0), reading.high
    if reading.low is None or reading.low != reading.high:
        return reading.low, reading.high
    if not reading.about:
        return None, None
    bottom, top = sorted((reading.low * (1 - _LOOSE), reading.low * (1 + _LOOSE)))
    return (Decimal(math.floor(bottom)), Decimal(math.ceil(top))) if whole else (bottom, top)


def _middle(reading: Reading) -> Decimal | None:
    if reading.low is None or reading.high is None:
        return reading.high if reading.low is None else reading.low
    return (reading.low + reading.high) / 2


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def echo(reading: Reading, words: Words) -> str:
    """The reading in plain words: ``35000 yuan``, ``8000-10000 yuan``, ``about 8000 yuan``, ``at least 5000 yuan``."""
    low, high = reading.low, reading.high
    if high is None:
        return "" if low is None else f"at least {words(low, low)}"
    if low is None:
        return f"at most {words(high, high)}"
    return ("about " if reading.about and low == high else "") + words(low, high)


def ends(low: Decimal, high: Decimal, places: int = 2) -> str:
    """``8000`` for one number, ``8000-10000`` for two, ``-5 to 10`` when one is negative."""
    if low == high:
        return plain(low, places)
    return f"{plain(low, places)}{' to ' if low < 0 else '-'}{plain(high, places)}"


def plain(value: Decimal, places: int = 2) -> str:
    """A number in digits without exponent or needless zeros, rounded to so many places."""
    text = format(round(value, places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def heard_document(heard: Heard) -> dict[str, object]:
    """The record as the command's JSON: status, value, low, high, unit, read_as, doubt and alternatives."""
    return {
        "status": heard.status,
        "value": heard.value,
        "low": heard.low,
        "high": heard.high,
        "unit": heard.unit,
        "read_as": heard.read_as,
        "doubt": heard.doubt,
        "alternatives": [heard_document(other) for other in heard.alternatives],
    }
