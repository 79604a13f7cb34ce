"""What a borrower saw when a line fell or vanished, and which conditions that and the facts confirm or rule out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from simulator.burden import SERVICE_LINE, monthly_means
from simulator.vocabulary import Facts, Kind

Page = Literal["reassessing", "suspended", "closed", "no_line", "error", "nothing"]
Lost = Literal["all", "most", "some", "none"]

_FREQUENT = 1.33  # four draws within three months, as people round it
_MUCH_PREPAID = 0.5
_NOTHING_LEFT, _HALF_LEFT, _ALL_LEFT = 0.02, 0.5, 0.95


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: yuan now available, the line before, what was repaid just before it, days since it happened.

    Everything may be unknown; ``page_says`` is what the product's own page shows.
    """

    available_line: float | None = None
    line_before: float | None = None
    repaid: float | None = None
    repaid_early: bool | None = None
    days_since: float | None = None
    page_says: Page | None = None
    lender_changed: bool | None = None
    business_account_opened: bool | None = None


@dataclass(frozen=True, slots=True)
class Story:
    """One borrower's account of a fallen line: what is known about them, and what they saw."""

    facts: Facts
    seen: Seen


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether something holds (None: unknown), and the facts or things seen that say so."""

    holds: bool | None
    said_by: tuple[str, ...]


def lost_share(seen: Seen) -> Lost | None:
    """How much of the line before is gone, in four bands; None where either amount is unknown."""
    if seen.available_line is None or not seen.line_before:
        return None
    left = seen.available_line / seen.line_before
    bands: tuple[tuple[float, Lost], ...] = ((_NOTHING_LEFT, "all"), (_HALF_LEFT, "most"), (_ALL_LEFT, "some"))
    return next((name for most, name in bands if left <= most), "none")


def after_repayment(seen: Seen) -> bool | None:
    """Whether it came with a repayment; an early repayment is one."""
    if seen.repaid is None:
        return True if seen.repaid_early else None
    return seen.repaid > 0.0


def _overdue(facts: Facts, _: Seen) -> Condition:
    names = tuple(n for n in ("overdue_now", "overdue_events_24m", "max_days_past_due_24m") if facts.known(n))
    late = tuple(name for name in names if (facts.number(name) or 0.0) > 0.0)
    if late:
        return Condition(holds=True, said_by=late)
    return Condition(False if "overdue_now" in names else None, names)


def _frequent_draws(facts: Facts, _: Seen) -> Condition:
    draws = facts.number("draws_per_month")
    return Condition(None if draws is None else draws >= _FREQUENT, _told(facts, "draws_per_month"))


def _prepaid(facts: Facts, seen: Seen) -> Condition:
    share = facts.number("prepaid_share")
    if share is not None and share > _MUCH_PREPAID:
        return Condition(holds=True, said_by=("prepaid_share",))
    if seen.repaid_early is not None:
        return Condition(seen.repaid_early, ("repaid_early",))
    if seen.repaid == 0.0:
        return Condition(holds=False, said_by=("repaid",))
    return Condition(None if share is None else False, _told(facts, "prepaid_share"))


def _heavy_debt_service(facts: Facts, _: Seen) -> Condition:
    service, means = facts.number("monthly_debt_service"), monthly_means(facts)
    told = ("monthly_debt_service", *_told(facts, means_name(facts)))
    if service == 0.0:
        return Condition(holds=False, said_by=told[:1])
    if service is None or means is None:
        return Condition(None, ())
    if service > SERVICE_LINE * means.high:
        return Condition(holds=True, said_by=told)
    return Condition(False if service <= SERVICE_LINE * means.low else None, told)


def _anomaly(facts: Facts, _: Seen) -> Condition:
    flag = facts.number("anomaly_flag")
    return Condition(None if flag is None else flag > 0.0, _told(facts, "anomaly_flag"))


def _identity_change(facts: Facts, _: Seen) -> Condition:
    changes = facts.number("identity_changes_3m")
    if facts.number("identity_valid") == 0.0:
        return Condition(holds=True, said_by=("identity_valid",))
    return Condition(None if changes is None else changes > 0.0, _told(facts, "identity_changes_3m"))


def _lender_change(_: Facts, seen: Seen) -> Condition:
    return Condition(seen.lender_changed, () if seen.lender_changed is None else ("lender_changed",))


def _business_account(_: Facts, seen: Seen) -> Condition:
    opened = seen.business_account_opened
    return Condition(opened, () if opened is None else ("business_account_opened",))


def means_name(facts: Facts) -> str:
    """The fact that says what debts are paid from."""
    return "monthly_income" if facts.kind is Kind.PERSON else "monthly_turnover"


def _told(facts: Facts, name: str) -> tuple[str, ...]:
    return (name,) if facts.known(name) else ()


CONDITIONS: Mapping[str, Callable[[Facts, Seen], Condition]] = MappingProxyType({
    "overdue": _overdue,
    "frequent_draws": _frequent_draws,
    "prepaid": _prepaid,
    "heavy_debt_service": _heavy_debt_service,
    "anomaly": _anomaly,
    "identity_change": _identity_change,
    "lender_change": _lender_change,
    "business_account": _business_account,
})
"""Every condition a cause may name, by its name in the file of causes."""
