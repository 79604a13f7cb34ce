"""Polls: a question that a whole group answers by pressing, as plain data."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from bot.dialogue.plain import Plain


class Poll(Plain):
    """A question that a group answers by pressing; nobody, and not we either, sees who chose what.

    ``name`` tells the group's polls apart for whoever counts them. With ``right`` (counted from nought) it is a quiz,
    which says after an answer whether it was right, and why. Without ``seconds`` it stays open until it is closed.
    """

    kind: Literal["poll"] = "poll"
    name: str = Field(max_length=64)
    question: str = Field(min_length=1)
    options: tuple[str, ...] = Field(min_length=2, max_length=12)
    right: int | None = None
    explanation: str = ""
    several: bool = False
    seconds: int | None = Field(default=None, ge=5, le=600)

    @model_validator(mode="after")
    def _right_is_an_option(self) -> Self:
        if self.right is not None and not 0 <= self.right < len(self.options):
            raise ValueError(f"right was {self.right}; the place of one of the options would be right")
        return self


def told_poll(poll: Poll) -> str:
    """A poll in words, in small Markdown, for where nobody can vote; of a quiz also what is right, and why."""
    lines = [f"**{poll.question}**", *(f"{place}. {option}" for place, option in enumerate(poll.options, 1))]
    if poll.right is not None:
        lines.append(f"\u2713 {poll.right + 1}. {poll.explanation}".rstrip())
    return "\n".join(lines)
