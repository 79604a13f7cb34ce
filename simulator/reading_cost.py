"""Cost questions read from JSON documents: the one place that knows their field names and bounds."""

from __future__ import annotations

from typing import Literal, cast, get_args

from simulator.amounts import NOTHING
from simulator.forms import Form
from simulator.money import to_fen
from simulator.offers import CostQuestion, Fee, Lender, Method, Payment, Per, Prepayment, Rate
from simulator.vocabulary import Problem

_KEYS = ("amount", "start", "method", "months", "rate", "fees", "payments", "early", "lender")
_LEAST_YUAN, _MOST_YUAN = 0.01, 1_000_000_000
_MOST_MONTHS = 600
_MOST_FEES = 20
_INTEREST_ONLY_MONTHS = 6
_MOST_RATE = {"day": 0.05, "month": 1.0, "year": 4.0}  # above these a percentage was written for a fraction


def read_cost_question(document: object) -> CostQuestion | tuple[Problem, ...]:
    """A cost question as the contract writes it, or everything that is wrong with it."""
    form = Form(document)
    form.only(_KEYS)
    method = cast("Method", form.choice("method", get_args(Method)))
    question = CostQuestion(
        amount=to_fen(form.number("amount", _LEAST_YUAN, _MOST_YUAN)),
        start=form.date("start"),
        method=method,
        months=0 if method == "custom" else form.whole("months", 1, _MOST_MONTHS),
        rate=None if method == "custom" and not form.has("rate") else _rate(form.part("rate")),
        fees=tuple(_fee(part) for part in form.parts("fees", _MOST_FEES)),
        payments=_payments(form),
        early=_early(form.part("early")) if form.has("early") else None,
        lender=cast("Lender", form.choice("lender", get_args(Lender)) if form.has("lender") else "unknown"),
    )
    if not form.problems:
        _check_together(form, question)
    return tuple(form.problems) or question


def _rate(form: Form) -> Rate:
    form.only(("value", "per"))
    per = cast("Per", form.choice("per", get_args(Per)))
    return Rate(form.number("value", 0, _MOST_RATE[per]), per)


def _fee(form: Form) -> Fee:
    form.only(("when", "amount", "share"))
    when = cast("Literal['start', 'each']", form.choice("when", ("start", "each")))
    if form.has("amount") == form.has("share"):
        form.note("wrong_type", "amount", "fees have either an amount in yuan or a share of the amount borrowed")
        return Fee(when)
    if form.has("share"):
        return Fee(when, share=form.number("share", 0, 1))
    return Fee(when, amount=form.number("amount", 0, _MOST_YUAN))


def _payments(form: Form) -> tuple[Payment, ...]:
    found = []
    for part in form.parts("payments", _MOST_MONTHS):
        part.only(("date", "amount"))
        found.append(Payment(part.date("date"), to_fen(part.number("amount", _LEAST_YUAN, _MOST_YUAN))))
    return tuple(sorted(found, key=lambda payment: payment.date))


def _early(form: Form) -> Prepayment:
    form.only(("after", "amount", "fee_share"))
    share = form.number("fee_share", 0, 1) if form.has("fee_share") else NOTHING
    after = form.whole("after", 0, _MOST_MONTHS)
    if form.says("amount", "all"):
        return Prepayment(after, None, share)
    return Prepayment(after, to_fen(form.number("amount", _LEAST_YUAN, _MOST_YUAN, or_word="all")), share)


def _check_together(form: Form, question: CostQuestion) -> None:
    """What only several values together show."""
    if question.method == "custom":
        _check_custom(form, question)
    elif question.payments:
        form.note("unexpected", "payments", "payments belong to the method custom only")
    if question.method == "interest_first_6" and question.months <= _INTEREST_ONLY_MONTHS:
        form.note("out_of_bounds", "months", f"months was {question.months}; 7 or more would be right")
    periods = question.months or len(question.payments)
    if question.early is not None and question.early.after >= periods:
        right = f"a number below {periods}, before the last due date,"
        form.note("out_of_bounds", "early.after", f"early.after was {question.early.after}; {right} would be right")
    if question.fees_when("start") >= question.amount:
        form.note("out_of_bounds", "fees", "fees at the start eat up the whole amount; nothing would be received")


def _check_custom(form: Form, question: CostQuestion) -> None:
    if not question.payments:
        form.note("missing", "payments", "payments is missing; a list of dates and amounts would be right")
    elif question.payments[0].date <= question.start:
        form.note("out_of_bounds", "payments", f"payments must all come after the start, {question.start}")
    elif sum(payment.amount for payment in question.payments) < question.amount:
        form.note("out_of_bounds", "payments", "payments add up to less than the amount borrowed")
