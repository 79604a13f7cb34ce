"""Protecting: what a group message holds that must not stand there, read before anything of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.hearing.own_numbers import own_number
from bot.dialogue.messages import Finding
from knowledge.lures import Lures


def nobody_cries(_words: str) -> bool:
    """Where nobody listens for words of distress."""
    return False


def found_in(text: str, lures: Lures, cries: Callable[[str], bool] = nobody_cries) -> Finding | None:
    """What a group is to be protected from in a message; in time that grows with its length alone.

    Args:
        text: the words of a message, or the caption of a file.
        lures: the words of scammers' offers.
        cries: whether words are those of somebody who may be in danger from themselves.

    Returns:
        Distress before whose own number stands there, for nothing of a cry for help is removed; None for nearly every
        message.
    """
    verdict = lures.judged(text)
    if verdict == "offer":
        return "offer"
    if cries(text):
        return "distress"
    return own_number(text) or (verdict or None)
