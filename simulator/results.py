"""What the simulator says: forecasts, plans, diagnoses and costs as frozen values, each number with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Range:
    """A range of yuan at one month: a tenth of draws lie below ``p10``, half below ``p50``, a tenth above ``p90``."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class Step:
    """One rule that moved a number: which rule and parameter, from what to what (yuan or points), on what evidence."""

    rule: str
    parameter: str
    value: float
    effect_yuan: float
    grade: str
    source: str
    date: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One exact share of the estimate: signed points (100 are one doubling) and the yuan they account for."""

    code: str
    fact: str
    points: float
    yuan: float
    grade: str
    actionable: bool


@dataclass(frozen=True, slots=True)
class Reports:
    """What a user's own reported lines did to a forecast: how many there were, and how many draws still agree.

    ``widened`` says that too few draws explained them exactly, so that they were taken less exactly.
    """

    count: int
    effective_draws: float
    widened: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """Ranges of the line now (index 0) and by month, with reasons that sum exactly and where the width comes from.

    ``label`` says what the ranges rest on: the model alone, or outcomes (see ``simulator.conformal``); ``reports``
    what the user's own reports did to them. ``central_target`` is the yuan that the central case tends to at the
    horizon, up to which the reasons add from the ordinary client's.
    """

    product: str
    preset: str
    seed: int
    months: tuple[int, ...]
    line: tuple[Range, ...]
    available: tuple[Range, ...]
    no_change_probability: float
    binding: str | None
    reasons: tuple[Reason, ...]
    variance_shares: Mapping[str, float]
    share_grade_a: float
    gate: tuple[str, ...]
    trace: tuple[Step, ...]
    label: str = "prior_range_not_validated"
    reports: Reports | None = None
    central_target: float | None = None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One action and the month it starts (0 is now), with its effort in hours and money in yuan."""

    action: str
    start_month: int
    effort_hours: float
    money: float


@dataclass(frozen=True, slots=True)
class Avoided:
    """An action left out, and the code of the reason why."""

    action: str
    why: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """Proof of an optimum that anyone can re-check: best value, bound, nodes visited, seed, hash of the parameters.

    ``objective`` says what is best: ``least_effort`` (hours; none takes fewer than ``bound``) or ``greatest_chance``
    (share of the ``draws``; none reaches more than ``bound``). ``considered`` actions were looked at, by their ids, in
    the order of habits; ``hits`` is how many draws had to reach the line, where hours are best.
    """

    best: float
    bound: float
    nodes: int
    seed: int
    parameter_hash: str
    objective: str = "greatest_chance"
    draws: int = 0
    considered: tuple[str, ...] = ()
    hits: int = 0


@dataclass(frozen=True, slots=True)
class Frontier:
    """The same goal reached three ways, each a plan's actions with start months, or None where no plan reaches it."""

    fastest: tuple[PlanStep, ...] | None
    least_effort: tuple[PlanStep, ...] | None
    safest: tuple[PlanStep, ...] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The best plan found for a goal, its probability with exact limits, and what to avoid.

    The probability is that of the target, or of ``best_reachable`` where none was asked for. Gated profiles get a
    plan that only reduces debt, with no line and no probability.
    """

    gate: tuple[str, ...]
    target: float | None
    feasible: bool
    best_reachable: float | None
    plan: tuple[PlanStep, ...]
    probability: float
    probability_interval: tuple[float, float]
    certificate: Certificate | None
    frontier: Frontier
    avoid: tuple[Avoided, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """One ranked cause of a fall or vanishing; ``speaks_for`` and ``speaks_against`` name facts or things seen."""

    cause: str
    family: str
    probability: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Ranked causes (never fewer than two) and the thing to ask next, if asking still helps."""

    causes: tuple[Cause, ...]
    next_question: str | None


@dataclass(frozen=True, slots=True)
class Instalment:
    """One line of a repayment schedule; all amounts in yuan to the fen."""

    n: int
    date: dt.date
    payment: Decimal
    principal: Decimal
    interest: Decimal
    fee: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Early:
    """What an early repayment costs and saves, in yuan; ``irr_effective`` is the yearly rate the loan then had."""

    after: int
    date: dt.date
    amount: Decimal
    fee: Decimal
    interest_saved: Decimal
    saved: Decimal
    irr_effective: float | None = None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The yearly ceiling that applies to this kind of lender, the fact it rests on, and whether the cost exceeds it.

    ``kind`` is the kind of lender, ``nature`` the kind of rule (a court's, an order, an average, a reading, the
    market), ``since`` the day from which it holds.
    """

    kind: str
    rate: float | None
    binds: bool | None
    fact: str | None
    nature: str = ""
    since: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """A schedule, its totals in yuan, and its yearly rates as fractions: nominal IRR, effective IRR, simple.

    ``quoted_yearly`` and ``quoted_compounded`` are the quoted rate carried to a year without and with compounding.
    """

    schedule: tuple[Instalment, ...]
    received: Decimal
    total_interest: Decimal
    total_fees: Decimal
    total_cost: Decimal
    irr_nominal: float | None
    irr_effective: float | None
    simple_rate: float | None
    daily_interest: Decimal
    early: Early | None
    ceiling: Ceiling
    quoted_yearly: float | None = None
    quoted_compounded: float | None = None
