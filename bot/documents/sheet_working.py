"""An offer's figures as a spreadsheet works them out: the values between the cells, so that every cell has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.dialogue.plain import Plain
from simulator.money import to_fen

YEARLY = {"day": 365, "month": 12, "year": 1}
LEVEL = frozenset({"equal_instalment", "interest_first_6"})


class Line(Plain):
    """One instalment as it was worked out, yuan."""

    date: dt.date
    payment: float
    principal: float
    interest: float
    fee: float
    balance: float


class Offer(Plain):
    """An offer as the dialogue gives it: what was told, and every figure that was worked out from it.

    Fees are shares of the amount and yuan, at the start and with each instalment; ``rate`` is a fraction of what is
    owed per ``per``; rates worked out are fractions a year.
    """

    amount: float
    start: dt.date
    months: int
    rate: float
    per: Literal["day", "month", "year"]
    method: Literal["equal_instalment", "equal_principal", "interest_first", "bullet", "interest_first_6"]
    fee_share: float = 0.0
    fee: float = 0.0
    each_share: float = 0.0
    each: float = 0.0
    received: float
    interest: float
    fees: float
    total: float
    daily: float
    nominal: float | None
    effective: float | None
    simple: float | None
    ceiling: float | None = None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """One row between the cells: years and interest per yuan, the discount of level instalments, interest two ways."""

    years: float
    factor: float
    discount: float
    raw: float
    exact: float
    owed: float


def yearly(offer: Offer) -> float:
    """The quoted rate carried to a year without compounding."""
    return offer.rate * YEARLY[offer.per]


def turn(offer: Offer) -> int:
    """Months that pay interest only before instalments begin."""
    return min(6, offer.months - 1) if offer.method == "interest_first_6" else 0


def rows_of(offer: Offer) -> tuple[Worked, ...]:
    """Every row of the schedule, in order."""
    return tuple(_rows(offer))


def _rows(offer: Offer) -> Iterator[Worked]:
    owed, before, discount = offer.amount, offer.start, 1.0
    for n, line in enumerate(offer.lines, start=1):
        months = offer.months if offer.method == "bullet" else 1
        years = (line.date - before).days / 365 if offer.per == "day" else months / 12
        factor = yearly(offer) * years
        level = offer.method in LEVEL and n > turn(offer)
        discount = discount / (1 + factor) if level else discount
        yield Worked(
            years, factor, discount if level else 0.0, _fen(owed * factor), _exact(offer, n, factor), owed * years
        )
        owed, before = line.balance, line.date


def _exact(offer: Offer, n: int, factor: float) -> float:
    """Interest of a row before any rounding; nothing for rows of level instalments, whose sum is known otherwise."""
    if offer.method in LEVEL and n > turn(offer):
        return 0.0
    left = 1 - (n - 1) / offer.months if offer.method == "equal_principal" else 1.0
    return offer.amount * left * factor


def between(offer: Offer) -> dict[str, float]:
    """The working under an offer, by the names of its cells."""
    rows = rows_of(offer)
    level, even = offer.method in LEVEL, offer.method == "equal_principal"
    annuity = sum(row.discount for row in rows)
    instalment = offer.amount / annuity if level else offer.amount / offer.months if even else 0.0
    told = sum(line.interest for line in offer.lines)
    return {
        "yearly": yearly(offer),
        "count": len(offer.lines),
        "level": float(level),
        "even": float(even),
        "turn": turn(offer),
        "instalment": _fen(instalment),
        "charge": offer.amount - offer.received,
        "residue": _fen(told - sum(row.raw for row in rows)),
    }


def _fen(amount: float) -> float:
    """Rounded as a spreadsheet rounds: half away from nothing, by the digits a number shows."""
    return float(to_fen(Decimal(repr(round(amount, 9)))))
