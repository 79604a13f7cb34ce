"""The words the whole house shares: what may be known about a borrower, in which unit, within which bounds."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FactValue: TypeAlias = bool | int | float | str


class Kind(StrEnum):
    """Who borrows."""

    PERSON = "person"
    BUSINESS = "business"


class Unit(StrEnum):
    """What a fact's number counts; shares and ratios are fractions of one."""

    YUAN = "yuan"
    YUAN_PER_MONTH = "yuan_per_month"
    MONTHS = "months"
    DAYS = "days"
    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"
    PER_YEAR = "per_year"
    POINTS = "points"
    FLAG = "flag"
    CHOICE = "choice"


class Problem(NamedTuple):
    """Something wrong at the border: a stable code, the field, and one kind sentence for whoever typed it."""

    code: str
    field: str
    message: str


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One thing that may be known: its unit, who it applies to, and the bounds inside which it is believed."""

    name: str
    unit: Unit
    kinds: frozenset[Kind]
    low: float = 0.0
    high: float = 1.0
    choices: tuple[str, ...] = ()


_BOTH = frozenset(Kind)
_PERSON = frozenset({Kind.PERSON})
_BUSINESS = frozenset({Kind.BUSINESS})
_PURPOSES = ("necessities", "consumption", "education", "business", "investment", "repay_other_debt")


def _spec(name: str, unit: Unit, kinds: frozenset[Kind], low: float = 0.0, high: float = 1.0) -> FactSpec:
    return FactSpec(name, unit, kinds, low, high)


_SPECS = (
    _spec("current_line", Unit.YUAN, _BOTH, 0, 50_000_000),
    _spec("used_balance", Unit.YUAN, _BOTH, 0, 50_000_000),
    _spec("months_on_book", Unit.MONTHS, _BOTH, 0, 240),
    _spec("on_time_months", Unit.MONTHS, _BOTH, 0, 240),
    _spec("overdue_now", Unit.FLAG, _BOTH),
    _spec("overdue_events_24m", Unit.COUNT, _BOTH, 0, 100),
    _spec("max_days_past_due_24m", Unit.DAYS, _BOTH, 0, 730),
    _spec("draws_per_month", Unit.COUNT, _BOTH, 0, 100),
    _spec("prepaid_share", Unit.SHARE, _BOTH),
    _spec("monthly_debt_service", Unit.YUAN_PER_MONTH, _BOTH, 0, 50_000_000),
    _spec("other_debt_balance", Unit.YUAN, _BOTH, 0, 1_000_000_000),
    _spec("lenders_count", Unit.COUNT, _BOTH, 0, 100),
    _spec("hard_inquiries_3m", Unit.COUNT, _BOTH, 0, 100),
    _spec("payment_flow", Unit.YUAN_PER_MONTH, _BOTH, 0, 1_000_000_000),
    _spec("services_used", Unit.COUNT, _BOTH, 0, 30),
    _spec("high_risk_use_share", Unit.SHARE, _BOTH),
    FactSpec("purpose", Unit.CHOICE, _BOTH, choices=_PURPOSES),
    _spec("cash_reserve_months", Unit.MONTHS, _BOTH, 0, 240),
    _spec("identity_changes_3m", Unit.COUNT, _BOTH, 0, 50),
    _spec("identity_valid", Unit.FLAG, _BOTH),
    _spec("anomaly_flag", Unit.FLAG, _BOTH),
    _spec("profile_completeness", Unit.SHARE, _BOTH),
    _spec("line_raises_12m", Unit.COUNT, _BOTH, 0, 50),
    _spec("line_cuts_12m", Unit.COUNT, _BOTH, 0, 50),
    _spec("months_since_change", Unit.MONTHS, _BOTH, 0, 240),
    _spec("monthly_income", Unit.YUAN_PER_MONTH, _PERSON, 0, 10_000_000),
    _spec("income_volatility", Unit.RATIO, _PERSON, 0, 5),
    _spec("verified_income_share", Unit.SHARE, _PERSON),
    _spec("bills_on_time_share", Unit.SHARE, _PERSON),
    _spec("wealth_balance", Unit.YUAN, _PERSON, 0, 1_000_000_000),
    _spec("sister_credit_balance", Unit.YUAN, _PERSON, 0, 50_000_000),
    _spec("sister_credit_clean", Unit.FLAG, _PERSON),
    _spec("spend_spike", Unit.RATIO, _PERSON, 0, 100),
    _spec("sesame_score", Unit.POINTS, _PERSON, 350, 950),
    _spec("operating_months", Unit.MONTHS, _BUSINESS, 0, 1200),
    _spec("monthly_turnover", Unit.YUAN_PER_MONTH, _BUSINESS, 0, 1_000_000_000),
    _spec("turnover_growth", Unit.PER_YEAR, _BUSINESS, -1, 20),
    _spec("verified_turnover_share", Unit.SHARE, _BUSINESS),
    _spec("gross_margin", Unit.SHARE, _BUSINESS, -1, 1),
    _spec("cash_flow_volatility", Unit.RATIO, _BUSINESS, 0, 5),
    _spec("debt_to_asset", Unit.RATIO, _BUSINESS, 0, 5),
    _spec("statements_completeness", Unit.SHARE, _BUSINESS),
    _spec("tax_invoice_completeness", Unit.SHARE, _BUSINESS),
    _spec("third_party_rating", Unit.FLAG, _BUSINESS),
    _spec("customer_concentration", Unit.SHARE, _BUSINESS),
    _spec("inventory_days", Unit.DAYS, _BUSINESS, 0, 3650),
    _spec("receivable_days", Unit.DAYS, _BUSINESS, 0, 3650),
    _spec("payable_days", Unit.DAYS, _BUSINESS, 0, 3650),
)

FACTS: Mapping[str, FactSpec] = MappingProxyType({spec.name: spec for spec in _SPECS})
"""Every fact that may be known, by its contract name."""


def fact_names(kind: Kind) -> tuple[str, ...]:
    """Names of the facts that apply to a person or a business, in the contract's order."""
    return tuple(name for name, spec in FACTS.items() if kind in spec.kinds)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one borrower; a missing fact is unknown, never zero.

    Values are in the unit that ``FACTS`` names: money in yuan, shares as fractions of one.
    """

    kind: Kind
    values: Mapping[str, FactValue] = field(default_factory=lambda: MappingProxyType({}))

    def known(self, name: str) -> bool:
        """Whether the fact has been told."""
        return name in self.values

    def number(self, name: str) -> float | None:
        """A numeric or flag fact as float (a flag is 0 or 1), or None where it is unknown."""
        value = self.values.get(name)
        return None if value is None or isinstance(value, str) else float(value)

    def with_value(self, name: str, value: FactValue) -> Facts | Problem:
        """New facts with one value told or changed, or the reason why not; the facts themselves never change."""
        checked = check_value(self.kind, name, value)
        if isinstance(checked, Problem):
            return checked
        return replace(self, values=MappingProxyType({**self.values, name: checked}))

    def without(self, names: Iterable[str]) -> Facts:
        """New facts with the named values forgotten."""
        dropped = frozenset(names)
        kept = {name: value for name, value in self.values.items() if name not in dropped}
        return replace(self, values=MappingProxyType(kept))


def check_value(kind: Kind, name: str, value: object) -> FactValue | Problem:
    """One value checked against its fact: name, kind of borrower, type, finiteness, bounds.

    Returns the value in its plain type (bool, int for counts, float, or choice), or a Problem that names
    the field, what was read, and what would be right.
    """
    spec = FACTS.get(name)
    if spec is None:
        return Problem("unknown_fact", name, f"{name} is not a fact we know; see the table of facts")
    if kind not in spec.kinds:
        return Problem("wrong_kind", name, f"{name} does not apply to a {kind}")
    if spec.unit is Unit.FLAG:
        return value if isinstance(value, bool) else _wrong(spec, value, "true or false")
    if spec.unit is Unit.CHOICE:
        known = isinstance(value, str) and value in spec.choices
        return str(value) if known else _wrong(spec, value, "one of " + ", ".join(spec.choices))
    return _check_number(spec, value)


def _check_number(spec: FactSpec, value: object) -> FactValue | Problem:
    right = f"a number from {spec.low:,.10g} to {spec.high:,.10g} ({spec.unit})"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _wrong(spec, value, right)
    if not spec.low <= value <= spec.high:
        return Problem("out_of_bounds", spec.name, f"{spec.name} was {_shown(value)}; {right} would be right")
    return float(value)


def _wrong(spec: FactSpec, value: object, right: str) -> Problem:
    return Problem("wrong_type", spec.name, f"{spec.name} was {_shown(value)}; {right} would be right")


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, int) or abs(value) < 10**18 else "a number of many digits"
    return text if len(text) <= 40 else text[:37] + "..."
