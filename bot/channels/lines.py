"""Lines typed in a terminal, turned into arrivals: a choice by its number or words, a command, or free text."""

from __future__ import annotations

import datetime as dt

from bot.channels.drawing import marks
from bot.dialogue.messages import Arrival, Reply

LONGEST = 4096
"""Longer lines are cut here, as the messenger would."""


def arrival_of(line: str, last: Reply | None, key: str, at: dt.datetime) -> Arrival:
    """What a typed line stands for, given the last reply with choices.

    ``/word rest`` is a command; a mark of a shown choice, or its exact words, presses it; all else is text.
    """
    text = "".join(c for c in line[:LONGEST] if c == "\t" or c.isprintable()).strip()
    if text.startswith("/") and len(text) > 1:
        command, _, argument = text[1:].partition(" ")
        return Arrival(key=key, at=at, command=command.lower()[:32], text=argument.strip())
    action = None if last is None else _pressed(text, last)
    if action is not None:
        return Arrival(key=key, at=at, action=action)
    return Arrival(key=key, at=at, text=text)


def _pressed(text: str, last: Reply) -> str | None:
    wanted = text.casefold()
    for mark, button in marks(last):
        if wanted in {mark, f"[{mark}]", button.label.casefold()}:
            return button.action
    return None
