"""Cost questions in, costs out, as documents."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.cost import compare, cost
from simulator.forms import shown
from simulator.offers import CostQuestion, Fee, Payment, Prepayment, Rate
from simulator.reading_cost import read_cost_question
from simulator.reporting_cost import comparison_document, cost_document
from simulator.vocabulary import Problem

FULL: dict[str, Any] = {
    "amount": 10000,
    "start": "2026-01-31",
    "method": "equal_instalment",
    "months": 12,
    "rate": {"value": 0.0005, "per": "day"},
    "fees": [{"when": "start", "amount": 100}, {"when": "each", "share": 0.001}],
    "early": {"after": 6, "amount": "all", "fee_share": 0.01},
    "lender": "consumer_finance",
}
CUSTOM: dict[str, Any] = {
    "amount": 1000,
    "start": "2026-01-01",
    "method": "custom",
    "payments": [{"date": "2026-03-01", "amount": 600}, {"date": "2026-02-01", "amount": 600}],
}


def read(document: object) -> CostQuestion:
    question = read_cost_question(document)
    assert isinstance(question, CostQuestion), question
    return question


def problems(document: object) -> tuple[Problem, ...]:
    found = read_cost_question(document)
    assert isinstance(found, tuple)
    return found


def test_a_full_question_is_read_exactly() -> None:
    """Every field of the contract arrives, and numbers as they were written."""
    question = read(FULL)
    assert question.amount == Decimal(10000)
    assert question.start == dt.date(2026, 1, 31)
    assert question.rate == Rate(Decimal("0.0005"), "day")
    assert question.fees == (Fee("start", amount=Decimal(100)), Fee("each", share=Decimal("0.001")))
    assert question.early == Prepayment(6, None, Decimal("0.01"))
    assert question.lender == "consumer_finance"


def test_what_may_be_left_out_has_a_default() -> None:
    """Fees, early repayment and lender are optional; an early sum may be given in yuan."""
    kept = {key: FULL[key] for key in ("amount", "start", "method", "months", "rate")}
    question = read({**kept, "early": {"after": 1, "amount": 500.5}, "fees": None})
    assert (question.fees, question.lender) == ((), "unknown")
    assert question.early == Prepayment(1, Decimal("500.50"), Decimal(0))


def test_custom_payments_are_put_in_order() -> None:
    """Payments may come in any order, and a quoted rate may stand beside them."""
    assert [payment.date.month for payment in read(CUSTOM).payments] == [2, 3]
    quoted = read({**CUSTOM, "rate": {"value": 0.1, "per": "year"}})
    assert quoted.rate == Rate(Decimal("0.1"), "year")
    assert quoted.payments[0] == Payment(dt.date(2026, 2, 1), Decimal("600.00"))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"amount": 0}, "out_of_bounds", "amount"),
        ({"amount": -5}, "out_of_bounds", "amount"),
        ({"amount": 10**400}, "out_of_bounds", "amount"),
        ({"amount": float("nan")}, "out_of_bounds", "amount"),
        ({"amount": float("inf")}, "out_of_bounds", "amount"),
        ({"amount": True}, "wrong_type", "amount"),
        ({"amount": "10000"}, "wrong_type", "amount"),
        ({"amount": None}, "wrong_type", "amount"),
        ({"start": "2026-02-30"}, "wrong_type", "start"),
        ({"start": "20260131"}, "wrong_type", "start"),
        ({"start": "1066-01-01"}, "wrong_type", "start"),
        ({"start": 5}, "wrong_type", "start"),
        ({"method": "balloon"}, "wrong_type", "method"),
        ({"months": 0}, "out_of_bounds", "months"),
        ({"months": 601}, "out_of_bounds", "months"),
        ({"months": 1.5}, "wrong_type", "months"),
        ({"months": 6, "method": "interest_first_6", "early": None}, "out_of_bounds", "months"),
        ({"rate": {"value": 0.0005}}, "missing", "rate.per"),
        ({"rate": {"value": 18.25, "per": "year"}}, "out_of_bounds", "rate.value"),
        ({"rate": {"value": -0.1, "per": "year"}}, "out_of_bounds", "rate.value"),
        ({"rate": 0.1}, "wrong_type", "rate"),
        ({"rate": None}, "wrong_type", "rate"),
        ({"fees": {}}, "wrong_type", "fees"),
        ({"fees": [5]}, "wrong_type", "fees[0]"),
        ({"fees": [{"when": "start"}]}, "wrong_type", "fees[0].amount"),
        ({"fees": [{"when": "start", "amount": 1, "share": 1}]}, "wrong_type", "fees[0].amount"),
        ({"fees": [{"when": "start", "share": 1}]}, "out_of_bounds", "fees"),
        ({"payments": CUSTOM["payments"]}, "unexpected", "payments"),
        ({"early": {"after": 12, "amount": "all"}}, "out_of_bounds", "early.after"),
        ({"early": {"after": 1, "amount": "half"}}, "wrong_type", "early.amount"),
        ({"early": {"amount": "all"}}, "missing", "early.after"),
        ({"lender": "uncle"}, "wrong_type", "lender"),
        ({"intrest": 1}, "unknown_key", "intrest"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], code: str, field: str) -> None:
    """Each mistake gives one problem with its code, its field and a sentence that names the field."""
    found = problems({**FULL, **changes})
    assert [(one.code, one.field) for one in found] == [(code, field)]
    assert field.split(".", maxsplit=1)[0].split("[", maxsplit=1)[0] in found[0].message


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"payments": []}, "missing"),
        ({"payments": [{"date": "2026-01-01", "amount": 2000}]}, "out_of_bounds"),
        ({"payments": [{"date": "2026-02-01", "amount": 900}]}, "out_of_bounds"),
    ],
)
def test_custom_payments_that_cannot_be_a_loan_are_named(changes: dict[str, Any], code: str) -> None:
    """No payments, one on the first day, or payments below the amount borrowed."""
    assert [(one.code, one.field) for one in problems({**CUSTOM, **changes})] == [(code, "payments")]


def test_missing_fields_are_all_named_at_once() -> None:
    """An empty question lists everything it lacks; a document that is no object is said to be none."""
    assert [one.field for one in problems({})] == ["method", "amount", "start", "months", "rate"]
    assert {one.code for one in problems({})} == {"missing"}
    assert [one.code for one in problems([])] == ["wrong_type"]


def test_what_is_repeated_to_the_user_stays_short() -> None:
    """Long texts, long numbers and deep structures are cut before they are shown."""
    assert shown(10**5000) == "a number of many digits"
    assert len(shown("x" * 10_000)) <= 40
    assert len(shown(list(range(1000)))) <= 40
    assert shown(0.5) == "0.5"


def test_the_document_has_the_fields_of_the_contract() -> None:
    """A cost is written with the contract's names, money at two decimals, and survives JSON."""
    document = json.loads(json.dumps(cost_document(cost(read(FULL)))))
    assert set(document) >= {
        "schedule", "total_interest", "total_cost", "irr_nominal", "irr_effective", "simple_rate", "early", "ceiling"
    }  # fmt: skip
    assert set(document["schedule"][0]) == {"n", "date", "payment", "principal", "interest", "fee", "balance"}
    assert document["schedule"][0]["n"] == 1
    assert document["schedule"][0]["date"] == "2026-02-28"
    assert document["early"]["after"] == 6
    assert document["ceiling"]["kind"] == "consumer_finance"
    assert document["ceiling"]["rate"] == 0.20
    assert document["ceiling"]["since"] == "2026-01-01"
    for row in document["schedule"]:
        assert all(round(row[name], 2) == row[name] for name in ("payment", "principal", "interest", "balance"))


