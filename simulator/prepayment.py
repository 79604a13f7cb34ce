"""Early repayment: what it saves in interest, what it costs in fees, and the yearly rate the loan then had."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from simulator.amounts import NOTHING
from simulator.money import to_fen
from simulator.offers import CostQuestion, Prepayment
from simulator.results import Early
from simulator.schedules import Period, Row, merged, rows_left
from simulator.yearly_rates import Flow, effective_rate


def early_repayment(question: CostQuestion, early: Prepayment, periods: Sequence[Period], rows: Sequence[Row]) -> Early:
    """What repaying principal early on the due date of period ``early.after`` changes, against the full schedule.

    Interest to that day is paid; what is left runs to the same end. Saved are the interest and the instalment fees
    no longer due, less the fee for repaying early. Raises ValueError where the date lies outside the loan.
    """
    done = early.after
    if not 0 <= done < len(periods):
        raise ValueError("an early repayment must come before the last due date")
    bullet = question.method == "bullet"
    paid = () if bullet else rows[:done]
    owed = paid[-1].after if paid else question.amount
    amount = owed if early.amount is None else min(early.amount, owed)
    fee = to_fen(amount * early.fee_share)
    rest = rows_left(question, periods, owed - amount, done=done)
    due_before = _accrued(question.amount, periods[:done]) if bullet else sum((r.interest for r in paid), NOTHING)
    interest = due_before + sum((row.interest for row in rest), NOTHING)
    interest_saved = sum((row.interest for row in rows), NOTHING) - interest
    fees_saved = question.fees_when("each") * (len(rows) - len(paid) - len(rest))
    date = periods[done - 1].end if done else question.start
    extra = amount + fee + (due_before if bullet else NOTHING)
    return Early(
        after=done,
        date=date,
        amount=amount,
        fee=fee,
        interest_saved=interest_saved,
        saved=interest_saved + fees_saved - fee,
        irr_effective=_rate(question, [*paid, *rest], Flow(date, float(extra), 0, 0.0)),
    )


def _accrued(amount: Decimal, periods: Sequence[Period]) -> Decimal:
    return to_fen(amount * merged(periods).factor) if periods else NOTHING


def _rate(question: CostQuestion, rows: Sequence[Row], extra: Flow) -> float | None:
    each = question.fees_when("each")
    received = question.amount - question.fees_when("start")
    flows = [Flow(row.period.end, float(row.principal + row.interest + each), 0, 0.0) for row in rows]
    if extra.date == question.start and not flows:
        return None  # money that goes back the same day was not lent
    return effective_rate(float(received), question.start, [*flows, extra])
