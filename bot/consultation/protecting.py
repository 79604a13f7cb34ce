"""Protecting: what a group message holds that must not stand there, read before anything of it is kept."""

from __future__ import annotations

from bot.dialogue.hearing.own_numbers import own_number
from bot.dialogue.messages import Finding
from knowledge.lures import Lures


def found_in(text: str, lures: Lures) -> Finding | None:
    """What a group is to be protected from in a message; in time that grows with its length alone.

    Args:
        text: the words of a message, or the caption of a file.
        lures: the words of scammers' offers.

    Returns:
        Whose own number stands there before what is offered; None for nearly every message.
    """
    verdict = lures.judged(text)
    if verdict == "offer":
        return "offer"
    return own_number(text) or (verdict or None)
