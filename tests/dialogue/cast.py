"""The cast: ten borrowers with odd numbers that nobody would make up twice, told as answers to the bot's questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.dialogue.conversation import Answer, Conversation, Language
from tests.journeys.walking import NOW

Told = bool | float | str

LANGUAGES: tuple[Language, ...] = ("zh", "en", "zh-hant")


@dataclass(frozen=True)
class Person:
    """One of the cast: who they are, what they told, and the bands in which they told some of it."""

    name: str
    told: Mapping[str, Told]
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def asking(self, goal: str, language: Language = "zh", **extra: Told) -> Conversation:
        """The conversation in which everything was told and checked, at the result of a goal."""
        answers = {name: self._answer(name, value) for name, value in {**self.told, **extra}.items()}
        return Conversation(
            id=self.name,
            language=language,
            consent_at=NOW,
            adult=True,
            goal=goal,
            answers=answers,
            accepted=True,
            hurried=True,
            more=True,
        )

    def _answer(self, name: str, value: Told) -> Answer:
        low, high = self.bands.get(name, (None, None))
        pressed = isinstance(value, bool | str) and "/" not in str(value)
        return Answer(value=value, low=low, high=high, at=NOW, source="pressed" if pressed else "said")


CAST = (
    Person(
        "clerk",
        {
            "kind": "person",
            "current_line": 31417.0,
            "used_balance": 2719.0,
            "months_since_change": 13.0,
            "overdue_now": False,
            "on_time_months": 17.0,
            "monthly_income": 9733.0,
            "monthly_debt_service": 1129.0,
            "lenders_count": 2.0,
            "draws_per_month": 3.0,
            "verified_income_share": 0.05,
        },
    ),
    Person(
        "student_of_life",
        {"kind": "person", "current_line": 4177.0, "monthly_income": 3911.0, "on_time_months": 1.0},
        {"current_line": (2711.0, 5903.0)},
    ),
    Person("silent", {"kind": "person", "current_line": 23459.0}),
    Person("unknown_line", {"kind": "person", "monthly_income": 6367.0, "overdue_now": False}),
    Person(
        "engineer",
        {
            "kind": "person",
            "current_line": 88609.0,
            "used_balance": 0.0,
            "on_time_months": 41.0,
            "monthly_income": 27901.0,
            "monthly_debt_service": 4903.0,
            "lenders_count": 1.0,
            "sesame_score": 739.0,
            "payment_flow": 7673.0,
            "hard_inquiries_3m": 7.0,
            "cash_reserve_months": 5.0,
            "purpose": "education",
        },
    ),
    Person(
        "five_lenders",
        {
            "kind": "person",
            "current_line": 29303.0,
            "used_balance": 28807.0,
            "monthly_income": 8923.0,
            "monthly_debt_service": 6329.0,
            "lenders_count": 6.0,
            "draws_per_month": 4.0,
            "overdue_now": False,
        },
    ),
    Person(
        "late",
        {
            "kind": "person",
            "current_line": 12613.0,
            "used_balance": 11273.0,
            "monthly_income": 5527.0,
            "monthly_debt_service": 1783.0,
            "overdue_now": True,
            "max_days_past_due_24m": 37.0,
            "overdue_events_24m": 3.0,
        },
    ),
    Person(
        "kiosk",
        {
            "kind": "business",
            "current_line": 52321.0,
            "used_balance": 18397.0,
            "monthly_turnover": 61961.0,
            "gross_margin": 0.23,
            "operating_months": 29.0,
            "monthly_debt_service": 2897.0,
            "overdue_now": False,
            "verified_turnover_share": 0.37,
        },
    ),
    Person(
        "factory",
        {
            "kind": "business",
            "current_line": 418637.0,
            "used_balance": 211229.0,
            "monthly_turnover": 873157.0,
            "gross_margin": 0.19,
            "operating_months": 83.0,
            "debt_to_asset": 0.47,
            "customer_concentration": 0.61,
            "receivable_days": 71.0,
            "inventory_days": 43.0,
            "cash_flow_volatility": 0.27,
            "statements_completeness": 0.7,
            "tax_invoice_completeness": 0.83,
        },
    ),
    Person(
        "burdened_shop",
        {
            "kind": "business",
            "current_line": 147853.0,
            "used_balance": 146107.0,
            "monthly_turnover": 38197.0,
            "gross_margin": 0.11,
            "monthly_debt_service": 19373.0,
            "lenders_count": 8.0,
            "overdue_now": True,
        },
    ),
)
"""Persons and businesses whose answers lead to every kind of result."""

OFFER: Mapping[str, Told] = {
    "cost_amount": 17389.0,
    "cost_months": 11.0,
    "cost_rate": "0.00047/day",
    "cost_method": "equal_instalment",
    "cost_fee_share": 0.013,
    "cost_fee_each": 0.0021,
    "cost_lender": "consumer_finance",
    "afford_amount": 23633.0,
    "afford_months": 19.0,
    "afford_living": 3127.0,
    "afford_fixed": 9371.0,
}
"""What a lender offered, for the results of cost and afford, and what living or the business takes each month."""

SECOND: Mapping[str, Told] = {
    "second_amount": 21499.0,
    "second_months": 23.0,
    "second_rate": "0.0131/month",
    "second_method": "equal_principal",
    "second_fee_share": 0.007,
    "second_lender": "micro_loan",
}
"""What another lender offered, for the result of compare."""

SEEN: Mapping[str, Told] = {
    "page_says": "reassessing",
    "days_since": 23.0,
    "repaid": 8329.0,
    "repaid_early": True,
    "line_before": 26417.0,
    "available_line": 0.0,
}
"""What was seen when a line vanished, for the results of diagnose."""

TARGET = 36713.0
"""A target for the results of plan, in yuan."""
