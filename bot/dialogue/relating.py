"""Relating: quick choices that depend on what was told, so that nobody is offered a target below their own line."""

from __future__ import annotations

from bot.dialogue.conversation import Conversation
from bot.dialogue.interview import value_of
from bot.dialogue.messages import Button
from bot.dialogue.scene import Scene
from knowledge.entries import Choice, Question
from knowledge.figures import about

TARGETS = (1.2, 1.5, 2.0, 3.0)
"""Lines that people with one ask for, as parts of their own."""

_AMOUNT = "yuan-"


def related_amounts(who: Conversation, question: Question) -> tuple[float, ...]:
    """The amounts (yuan) to choose from beside a line that was told; none where the question's own choices stand."""
    line = value_of(who, "current_line")
    if question.id != "target" or isinstance(line, str | bool) or not line:
        return ()
    most = float("inf") if question.most is None else question.most
    return tuple(dict.fromkeys(amount for part in TARGETS if (amount := about(line * part)) <= most))


def related_buttons(who: Conversation, question: Question, scene: Scene) -> tuple[Button, ...]:
    """A button for each of them, which carries its amount: it means the same after the line has been told anew."""
    return tuple(
        scene.button(who, "card.amount", f"pick:{question.id}:{_AMOUNT}{amount:.0f}", amount=amount)
        for amount in related_amounts(who, question)
    )


def related_choice(question: Question, argument: str) -> Choice | None:
    """The choice that such a button stands for; None where its amount is none that may be answered."""
    digits = argument.removeprefix(_AMOUNT)
    if question.id != "target" or digits == argument or not digits.isdecimal() or len(digits) > len("50000000"):
        return None
    amount = float(digits)
    if question.most is not None and amount > question.most:
        return None
    return Choice(value=amount, low=amount, high=amount, label=question.label)
