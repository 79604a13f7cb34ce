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


PREDICATES: Mapping[str, Predicate] = {
    rule.__name__: rule for rule in (has_been_late, has_other_debt, has_balance, repaid_recently)
}
"""Every condition that a question file may name in ``when``; one that holds never fails because more was answered."""
