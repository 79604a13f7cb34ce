"""Which yearly ceiling applies to which lender."""

import datetime as dt
from itertools import pairwise

import pytest

from simulator.ceilings_of_rate import RULES, ceiling_for
from simulator.offers import Lender


@pytest.mark.parametrize(
    ("lender", "start", "rate", "binds", "expected"),
    [
        ("private", "2026-04-20", 0.13, True, 0.12),
        ("private", "2026-04-20", 0.12, False, 0.12),
        ("private", "2020-01-01", 0.30, None, 0.12),
        ("micro_loan", "2026-04-20", 0.25, True, 0.24),
        ("micro_loan", "2028-02-01", 0.20, True, 0.12),
        ("consumer_finance", "2025-06-01", 0.22, False, 0.24),
        ("consumer_finance", "2026-04-20", 0.22, True, 0.20),
        ("platform_bank", "2026-04-20", 0.2402, False, 0.24),
        ("platform_bank", "2026-04-20", 0.2410, True, 0.24),
        ("platform_bank", "2026-04-20", None, None, 0.24),
        ("bank", "2026-04-20", 0.50, None, None),
        ("unknown", "2026-04-20", 0.50, None, None),
    ],
)
def test_the_ceiling_depends_on_the_lender_and_the_day(
    lender: Lender, start: str, rate: float | None, binds: bool | None, expected: float | None
) -> None:
    """Each kind of lender has its own dated rule, and what cannot be judged is not judged."""
    ceiling = ceiling_for(lender, dt.date.fromisoformat(start), rate)
    assert (ceiling.kind, ceiling.rate, ceiling.binds) == (lender, expected, binds)
    assert (ceiling.fact is None) == (lender == "unknown")


def test_ceiling_rules_are_dated_and_sourced_oldest_first() -> None:
    """Every rule names its fact and nature, and the rules of a lender stand in order of their dates."""
    assert all(rule.fact and rule.nature for rule in RULES)
    for first, second in pairwise(RULES):
        assert first.lender != second.lender or first.since < second.since