def test_a_document_says_nothing_where_there_is_nothing() -> None:
    """Without an early repayment and a known lender those fields are null."""
    document = cost_document(cost(read(CUSTOM)))
    assert (document["early"], document["ceiling"]["rate"], document["ceiling"]["since"]) == (None, None, None)


def test_two_offers_are_written_side_by_side() -> None:
    """A comparison holds both costs and names the cheaper one."""
    dear, cheap = read(FULL), read({**FULL, "rate": {"value": 0.0002, "per": "day"}})
    document = comparison_document(compare(dear, cheap))
    assert (document["lower_rate"], document["fewer_yuan"]) == ("second", "second")
    assert document["difference"] == pytest.approx(document["first"]["total_cost"] - document["second"]["total_cost"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FULL, "x"]), inner, max_size=4),
    max_leaves=8,
)


@given(key=st.sampled_from(sorted(FULL)), value=JSON)
@settings(max_examples=80, deadline=None)
def test_no_document_breaks_the_reader(key: str, value: object) -> None:
    """Whatever stands in a field, the answer is a question that can be costed or a list of problems."""
    found = read_cost_question({**FULL, key: value})
    if isinstance(found, CostQuestion):
        json.dumps(cost_document(cost(found)))
    else:
        assert all(problem.message for problem in found)
