"""What a lender offers: amount, rate as quoted, method of repayment, fees, and an early repayment to try."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from simulator.money import to_fen

Method = Literal["equal_instalment", "equal_principal", "interest_first", "bullet", "interest_first_6", "custom"]
Per = Literal["day", "month", "year"]
Lender = Literal["bank", "platform_bank", "consumer_finance", "micro_loan", "private", "unknown"]

DAYS_IN_YEAR = 365
MONTHS_IN_YEAR = 12


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate as it was quoted: a fraction of the principal still owed, per day, month or year."""

    value: Decimal
    per: Per

    def yearly(self) -> Decimal:
        """The same rate a year without compounding: days times 365, months times 12."""
        times = {"day": DAYS_IN_YEAR, "month": MONTHS_IN_YEAR, "year": 1}
        return self.value * times[self.per]

    def compounded(self) -> float:
        """The yearly rate if every period's interest bore interest: a day's rate 365 times, a month's 12 times."""
        times = {"day": DAYS_IN_YEAR, "month": MONTHS_IN_YEAR, "year": 1}
        return float((1 + self.value) ** times[self.per]) - 1


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee in yuan or as a share of the amount borrowed, taken at the start or with each instalment."""

    when: Literal["start", "each"]
    amount: Decimal | None = None
    share: Decimal | None = None

    def charged(self, borrowed: Decimal) -> Decimal:
        """The fee in yuan, once, for an amount borrowed."""
        return to_fen(self.amount or Decimal(0)) + to_fen((self.share or Decimal(0)) * borrowed)


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment of a contract that follows no rule: its date and yuan, fees with each payment not counted in."""

    date: dt.date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Prepayment:
    """Principal repaid early on the due date of month ``after`` (for custom: of payment ``after``).

    ``amount`` is yuan, or None for all that is still owed; ``fee_share`` is charged on the principal repaid early.
    """

    after: int
    amount: Decimal | None
    fee_share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class CostQuestion:
    """What borrowing is asked about: ``amount`` in yuan from ``start`` over ``months`` at ``rate``.

    A custom contract has ``payments`` and neither months nor rate.
    """

    amount: Decimal
    start: dt.date
    method: Method
    months: int = 0
    rate: Rate | None = None
    fees: tuple[Fee, ...] = ()
    payments: tuple[Payment, ...] = ()
    early: Prepayment | None = None
    lender: Lender = "unknown"

    def fees_when(self, when: Literal["start", "each"]) -> Decimal:
        """All fees of one moment added up, in yuan."""
        return sum((fee.charged(self.amount) for fee in self.fees if fee.when == when), Decimal("0.00"))
