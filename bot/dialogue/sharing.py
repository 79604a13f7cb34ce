"""Sharing: what somebody lets be counted or become an example, and what of their following that covers."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from bot.dialogue.conversation import Conversation
from bot.dialogue.followed import Ends, Following, Outcome
from bot.dialogue.plain import Plain
from bot.dialogue.scene import Note


class Shared(Plain):
    """One outcome that its person lets be counted: what was foretold (yuan), what the line became, and what was done.

    ``what`` says what it may be used for besides being counted; ``correction`` how the ranges were corrected when they
    were told. ``whole`` is False where the line was told as a band.
    """

    what: Literal["counted", "case"]
    at: dt.datetime
    kind: str
    language: str
    month: int
    ends: Ends
    start: float
    line: float
    whole: bool
    correction: str = ""
    done: tuple[str, ...] = ()


class Banded(Plain):
    """A card of somebody who lets it become part of an example, as others alike show it, and what was advised.

    ``bands`` are names with a low and a high end, None where there is none; ``steps`` are actions by id.
    """

    kind: str
    width: int
    bands: tuple[tuple[str, float | None, float | None], ...]
    steps: tuple[str, ...] = ()


def shared(who: Conversation) -> tuple[Shared, ...]:
    """Every outcome that its person lets be used, oldest first; nothing without consent to keep anything at all."""
    if who.consent_at is None or not who.adult or not who.following.sharing.counted:
        return ()
    told = (_shared(who, one) for one in who.following.outcomes)
    return tuple(one for one in told if one is not None)


def _shared(who: Conversation, one: Outcome) -> Shared | None:
    """An outcome with what was foretold of it; None for one of before that was kept, or of no line at all."""
    kind = who.answers.get("kind")
    if one.ends is None or one.start is None or kind is None or not isinstance(kind.value, str):
        return None
    return Shared(
        what="case" if who.following.sharing.case else "counted",
        at=one.at,
        kind=kind.value,
        language=who.language,
        month=one.month,
        ends=one.ends,
        start=one.start,
        line=one.line,
        whole=one.band is None,
        correction=one.correction,
        done=done_steps(who.following),
    )


def done_steps(following: Following) -> tuple[str, ...]:
    """The actions that were ticked as done, by id."""
    return tuple(sorted(step.action for step in following.steps if step.mark == "done"))


def is_to_be_asked(who: Conversation) -> bool:
    """Whether this is the moment to ask, which comes once: with the first outcome of whoever has not answered yet."""
    return who.following.sharing.answered_at is None and len(who.following.outcomes) == 1


def concerned(who: Conversation) -> bool:
    """Whether there is anything to share or to take back: an outcome, or an answer given before."""
    return bool(who.following.outcomes) or who.following.sharing.answered_at is not None


def noted(before: Conversation, after: Conversation) -> tuple[Note, ...]:
    """That an outcome was told, for the count of those who answer; nothing of what it was."""
    told = after.following.outcomes != before.following.outcomes and bool(after.following.outcomes)
    return (Note("outcome", "told"),) if told else ()
