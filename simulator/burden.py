"""How heavy all debts are together, what a bad month would leave, and when a raise must not be offered."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.vocabulary import Facts, Kind

SERVICE_LINE = 0.55
"""Debt service over income above which no raise is offered; the upper end of lenders' own rules (0.36 to 0.55)."""

_LATE_DAYS = 30  # from thirty days on, arrears are a missed instalment and no oversight
_CLEAN_MONTHS = 3  # the probation that banking supervisors ask before arrears count as cured
_MANY_LENDERS = 4
_HEAVY_MONTHS = 6.0
_PERSISTENT_MONTHS = 18  # the period over which the British conduct rules judge persistent card debt
_PERSISTENT_USE = 0.9
_BAD_INCOME = 0.8
_BAD_RATE = 0.03  # percentage points a year added in a bad month, as in mortgage affordability tests
_LINE_INTEREST = 0.1825  # a common quotation, 0.05 per cent a day; only used to bound the service of the own line
_MARGIN_UNKNOWN = (0.05, 1.0)


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most a figure can be, given what is known; equal where all is known."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Burden:
    """The weight of all debts; a figure is None where too little is known.

    ``service_ratio`` is the monthly service of other debts over income (for a business over turnover times gross
    margin), ``service_ratio_with_line`` adds the balance of the own line, ``months_owed`` is all debt in months of
    income, ``bad_month_left`` the yuan left for living after debt service when income falls by a fifth and rates
    rise by three points, ``bad_month_ratio`` the debt service over income in that month, and ``reserve_months``
    the months that savings last.
    """

    service_ratio: Span | None
    service_ratio_with_line: Span | None
    months_owed: Span | None
    bad_month_left: Span | None
    bad_month_ratio: Span | None
    reserve_months: float | None


def gate(facts: Facts) -> tuple[str, ...]:
    """Codes of why no raise may be planned, in order of urgency; empty where nothing known forbids it.

    Codes: ``arrears``, ``debt_service_over_line``, ``many_commitments``, ``persistent_debt``. Unknown facts never
    close the gate.
    """
    checks = (
        ("arrears", _in_arrears(facts)),
        ("debt_service_over_line", _service_over_line(facts)),
        ("many_commitments", _many_commitments(facts)),
        ("persistent_debt", _persistent_debt(facts)),
    )
    return tuple(code for code, closed in checks if closed)


def burden(facts: Facts) -> Burden:
    """How heavy the debts of one borrower are; ratios are fractions of monthly income, money is yuan a month."""
    income = monthly_means(facts)
    service = _known(facts, "monthly_debt_service")
    line = _line_service(facts)
    owed = _owed(facts)
    stress = None if owed is None else Span(owed.low * _BAD_RATE / 12, owed.high * _BAD_RATE / 12)
    poor = None if income is None else Span(income.low * _BAD_INCOME, income.high * _BAD_INCOME)
    bad_service = _plus(_plus(service, line), stress)
    return Burden(
        service_ratio=_ratio(service, income),
        service_ratio_with_line=_ratio(_plus(service, line), income),
        months_owed=_ratio(owed, income),
        bad_month_left=None if poor is None or bad_service is None else _minus(poor, bad_service),
        bad_month_ratio=_ratio(bad_service, poor),
        reserve_months=facts.number("cash_reserve_months"),
    )


def monthly_means(facts: Facts) -> Span | None:
    """What debts are paid from, yuan a month: a person's income, a business's turnover times its gross margin.

    An unknown margin gives a span up to the whole turnover; unknown income or turnover gives None.
    """
    if facts.kind is Kind.PERSON:
        return _known(facts, "monthly_income")
    turnover = facts.number("monthly_turnover")
    if turnover is None:
        return None
    margin = facts.number("gross_margin")
    low, high = _MARGIN_UNKNOWN if margin is None else (max(margin, 0.0), max(margin, 0.0))
    return Span(turnover * low, turnover * high)


def _in_arrears(facts: Facts) -> bool:
    if facts.number("overdue_now") == 1.0:
        return True
    late = (facts.number("max_days_past_due_24m") or 0.0) >= _LATE_DAYS
    return late and (facts.number("on_time_months") or 0.0) < _CLEAN_MONTHS


def _service_over_line(facts: Facts) -> bool:
    income, service = monthly_means(facts), facts.number("monthly_debt_service")
    return income is not None and service is not None and service > SERVICE_LINE * income.high


def _many_commitments(facts: Facts) -> bool:
    if (facts.number("lenders_count") or 0.0) < _MANY_LENDERS:
        return False
    income, balance = monthly_means(facts), facts.number("other_debt_balance")
    heavy = income is not None and balance is not None and balance > _HEAVY_MONTHS * income.high
    return heavy or facts.values.get("purpose") == "repay_other_debt"


def _persistent_debt(facts: Facts) -> bool:
    if facts.values.get("purpose") == "repay_other_debt":
        return True  # a line that pays other lines moves the debt and does not shrink it
    line, used = facts.number("current_line") or 0.0, facts.number("used_balance") or 0.0
    full = line > 0.0 and used >= _PERSISTENT_USE * line
    long = (facts.number("months_on_book") or 0.0) >= _PERSISTENT_MONTHS
    return full and long and (facts.number("draws_per_month") or 0.0) >= 1.0


def _known(facts: Facts, name: str) -> Span | None:
    value = facts.number(name)
    return None if value is None else Span(value, value)


def _line_service(facts: Facts) -> Span | None:
    """Monthly payment on the own balance: interest alone at the least, twelve equal instalments at the most."""
    balance = facts.number("used_balance")
    if balance is None:
        return None
    monthly = _LINE_INTEREST / 12
    return Span(balance * monthly, balance * monthly / (1 - (1 + monthly) ** -12))


def _owed(facts: Facts) -> Span | None:
    return _plus(_known(facts, "other_debt_balance"), _known(facts, "used_balance"))


def _plus(one: Span | None, other: Span | None) -> Span | None:
    return None if one is None or other is None else Span(one.low + other.low, one.high + other.high)


def _minus(whole: Span, part: Span) -> Span:
    return Span(whole.low - part.high, whole.high - part.low)


def _ratio(part: Span | None, whole: Span | None) -> Span | None:
    if part is None or whole is None or whole.low <= 0.0:
        return None
    return Span(part.low / whole.high, part.high / whole.low)
