"""Which yearly ceiling applies to which kind of lender: dated rules, each with the fact it rests on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from simulator.offers import Lender
from simulator.results import Ceiling

_ROUNDING = 0.0005  # instalments rounded to the fen move a small loan's yearly rate by a few hundredths of a point


@dataclass(frozen=True, slots=True)
class CeilingRule:
    """One dated rule: yearly ceiling as a fraction (None where the market prices), what kind of rule, which fact."""

    lender: str
    since: dt.date
    rate: float | None
    nature: str
    fact: str


def read_rules() -> tuple[CeilingRule, ...]:
    """All rules in the order of the file, oldest first for each lender."""
    text = files("simulator").joinpath("lenders", "yearly_ceilings.yaml").read_text("utf-8")
    document: dict[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return tuple(CeilingRule(**row) for row in document["ceilings"])


RULES = read_rules()
"""Read once when the module is, so that a conversation never waits for a file."""


def ceiling_for(lender: Lender, start: dt.date, yearly_cost: float | None) -> Ceiling:
    """The ceiling in force for a kind of lender on the day a loan starts, against its yearly cost (a fraction).

    ``binds`` is None where it cannot be judged: an unknown lender, a market price, no rate, or a loan that is
    older than the oldest rule we know for its lender (that rule is then shown for orientation).
    """
    rules = [rule for rule in RULES if rule.lender == lender]
    if not rules:
        return Ceiling(kind=lender, rate=None, binds=None, fact=None)
    rule = max((rule for rule in rules if rule.since <= start), key=lambda rule: rule.since, default=rules[0])
    binds = None
    if rule.rate is not None and yearly_cost is not None and rule.since <= start:
        binds = yearly_cost > rule.rate + _ROUNDING
    return Ceiling(kind=lender, rate=rule.rate, binds=binds, fact=rule.fact, nature=rule.nature, since=rule.since)
