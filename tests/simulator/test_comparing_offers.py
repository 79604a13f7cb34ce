"""Two offers side by side."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from simulator.cost import compare
from simulator.offers import CostQuestion, Fee, Rate

LOAN = CostQuestion(
    Decimal(10000), dt.date(2026, 1, 31), "equal_instalment", months=12, rate=Rate(Decimal("0.1825"), "year")
)


def test_two_offers_stand_side_by_side() -> None:
    """The cheaper by rate and by yuan are named; yuan only compare for the same amount."""
    dear, cheap = LOAN, replace(LOAN, rate=Rate(Decimal("0.10"), "year"))
    pair = compare(dear, cheap)
    assert (pair.lower_rate, pair.fewer_yuan) == ("second", "second")
    assert pair.difference == pair.first.total_cost - pair.second.total_cost
    assert compare(cheap, dear).fewer_yuan == "first"
    assert (compare(dear, dear).lower_rate, compare(dear, dear).fewer_yuan) == ("same", "same")
    other = compare(dear, replace(LOAN, amount=Decimal(20000)))
    assert (other.fewer_yuan, other.difference) == (None, Decimal("0.00"))
    assert compare(dear, replace(LOAN, fees=(Fee("start", share=Decimal(1)),))).lower_rate is None
