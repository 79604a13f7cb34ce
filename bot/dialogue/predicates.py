"""Typed conditions that question files may name: is this question on the path, given the answers so far?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.dialogue.conversation import Answer

Answers = Mapping[str, Answer]
Predicate = Callable[[Answers], bool]


def _value(answers: Answers, question: str) -> bool | float | str | None:
    answer = answers.get(question)
    return None if answer is None else answer.value


def _above_zero(answers: Answers, question: str) -> bool:
    value = _value(answers, question)
    return isinstance(value, int | float) and value > 0


def has_been_late(answers: Answers) -> bool:
    """Overdue now, or late within two years; not asked of those who never were."""
    return _value(answers, "overdue_now") is True or _above_zero(answers, "overdue_events_24m")


def has_other_debt(answers: Answers) -> bool:
    """Owes other lenders something, by count or by monthly payment."""
    return _above_zero(answers, "lenders_count") or _above_zero(answers, "monthly_debt_service")


def has_balance(answers: Answers) -> bool:
    """Has drawn on the line."""
    return _above_zero(answers, "used_balance")


def repaid_recently(answers: Answers) -> bool:
    """Repaid something before the line fell."""
    return _above_zero(answers, "repaid")


def _quoted(answers: Answers, question: str) -> bool:
    value = _value(answers, question)
    return isinstance(value, str | float | bool)  # a bool is no rate but the yes that stands for one still to come


def _skipped(answers: Answers, question: str) -> bool:
    return question in answers and not isinstance(_value(answers, question), str | float)


def rate_known(answers: Answers) -> bool:
    """Gave the rate of the offer; one that is still to come may yet be given."""
    return _quoted(answers, "cost_rate")


def rate_unknown(answers: Answers) -> bool:
    """Skipped the rate of the offer; one that is still to come may yet be skipped."""
    return _skipped(answers, "cost_rate")


def second_rate_known(answers: Answers) -> bool:
    """Gave the rate of the other offer; one that is still to come may yet be given."""
    return _quoted(answers, "second_rate")


def second_rate_unknown(answers: Answers) -> bool:
    """Skipped the rate of the other offer; one that is still to come may yet be skipped."""
    return _skipped(answers, "second_rate")


def _lists(answers: Answers, *counts: str) -> bool:
    value = _value(answers, "list_debts")
    return value is True or value in counts  # a bool is no count but the yes that stands for one still to come


def lists_a_debt(answers: Answers) -> bool:
    """Wishes to name at least the largest of the debts."""
    return _lists(answers, "one", "two", "three")


def lists_two_debts(answers: Answers) -> bool:
    """Wishes to name at least two debts."""
    return _lists(answers, "two", "three")


def lists_three_debts(answers: Answers) -> bool:
    """Wishes to name three debts."""
    return _lists(answers, "three")


def owes_first_debt(answers: Answers) -> bool:
    """Still owes something on the first debt named, so that what is due on it can be asked."""
    return lists_a_debt(answers) and _above_zero(answers, "debt1_balance")


def owes_second_debt(answers: Answers) -> bool:
    """Still owes something on the second debt named."""
    return lists_two_debts(answers) and _above_zero(answers, "debt2_balance")


def owes_third_debt(answers: Answers) -> bool:
    """Still owes something on the third debt named."""
    return lists_three_debts(answers) and _above_zero(answers, "debt3_balance")


PREDICATES: Mapping[str, Predicate] = {
    rule.__name__: rule
    for rule in (
        *(has_been_late, has_other_debt, has_balance, repaid_recently),
        *(rate_known, rate_unknown, second_rate_known, second_rate_unknown),
        *(lists_a_debt, lists_two_debts, lists_three_debts),
        *(owes_first_debt, owes_second_debt, owes_third_debt),
    )
}
"""Every condition that a question file may name in ``when``; one that holds never fails because more was answered."""
